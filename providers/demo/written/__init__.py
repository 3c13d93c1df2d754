"""The example places as people wrote them down, state by state. None is real."""

from .ohio import OHIO
from .oregon import OREGON
from .portland import PORTLAND
from .texas import TEXAS

PLACES = (*PORTLAND, *OREGON, *OHIO, *TEXAS)
