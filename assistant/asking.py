"""What kind of thing does a question ask for? Told from its wording alone."""

import re

from .reading import mark, terms
from .sections import asked_for
from .topics import TOPICS
from .wishes import ELSEWHERE, asked_by
from .words import COMMON

_WHICH = re.compile(r"\b(?:best|better|recommend\w*|which|top|right (?:therapy|treatment))\b")
_TO_USE = re.compile(
    r"\b(?:(?:can|may|could|should|ok to|okay to|do) i? ?(?:still )?(?:drinking|smoking|use|using)"
    r"|(?:still|while i|while) (?:still )?(?:drink|drinking|use|using|smok\w+)"
    r"|sober(?! (?:living|home|house|housing)))\b"
)
_WHAT = re.compile(
    r"^(?:hi |hello |please )?"
    r"(?:what (?:is|are|does .* (?:mean|do))|whats|define|explain|describe)\b"
    r"|^how do(?:es)? .*\bwork$"
)
_OF_THERAPY = re.compile(
    r"\b(?:it|this|they|these|therap\w+|treatments?|sessions?|programs?|class(?:es)?|groups?"
    r"|risks?|effects?|costs?|insurance|homework)\b"
)
_FOR_HELP = re.compile(
    r"\b(?:what (?:\w+ )?helps?|(?:can|could|would|might|will) help|help (?:me |us |him |her "
    r")?(?:with|for)|how (?:do|can|to) "
    r"(?:i |we |you )?(?:quit|stop|cope|deal|get over|treat|manage|beat|overcome)|(?:can|could|"
    r"should) (?:i |we |be )?"
    r"(?:do|done) (?:about|for|with)?|what (?:can|should|do) i do|treatments? for|therap(?:y|ies) "
    r"for|is there (?:anything|help|"
    r"something)|(?:does|do|will|would) (?:any|some) of (?:this|these|it|them) help"
    r"|get(?:ting)? better|need help)\b"
)
# A page of a condition does not say these.
_OWN_ANSWER = frozenset("cost cadence duration risks careful private pregnant soon origin".split())
# What its page answers, though the words sound like a question to a clinician.
OF_PAGE = frozenset(
    "cost format session home duration past tell private lasts bribe faith skill what who careful "
    "teen enough combined".split()
)
NEVER_PLACES = frozenset(
    "credentials careful risks evidence family private tell questions alone same better".split()
)
# What an FAQ may answer of a medicine that a page is about.
OF_FAQ = frozenset("pregnant enough slip trading private prepare".split())
OF_MEDICINE = frozenset("instead-of-medicine enough trading craving".split())
_WHAT_HELPS = terms(
    "help work best better treat cure recover recovery heal evidence option suit recommend cope "
    "manage deal live stop start symptom sign ease which right struggle suffer problem issue keep "
    "again night terrible awful attack course come coming off last week month year ago recently "
    "yesterday today"
)


def which(reading):
    """For a choice among therapies: pages of conditions show them by evidence, we choose none."""
    return bool(_WHICH.search(reading.text))


def to_use(reading):
    """May one drink or use beside a therapy? No study of what helps answers that."""
    return bool(_TO_USE.search(reading.text)) and reading.wishes.get("craving", 0.0) < SURE


def what_it_is(reading):
    return (
        bool(_WHAT.search(reading.text))
        or len(reading.text.split()) == 1
        or reading.wishes.get("what", 0.0) >= SURE
    )


def of_page(reading, wishes=OF_PAGE):
    """Does it surely ask one of `wishes` of a therapy that it names?"""
    wish = max(reading.wishes, key=reading.wishes.get)
    return bool(reading.therapies) and wish in wishes and reading.wishes[wish] >= SURE


def what_helps(reading):
    """What may help with what it names, and nothing that needs an answer of its own."""
    if reading.rest <= _WHAT_HELPS:
        return True
    return bool(_FOR_HELP.search(reading.beside)) and not reading.asked & _OWN_ANSWER


def compares(reading):
    """Does it set two therapies side by side?"""
    wish = max(reading.wishes, key=reading.wishes.get)
    return len(reading.therapies) > 1 and wish in _COMPARING


def of_faq(ours, reading):
    """Which of OF_FAQ it surely asks, of a therapy whose page asks the same; "" for none."""
    wish = max(reading.wishes, key=reading.wishes.get)
    if len(reading.therapies) != 1 or wish not in OF_FAQ or reading.wishes[wish] < SURE:
        return ""
    faqs = (p for _, p in ours.best(reading, reading.therapies[0]) if p.kind == "faq")
    return wish if any(wish in ours.offered(p) for p in faqs) else ""


