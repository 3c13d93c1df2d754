"""In which ways a made-up place gives a therapy."""

from dataclasses import replace

from .kinds import ACT, CBT, DBT, EMDR, MBSR, TALK
from .shapes import BOTH, Offer, course, one_to_one

NO_PRICE = (None, None)

VARIANTS = {
    MBSR: (
        course(),
        course(where=BOTH),
        course(hours="2"),
        course(6, "video", hours="1½"),
        course(10, hours="2", note="A slower course, for people who tire quickly."),
        course(8, BOTH, hours="2", note="One longer day in week six."),
        course(12, "video", hours="1"),
        one_to_one(60, BOTH),
        one_to_one(50),
    ),
    CBT: (
        one_to_one(50, BOTH),
        one_to_one(45),
        Offer("one", BOTH, "12 to 16 sessions of 50 minutes"),
        Offer("one", "person", "8 to 20 sessions"),
        one_to_one(30, "video", note="Short sessions, with exercises in between."),
        Offer("one", BOTH, "6 sessions for poor sleep"),
        course(10, hours="1½", note="A group for people with long-term pain."),
        course(12, BOTH, hours="1½", note="A group for worry and low mood."),
        one_to_one(60, BOTH, form="one family"),
        one_to_one(50, form="one couple"),
    ),
    ACT: (
        one_to_one(50, BOTH),
        Offer("one", BOTH, "8 to 12 sessions"),
        course(8, hours="1½", note="A group for people who live with long-term pain."),
        course(6, "video", hours="1½"),
        one_to_one(60, form="one couple"),
    ),
    DBT: (
        Offer("group", "person", "24 weeks, 2 hours a week", price=(50, 50), note="Skills group."),
        Offer("group", BOTH, "2½ hours a week for six months", price=(40, 70)),
        Offer("group", "video", "1½ hours a week", note="Skills group; you need a counselor too."),
        Offer("one group", BOTH, "An hour alone and a group of 2 hours, each week"),
        one_to_one(50),
        Offer("group family", "person", "12 evenings", note="Each person brings a relative."),
    ),
    EMDR: (
        one_to_one(60),
        one_to_one(90),
        Offer("one", "person", "6 to 12 sessions of 90 minutes"),
        one_to_one(75, BOTH),
        Offer("one", "video", "8 or more sessions"),
    ),
    TALK: (
        Offer("one", BOTH, "1 to 4 sessions"),
        one_to_one(45),
        Offer("one", "person", "2 sessions of an hour"),
        one_to_one(30, BOTH, note="By telephone too."),
        Offer("one group", "person", "A talk alone, then a weekly group"),
        Offer("group", "video", "1 hour a week"),
    ),
    "mbct": (course(hours="2"), course(where="video", hours="2"), course(hours="2½")),
    "exposure-therapy": (
        one_to_one(60),
        one_to_one(90, note="Some of it outdoors, where the fear is."),
        Offer("one", BOTH, "8 to 12 sessions of 90 minutes"),
    ),
    "interpersonal-psychotherapy": (
        one_to_one(50, BOTH),
        Offer("one", "person", "12 to 16 sessions"),
        course(12, hours="1½"),
    ),
    "psychodynamic-therapy": (one_to_one(50), one_to_one(50, BOTH), one_to_one(45)),
    "family-and-couples-therapy": (
        one_to_one(60, form="family"),
        one_to_one(60, BOTH, form="couple"),
        one_to_one(75, BOTH, form="couple family"),
    ),
    "contingency-management": (
        Offer("one", "person", "Two short visits a week for 12 weeks"),
        Offer("one", BOTH, "Twice a week for 24 weeks"),
    ),
    "community-reinforcement": (
        one_to_one(50, BOTH),
        Offer("family", BOTH, "12 sessions", note="For relatives (CRAFT)."),
    ),
    "twelve-step-facilitation": (
        Offer("one group", "person", "12 weeks, 1 hour a week"),
        Offer("group", "person", "Once a week", price=(0, 0)),
    ),
    "medications-for-opioid-use-disorder": (
        Offer("one", BOTH, "Weekly at first, later monthly", note="Buprenorphine."),
        Offer("one", "person", "Weekly at first, later monthly", note="Buprenorphine, naltrexone."),
    ),
    "relapse-prevention": (
        course(8, hours="1½"),
        course(12, BOTH, hours="1"),
        Offer("one group", BOTH, "12 weeks, 1 hour a week"),
    ),
    "yoga-therapy": (
        course(8, hours="1", note="On chairs or the floor."),
        course(12, BOTH, hours="1"),
        one_to_one(60),
    ),
    "biofeedback": (one_to_one(50), Offer("one", "person", "8 sessions of 45 minutes")),
    "art-and-music-therapy": (
        course(10, hours="1½", note="Nobody has to be good at it."),
        Offer("group", "person", "Once a week"),
        one_to_one(50),
    ),
    "physical-therapy-for-pain": (
        one_to_one(45),
        Offer("one", "person", "Twice a week for 6 weeks"),
        one_to_one(30, BOTH),
    ),
}

STAYING = (
    Offer("group", "person", "Part of the program", price=NO_PRICE),
    Offer("one group", "person", "Twice a week, part of the program", price=NO_PRICE),
    Offer("one", "person", "An hour a week, part of the program", price=NO_PRICE),
    Offer("group", "person", "Each weekday, part of the program", price=NO_PRICE),
)
AFTER = Offer("group", "video", "1 hour a week", price=NO_PRICE, note="For people who were here.")
NOTHING = Offer("", "", price=NO_PRICE, accepting="unknown")

# How often a place leaves a service's form, its manner, its sessions unsaid.
UNSAID = 0.08


def offers(kind, therapies, chance, *, by_video, bare, sure, free, languages):
    """One or two ways for each therapy; `sure` must be met in person."""
    found = []
    for therapy in therapies:
        if bare:
            ways = [NOTHING]
        elif kind.staying:
            ways = [chance.pick(STAYING), *([AFTER] if chance.draw() < 0.15 else [])]
        else:
            fitting = VARIANTS[therapy]
            if therapy == sure:
                fitting = [way for way in fitting if "person" in way.where]
            ways = [chance.pick(fitting) for _ in range(1 + (chance.draw() < 0.3))]
        for way in dict.fromkeys(ways):
            way = replace(way, therapy=therapy)
            if by_video:
                way = replace(way, where="video")
            elif therapy != sure and not bare:
                way = _unsaid(way, chance)
            if free and way.price != NO_PRICE:
                way = replace(way, price=(0, 0))
            if languages and not bare and chance.draw() < 0.6:
                way = replace(way, languages=languages)
            found.append(way)
    return tuple(found)


def _unsaid(way, chance):
    parts = ("form", "where", "sessions")
    return replace(way, **{name: "" for name in parts if chance.draw() < UNSAID})
