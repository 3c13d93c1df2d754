"""Who offers it, and where: listings, what they say, where it comes from, what waits for staff."""

from .listings import OldSlug, Organization, Provider
from .parts import Check, ProviderTerm, Service
from .places import Place
from .queues import (
    Confirmation,
    Correction,
    PossibleDuplicate,
    Proposal,
    SuggestedPlace,
    SuspiciousPoint,
)
from .search import SearchClock, SearchRow, SearchWord
from .sources import FieldOrigin, ImportRow, ImportRun, ListingSource, Source
from .terms import Term, TermManager

__all__ = [
    "Check",
    "Confirmation",
    "Correction",
    "FieldOrigin",
    "ImportRow",
    "ImportRun",
    "ListingSource",
    "OldSlug",
    "Organization",
    "Place",
    "PossibleDuplicate",
    "Proposal",
    "Provider",
    "ProviderTerm",
    "SearchClock",
    "SearchRow",
    "SearchWord",
    "Service",
    "Source",
    "SuggestedPlace",
    "SuspiciousPoint",
    "Term",
    "TermManager",
]
