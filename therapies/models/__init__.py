"""What can help: therapies with all their parts, conditions, and the evidence between them."""

from .base import Edited, PartManager, SessionFormat, SlugManager, lines
from .conditions import Condition
from .parts import FAQ, Evidence, Reference, TherapyPoint
from .publishing import OldSlug, Waiver
from .site import ContentClock, StartingPoint
from .therapies import Therapy

__all__ = [
    "FAQ",
    "Condition",
    "ContentClock",
    "Edited",
    "Evidence",
    "OldSlug",
    "PartManager",
    "Reference",
    "SessionFormat",
    "SlugManager",
    "StartingPoint",
    "Therapy",
    "TherapyPoint",
    "Waiver",
    "lines",
]