def topic(reading):
    """The topic of a fixed refusal that it surely asks about, whatever its wording; "" for none."""
    wish = max(reading.wishes, key=reading.wishes.get)
    return wish if wish in TOPICS and reading.wishes[wish] >= SURE_OF_TOPIC else ""


def for_help(reading):
    """ "I need help" is a cry, not a question about proof."""
    return reading.rest == {"work"} and "help" in reading.text


def of_therapy(reading):
    """A question that names no therapy must at least be about one."""
    return bool(_OF_THERAPY.search(reading.text))


# --- what a question is about, and the page is not ------------------------------------------------

_SMALL = re.compile(
    r"(?:(?:hi|hello|hey|hiya|hola|good (?:morning|evening|afternoon|day)|thanks|thank you|thx|ty|"
    r"ok|"
    r"okay|bye|goodbye|cool|great|nice|perfect|awesome|wow|lol|yes|no|sure|gracias|adios|"
    r"so much|very much|a lot|there|tru|ai|tru ai|you|again|everyone|for (?:the|your) help) ?)+"
)
_GOES_ON = re.compile(
    r"^(?:and|but|so|also|what about|how about|what if)\b|\b(?:it|this|that|they|there|those|one)\b"
)
_LONGEST_FOLLOW_UP = 14  # words
# Many passages of each page are about these: what is rarer must be there.
_COMMON_WISHES = frozenset(
    "evidence what who careful risks better craving session teen family refuses away right-now "
    "prepare same alone slip sober hurts format".split()
)
# Nobody can answer these without the illness that a question names.
_OF_ILLNESS = frozenset("evidence who condition craving what careful".split())
ASKED = 0.1  # share from which something is perhaps asked for
SURE = 0.35  # that a passage meets what is asked for
SURE_OF_TOPIC = 0.6
SURE_OF_ALIKE = 0.16  # that a question is that of a passage which begins with yes or no
SURE_OF_SAME = 0.05  # that it asks what that passage's question asks above all
FOREIGN = 0.4  # that something is asked for that no page of ours is about
_USE = re.compile(r"\b(?:use|using|drink\w*|drugs?)\b")
_OF_USE = frozenset("craving sober".split())
_COMPARING = ("same", "better")
_OF_PEOPLE = ("who", "help")  # sections that say for which illness it is
_OBJECT = re.compile(
    r"\b(?:help\w*|good|safe|works?|working|ok|okay|right|effective|cures?|treats?|do anything)"
    r"(?: \w+){0,2}? (?:for|with|against|on) (?:my |the |an? |people with |someone with )*(.+)"
    r"|\bit safe for (.+)|\bquit (?:an? |my |the )(.+)"
    r"|\b(?:helps?|cures?|treats?|heals?) (?:my |the |an? )?(\w+)$"
)
_OF_PERSONS = re.compile(
    r"\b(?:founder|founded|invent\w*|creat(?:ed|or)|who)\b.*\b(?:alive|die[ds]?|dead|born|married|"
    r"famous)\b"
)
_YES_OR_NO = re.compile(
    r"(?:yes|no|not|mostly|perhaps|sometimes|often, but|it depends|it differs|in part|for most)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\b(?:alone|apps?|(?:my|your|his|her|their) ?own|(?:my|your|him|her|one)self|themselves|phone|"
    r"self|(?:work)?books?|courses?|programs?|youtube|recordings?|computers?|home|diy|"
    r"(?:without|instead of|no) (?:an? |any |the |my |seeing |a real )*(?:therapist|teacher|person|"
    r"counsell?or|guide|doctor|somebody|someone|anyone|people|human|group))\b"
)
# “Yes” to “can I take it?” is a no to “is it dangerous?”.
_WORRIED = re.compile(
    r"\b(?:danger\w*|harmful|harms?|unsafe|risky|bad|wrong|worse|problem|toxic|addictive|scary)\b"
)
_FOR = re.compile(r"\bit for (?!a |an |the |how |free)\w+")
_WH = re.compile(r"^(?:what|which|who|when|where|is the|are the)\b")


def small_talk(text):
    return bool(_SMALL.fullmatch(text))


def goes_on(reading):
    """May it speak of what was spoken of before?"""
    return len(reading.text.split()) <= _LONGEST_FOLLOW_UP and bool(_GOES_ON.search(reading.text))


def asks_for_other(ours, reading, therapy):
    """Is it about something that the therapy's page does not say a word of?"""
    if _OF_PERSONS.search(reading.beside):
        return True
    if reading.wishes.get(ELSEWHERE, 0.0) >= FOREIGN:
        return True
    unknown = [
        word
        for word in reading.beside.split()
        if not asked_by(word) - {ELSEWHERE}
        and not ours.reader.read(word).rest <= ours.index.idf.keys()
    ]
    return bool(unknown and _WH.search(reading.beside) and not reading.asked - {"session", "what"})


