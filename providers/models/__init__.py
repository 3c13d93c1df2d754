"""Who offers it, and where: places, listings, their services, what they say, and the checks."""

from .listings import OldSlug, Organization, Provider
from .parts import Check, ProviderTerm, Service
from .places import Place
from .search import SearchClock, SearchRow, SearchWord
from .terms import Term, TermManager

__all__ = [
    "Check",
    "OldSlug",
    "Organization",
    "Place",
    "Provider",
    "ProviderTerm",
    "SearchClock",
    "SearchRow",
    "SearchWord",
    "Service",
    "Term",
    "TermManager",
]
