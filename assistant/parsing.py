"""From a message to what /providers/ is asked: filters, a place, a distance.

Names, misspellings, a “not” and towns are read as in the box for words of provider search
(`providers.words`, in prose). Here is only what people say in sentences: ages, miles, a bit of
Spanish, “near me”; and what sounds like a filter and is none (“a couple of weeks”).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.http import QueryDict

from providers import miles
from providers.everyday import INSURERS
from providers.filters import TERM_FACETS, ProviderFilter
from providers.index import index
from providers.near import Located, State, Unclear, locate
from providers.texts import holding
from providers.words import understand
from therapies.library import library
from trupaths.text import fold

from .passages import passages
from .redaction import redact

LONGEST = 500
CHILD, ADULT, OLDER = 13, 18, 65  # years of age: from here a teen, an adult, an older adult

NEAR_ME = re.compile(
    r"\b(?:near(?:est)?\s+(?:to\s+)?(?:me|us|here|my\s+(?:home|house|place|work|job|apartment))"
    r"|(?:around|by)\s+(?:me|here|us)|close\s+(?:by|to\s+(?:me|us|home|here|my\s+\w+))"
    r"|nearby|nearest|closest|in\s+(?:my|our|the)\s+(?:area|town|city|state|neighbou?rhood|"
    r"county|region)|where\s+(?:i|we)\s+live|local|locally|cerca\s+de\s+(?:m[ií]|aqu[ií]))"
    r"(?:\s+to(?=\s+\d{5}))?\b",
    re.IGNORECASE,
)
_ANY_DISTANCE = re.compile(
    r"\b(?:(?:as|how(?:ever)?|no\s+matter\s+how)\s+far(?:\s+as)?(?:\s+(?:it\s+takes|away|needed|"
    r"i\s+(?:need|have)\s+to(?:\s+go)?))?|(?:at\s+)?any\s+distance|distance\s+(?:does\s?n.?t|"
    r"is\s+no(?:t\s+an)?)\s+(?:matter|issue|problem)|(?:willing|happy|able|can)\s+(?:to\s+)?travel"
    r"(?:\s+anywhere)?)\b",
    re.IGNORECASE,
)
_WALK = re.compile(r"\b(?:walking\s+distance(?:\s+(?:of|from|to))?|walkable)\b", re.IGNORECASE)
# Miles of a drive, about: “within half an hour of”.
_DRIVE = re.compile(
    r"\b(?:within|under|less\s+than|no\s+more\s+than|up\s+to)\s+(?:about\s+)?(?:(half\s+an|30|20|15)|"
    r"(an|one|1|45|60)|(two|2|three|3))[\s-]*(?:hours?|hrs?|min(?:ute)?s?)\b(?:\s+drive)?"
    r"(?:\s+(?:of|from|around))?",
    re.IGNORECASE,
)
_DRIVEN = ("25", "50", "100")
_NO_ZIP = re.compile(r"\$\s?\d[\d,]*|\b\d{5}(?=\s+(?:dollars|bucks|steps|people|times|reasons)\b)")
_FIVE = re.compile(r"(?<![\d-])\d{5}(?![\d])", re.ASCII)

_OLD = re.compile(
    r"\b(?:(?:my|an?|our|her|his|the)\s+)?(\d{1,2})[\s-]*(?:(?:years?|yrs?)[\s-]*olds?|y\.?/?o)\b"
    r"|\b(?:aged?|turn(?:s|ed|ing)|(?:he|she|who)(?:.?s|\s+is)|i.?m|i\s+am|"
    r"(?:son|daughter|kid|mother|mom|father|dad|grand\w+|brother|sister|wife|husband)(?:\s+is|,)?)"
    r"\s+\(?(\d{1,2})\b(?!\s*(?:[\d:%$]|days?|weeks?|months?|mos?\b|years?\s+(?:sober|clean)|miles?|"
    r"minutes?|hours?|pounds?|mg|am\b|pm\b))",
    re.IGNORECASE,
)

# What is said in sentences -> the words that the box knows for it; "" for what is no filter.
_SAID = (
    (r"\blive-in\b", "residential"),
    (r"\b(?:anything|everything|any\s?one|something)\s+(?:but|except|other\s+than)\b", "not"),
    (r"\b(?:other|rather)\s+than\b|\binstead\s+of\b|\b(?:avoid|hat(?:e|es|ed)|refus(?:e|es|ing))\b"
     r"(?:\s+to)?", "not"),
    (r"\b(?:place|room|space)\s+for\s+my\s+(?:kids?|children|baby|son|daughter)\b"
     r"|\b(?:bring(?:ing)?|take|keep|(?:stay|live|be)\s+with)\s+my\s+(?:kids?|children|baby|son|"
     r"daughter)(?:\s+with\s+me)?\b", "bring my children"),
    (r"\bdrink(?:s|ing)?\s+(?:way\s+|far\s+|so\s+|much\s+)*(?:too\s+)?much\b", "alcohol"),
    (r"\b12[\s-]?steps?[\s-]free\b", "no 12 step"),
    (r"\b(wom[ae]n|mothers?|moms?|parents?)\s+(?:with|and)\s+(?:\w+\s+)?(?:kids?|children|baby|babies)\b",
     r"\1 bring my children"),
    (r"\bnothing\s+(?=residential|inpatient|online|virtual|outpatient|religious)", "not"),
    (r"\b(?:get(?:ting)?|ride)s?\s+to\s+(?:it|the\s+clinic|appointments?)\b", "transport"),
    (r"\b(?:my|our|his|her)\s+(?:\w+\s+)?\w+\s+(?:died|passed\s+away|passed|was\s+killed)\b"
     r"|\blost\s+(?:my|our|his|her|a)\s+(?:\w+\s+)?(?:baby|son|daughter|child|"
     r"husband|wife|mother|mom|father|dad|brother|sister|friend|partner|parents?|grand\w+)\b"
     r"|\b(?:death|loss)\s+of\s+(?:my|our|a)\b|\bmiscarriage|\bstillbirth|\bwidow(?:er|ed)?\b",
     "grief"),
    (r"\b(?:it|they|that|which|one|ones)\s+(?:must|should|(?:has|have|needs?)\s+to)\s+be\s+free\b"
     r"|^must\s+be\s+free\b", "free"),
    (r"\b(?:cheap(?:er|est)?|more\s+affordable|less\s+expensive)\b", "low cost"),
    # no filters
    (r"\ba\s+couple(?:\s+of)?\s+(?=\w+s\b)(?!(?:therap|counsel))|\ba\s+couple\s+of\b", ""),
    (r"\b(?:my|our|his|her|their|whole|entire|the)\s+family\b(?!\s+(?:therap|counsel|session))"
     r"|\bfamily\s+(?:history|doctor|member\s+who)\b", ""),
    (r"\b(?:feel|be|am|is|break|set\s+(?:me|him|her|us)|living)\s+free\b|\bfree\s+(?:from|of|time)\b",
     ""),
    (r"\b(?:sleep\w*|awake|cry\w*|drink\w*|wak\w+|worse|up|asleep)\s+(?:\w+\s+){0,2}nights?\b"
     r"|\b(?:all|every|last|each|good)\s+nights?\b|\bnight\s+(?:shifts?|sweats|terrors?)\b", ""),
    (r"\bas\s+(?:a|an)\s+(?:kid|child|teen(?:ager)?)\b|\bwhen\s+(?:i|he|she|we)\s+(?:was|were)\s+"
     r"(?:an?\s+)?(?:\w+\s+)?(?:kid|child|teen(?:ager)?|young|\d+)\b|\bchild\s+(?:support|custody)\b",
     ""),
    (r"\bwatch\w*\s+(?:a\s+|the\s+)?videos?\b|\bvideo\s+games?\b", ""),
    (r"\b(?:to|i|he|she|they|people|dont|don't)\s+act\b|\bact(?:ing|s|ed)?\s+(?:like|as\s+if|up|"
     r"out|fast|now|normal|differently|weird)\b", ""),
    (r"\b(?:cash|gift)\s+(?:card\s+)?scams?\b|\btalk(?:ed|ing)?\s+on\s+the\s+phone\b", ""),
)  # fmt: skip
_SAID = tuple((re.compile(pattern, re.IGNORECASE), words) for pattern, words in _SAID)

# The Spanish that a search for care is made of; the longest first.
_SPANISH = {
    r"para\s+mi\s+(?:(?:hij|espos|herman|novi|amig)[oa]|madre|padre|mam[áa]|pap[áa])": " ",
    r"que\s+hablen?\s+espa[ñn]ol|en\s+espa[ñn]ol|hablan?\s+espa[ñn]ol": "spanish speaking",
    r"(?:el\s+)?dolor(?:es)?\s+cr[óo]nicos?": "chronic pain",
    r"cl[íi]nicas?": "clinic",
    r"insomnio": "insomnia",
    r"ataques?\s+de\s+p[áa]nico": "panic attacks",
    r"estr[ée]s": "stress",
    r"terapeutas?|consejer[oa]s?|psic[óo]log[oa]s?|terapias?|consejer[íi]a": "therapist",
    r"psiquiatras?": "psychiatrist",
    r"cerca\s+del?": "near",
    r"dej(?:ar|o)\s+de\s+(?:beber|tomar)|alcoh[óo]lic[oa]s?|alcoholismo": "alcohol",
    r"dej(?:ar|o)\s+de\s+fumar": "quit smoking",
    r"drogas?|adicci[óo]n(?:es)?|rehabilitaci[óo]n": "rehab",
    r"depresi[óo]n|deprimid[oa]": "depression",
    r"ansiedad|ansios[oa]": "anxiety",
    r"desintoxicaci[óo]n": "detox",
    r"en\s+l[íi]nea|por\s+video(?:llamada)?": "online",
    r"grupos?": "group",
    r"parejas?": "couples counseling",
    r"sin\s+seguro": "no insurance",
    r"seguro(?:\s+m[ée]dico)?": "insurance",
    r"gratis|gratuit[oa]s?": "free",
    r"barat[oa]s?|bajo\s+costo": "low cost",
    r"ni[ñn][oa]s?": "children",
    r"adolescentes?": "teens",
    r"mujer(?:es)?": "women",
    r"hombres": "men",
    r"veteranos?": "veterans",
    r"embarazadas?": "pregnant",
    r"duelo": "grief",
    r"noches?|tardes?": "evenings",
    r"fin(?:es)?\s+de\s+semana|s[áa]bados?": "weekends",
    r"ayuda": "help",
    r"un(?:os|as?)?": " ",
    r"busco|necesito|quiero|para|con|que|hay|d[óo]nde": "need",
    r"en(?!\s+(?:el|la|los|las|una?|mi)\b)": "in",
}
_SPANISH_SAID = re.compile(
    r"\b(?:busco|necesito|quiero|d[óo]nde|hay|para|terapeuta|psic[óo]log[oa]|ayuda|cerca\s+de"
    r"|espa[ñn]ol|grupo|seguro|en\s+l[íi]nea)\b",
    re.IGNORECASE,
)
_NEAR_IN_SPANISH = re.compile(r"\bcerca\s+del?\b", re.IGNORECASE)
_SPANISH = tuple(
    (re.compile(rf"\b(?:{p})\b", re.IGNORECASE), words) for p, words in _SPANISH.items()
)


@dataclass(frozen=True)
class Parsed:
    """What a message asks provider search.

    `chosen` are (parameter, value) as in its address; “not_” before a parameter leaves the value
    out. `near` is a place as typed there, "" when none is said. `near_me`: a place is meant and not
    said. `radius` is one of RADII or "". `insurer`: some company was named. `left` are the folded
    words that were not understood, small words left out.
    """

    chosen: tuple = ()
    near: str = ""
    near_me: bool = False
    radius: str = ""
    insurer: bool = False
    left: tuple = ()

    @property
    def place(self):
        """What `near` stands for: see `providers.near.locate`."""
        return locate(self.near)

    @property
    def only_place(self):
        return bool(self.near) and not self.chosen and not self.left

    @property
    def asks(self):
        """Nobody can say where to look before the visitor does."""
        return isinstance(self.place, Unclear) or (self.near_me and not self.near)

    @property
    def params(self):
        """Parameters of /providers/: one address for what is shown and for “see all”."""
        params = {}
        for param, value in self.chosen:
            params.setdefault(param, []).append(value)
        return params | {"near": self.near, "radius": self.radius if self.near else ""}


def _read(text):
    known = ProviderFilter(QueryDict(), index.current())
    held, ours = holding(text), _our_words(library())
    return understand(
        text,
        terms={facet: tuple(known.known[facet].values()) for facet in TERM_FACETS},
        # A word that some listing or page of ours has is no misspelling of another.
        holds=lambda word: word in ours or held.word(word),
        stated=known.stated,
        prose=True,
    )


def parse(message):
    """`Parsed` of one message, whose first 500 characters count."""
    text = _NO_ZIP.sub(" ", redact(message[:LONGEST]))
    text = _in_english(text)
    text, radius = _distance(text)
    text, ages = _ages(text)
    for said, words in _SAID:
        text = said.sub(f" {words} ", text)
    without_me = NEAR_ME.sub(" , ", text)
    near_me = without_me != text
    understood = _read(_only_zips(without_me))
    chosen = dict.fromkeys([*understood.chosen, *ages])
    return Parsed(
        chosen=tuple(chosen),
        near=understood.near,
        near_me=near_me or bool(radius and not understood.near),
        radius=radius if not isinstance(locate(understood.near), State) else "",
        insurer=any(fold(piece.text) in INSURERS for piece in understood.pieces),
        left=tuple(word for word in understood.words if not word.isdigit()),
    )


def _in_english(text):
    if len(_SPANISH_SAID.findall(text)) < 2 and not _NEAR_IN_SPANISH.search(text):
        return text
    for spanish, words in _SPANISH:
        text = spanish.sub(words, text)
    return text


def _distance(text):
    """(text, radius): the smallest distance of the search that holds the miles said."""
    if _ANY_DISTANCE.search(text):
        return _ANY_DISTANCE.sub(" ", text), "any"
    if _WALK.search(text):
        return _WALK.sub(" near ", text), miles.RADII[0][0]
    if said := _DRIVE.search(text):
        radius = next(far for far, found in zip(_DRIVEN, said.groups(), strict=True) if found)
        return f"{text[: said.start()]} near {text[said.end() :]}", radius
    if not (said := miles.MILES.search(text)):
        return text, ""
    return f"{text[: said.start()]} near {text[said.end() :]}", miles.holding(int(said[1]))


def _ages(text):
    """(text, filters) without the ages said; an adult's age chooses nothing."""
    known = {term.slug for term in index.current().by_facet.get("age", ())}
    found = []
    for said in _OLD.finditer(text):
        years = int(said[1] or said[2])
        slug = "children" if years < CHILD else "teens" if years < ADULT else ""
        slug = "older" if years >= OLDER else slug
        if slug in known:
            found.append(("age", slug))
    return _OLD.sub(" , ", text), found


def _only_zips(text):
    """Five digits that are no ZIP code go, but for those after “near” or “in”: then we ask."""

    def kept(found):
        before = fold(text[: found.start()]).split()
        said_so = bool(before) and before[-1] in ("near", "in", "around", "zip", "code")
        return found[0] if said_so or isinstance(locate(found[0]), Located) else " "

    return _FIVE.sub(kept, text)


@lru_cache(maxsize=2)
def _our_words(shelf):
    """Folded words of our own pages."""
    texts = (f"{p.title} {p.section} {p.text}" for p in passages(shelf))
    return frozenset(word for text in texts for word in fold(text).split())