def object_of(ours, reading):
    """The word that stands for what it is to help with, or be safe for: “dogs”; "" for none."""
    if reading.conditions or not (found := _OBJECT.search(reading.beside)):
        return ""
    about = next(filter(None, found.groups()))
    if asked_for(about) or any("craving" in asked_by(word) for word in about.split()):
        return ""
    return next(iter(ours.reader.read(about).words), "")


def may_answer(ours, reading, passage, about):
    """A passing mention of an illness answers nothing about it, and of drinking nothing else.
    `about`: see `object_of`."""
    asked, families = reading.asked, ours.families_of(passage)
    if compares(reading) and not _of_both(ours, reading, passage):
        return False
    if ours.met(reading, passage) < SURE and not _speaks_of(ours, reading, passage):
        return False
    if reading.wishes["private"] >= SURE_OF_TOPIC and "private" not in ours.offered(passage):
        return False  # who asks what stays secret is told of nothing else
    if passage.kind == "questions_to_ask":  # questions answer nothing else
        return "questions" in asked
    if to_use(reading):
        return passage.kind == "faq" and "sober" in families
    if about and not ours.says(passage, about):
        return False
    if not says_yes_or_no_to(ours, reading, passage):
        return False
    if not reading.conditions or asked - _COMMON_WISHES or _surely(ours, reading, passage):
        return True
    if passage.kind == "risks" and "risks" in asked:
        return True
    if passage.kind in ("careful-line", "careful", "risks", "before"):
        return bool(asked & {"careful", "risks"}) and _names(ours, reading, passage)
    if passage.kind in ("point", "text") and passage.anchor not in _OF_PEOPLE:
        return False
    return passage.condition in reading.conditions or _names(ours, reading, passage)


def _of_both(ours, reading, passage):
    """Does it compare them? To name another in a list of what may be combined says nothing."""
    compared = passage.kind == "evidence" or (
        passage.kind == "faq" and not ours.offered(passage).isdisjoint(_COMPARING)
    )
    others = (mark(each) for each in reading.therapies if each != passage.of)
    return compared and any(ours.says(passage, other) for other in others)


def says_yes_or_no_to(ours, reading, passage):
    """Is it no yes or no to something else?"""
    return not _YES_OR_NO.match(passage.text) or _asks_alike(ours, reading, passage)


def _asks_alike(ours, reading, passage):
    """Does its own question ask what is asked? A yes or no answers nothing else.

    Who asks for a format may ask for an app or for a husband beside them: only words tell that.
    And “No, not alone with an app” would be false of a visit by video, “No, not for depression”
    of whether it works at all.
    """
    if "alone" in ours.offered(passage) and not _ALONE.search(reading.text):
        return False
    own = ours.question_of(passage)
    wish = max(own.wishes, key=own.wishes.get)
    share = reading.wishes.get(wish, 0.0)
    turned = bool(_WORRIED.search(reading.text)) != bool(_WORRIED.search(own.text))
    if turned and (share < SURE or wish in _OF_ILLNESS or wish == "risks"):
        return False
    asked = max(reading.wishes, key=reading.wishes.get)
    surely = reading.wishes[asked] >= SURE and asked not in _COMMON_WISHES
    if share < SURE_OF_SAME or (surely and own.wishes.get(asked, 0.0) < SURE_OF_SAME):
        return False
    named = own.marks - {mark(passage.of)}
    of_use = reading.asked & _OF_USE and _USE.search(own.text)
    if named and not named & reading.marks and not of_use:
        return share >= SURE and wish not in _COMMON_WISHES
    if reading.conditions and not named and share < SURE and _FOR.search(reading.beside):
        return False
    if asked == "format":
        return ours.alike(reading, passage) >= SURE_OF_ALIKE
    return max(ours.alike(reading, passage), ours.wished(reading, passage)) >= SURE_OF_ALIKE


def _speaks_of(ours, reading, passage):
    """Does a word of the question stand in the passage, or ask for what the passage answers?"""
    words = reading.terms_beside(passage.of)
    if not words or any(ours.says(passage, word) for word in words):
        return True
    offered = {w for w in ours.offered(passage) if reading.wishes.get(w, 0.0) >= ASKED}
    return any(asked_by(word) & offered for word in reading.beside.split() if word not in COMMON)


def _surely(ours, reading, passage):
    """Is it what is asked for, whatever illness the question names beside it?"""
    met = (reading.wishes.get(w, 0.0) for w in ours.offered(passage) - _OF_ILLNESS)
    return max(met, default=0.0) >= SURE


def _names(ours, reading, passage):
    return any(ours.says(passage, mark(condition)) for condition in reading.conditions)
