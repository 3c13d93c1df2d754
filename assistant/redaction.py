"""What tells who somebody is goes out of a message before anything else reads it.

Phone and card numbers, Social Security numbers, e-mail addresses, streets with their numbers, dates
of birth. A ZIP code stays: it says where to look and fits thousands of people.
"""

import re

GONE = " … "  # stands where something was, so that the words around it do not become neighbours

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_STREET = (
    r"street|st|avenue|ave|av|road|rd|boulevard|blvd|drive|dr|lane|ln|court|ct|way|place|pl"
    r"|terrace|ter|circle|cir|highway|hwy|parkway|pkwy|square|sq|trail|trl|calle|avenida"
)
_EMAIL = r"[^\s@<>,;]+\s?(?:@|\(at\)|\[at\])\s?[^\s@<>,;]+\.[a-z]{2,}"
_SITE = r"(?:https?://|www\.)\S+"
_APART = r"[ ()./+_\u2010-\u2015-]{0,3}"  # between the digits of one number
_SEVEN = rf"\+?\d(?:{_APART}\d){{6,}}"  # phone, card, Social Security, account: all are this long
_DATE = (
    r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}|(?:19|20)\d{2}-\d{1,2}-\d{1,2}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d{{2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(?:19|20)\d{{2}}"
)
_HOUSE = (
    rf"\d{{1,6}}[a-z]?\s+(?!(?:miles?|mi|blocks?|min\w*|hours?|weeks?|years?|people|of|or)\b)(?:(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\.?\s+)?"
    rf"(?:[a-z0-9'’.]+\s+){{1,3}}?(?:{_STREET})\b\.?"
    r"(?:,?\s*(?:apt|apartment|unit|suite|ste|#)\.?\s*#?\w{1,6}\b)?"
    r"|p\.?\s?o\.?\s?box\s+\d+|(?:calle|avenida)\s+[^\d,]{2,40}\d{1,6}"
)
_ZIP4 = re.compile(r"\b(\d{5})-\d{4}\b(?![-\d])", re.ASCII)
# “97214 97202”, “97214 12 weeks”: a ZIP code and another number are no number of one person.
_ZIPS = re.compile(r"\d{5}(?:[ /]+(?:\d{5}|\d{1,3}))+", re.ASCII)
_ZIP_BESIDE = re.compile(r"(\d{5}) +\D*(?:\d\D*){7,}|\D*(?:\d\D*){7,} +(\d{5})", re.ASCII)
_PERSONAL = re.compile("|".join((_EMAIL, _SITE, _DATE, _SEVEN, _HOUSE)), re.IGNORECASE)


def redact(text):
    """The text without them. No seven digits in a row are left, however they were set apart."""
    text = _ZIP4.sub(r"\1", text)
    return _PERSONAL.sub(_gone, text)


def _gone(found):
    if _ZIPS.fullmatch(found[0]):
        return found[0]
    if beside := _ZIP_BESIDE.fullmatch(found[0]):  # a ZIP code and then a phone number
        return f" {beside[1] or beside[2]}{GONE}"
    return GONE
