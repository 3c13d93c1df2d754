"""Tables for the box for words: what people type without naming it as we do.

Everyday words of a term stand with the term (`Term.searched_as`), those of a condition with the
condition. Here is what has no row of its own.
"""

# Facets whose values are no terms: (parameter, value) and the words for it.
FORMATS = {
    ("delivery", "in-person"): ["in person", "face to face", "in office"],
    ("delivery", "virtual"): [
        "by video", "video", "online", "virtual", "virtually", "telehealth", "teletherapy",
        "telemedicine", "remote", "zoom", "from home", "online therapy", "video visits",
    ],
    ("grouping", "individual"): [
        "one to one", "one on one", "1 on 1", "individual", "individual therapy",
        "individual counseling", "individual counselling",
    ],
    ("grouping", "group"): [
        "in a group", "group", "groups", "group therapy", "support group", "support groups",
        "group counseling", "group counselling",
    ],
    ("grouping", "couple"): [
        "as a couple", "couple", "couples", "couples counseling", "couples counselling",
        "couples therapy", "couple therapy", "marriage counseling", "marriage counselling",
        "marital counseling", "marital therapy", "marriage therapy",
    ],
    ("grouping", "family"): [
        "as a family", "family", "families", "family therapy", "family counseling",
        "family counselling",
    ],
    # Room for someone new, as the place said; “no waitlist” or “today” would be more than that.
    ("accepting", "accepting"): [
        "new patients", "new clients", "taking patients", "taking clients", "accepting patients",
        "accepting clients", "taking new people", "accepting new people", "openings",
        "has an opening",
    ],
}  # fmt: skip

# A place says these of itself where no service of its says them: the same words mean both.
SAID_OF_PLACES = {
    ("delivery", "virtual"): ("access", "telehealth"),
    ("grouping", "individual"): ("approach", "one-to-one"),
    ("grouping", "group"): ("approach", "groups"),
    ("grouping", "couple"): ("approach", "couples-family"),
    ("grouping", "family"): ("approach", "couples-family"),
}

# They hold a word for a filter and mean something else: taken as text, whole.
OTHERWISE = """
    weight loss | hearing loss | hair loss | memory loss | vision loss | job loss
    smoke free | drug free | toll free | sugar free | pain free | judgment free | free will
    family medicine | family doctor | family practice | family law | group home | group homes
    day care center | bus driver | stress test | speed dating
    cancer screening | job openings
""".replace("\n", "|").split("|")
OTHERWISE = [phrase.strip() for phrase in OTHERWISE if phrase.strip()]

# After one of these a filter is left out. They are never searched for.
NEGATIONS = frozenset(
    "no not non without never except dont doesnt isnt arent wont cant cannot".split()
)

# What may stand between: “don’t want detox”. Other small words say something of the visitor.
WANTING = frozenset(
    "take takes taking accept accepts accepting offer offers offering want wants any".split()
)

# Small words that are never searched for.
FILLERS = frozenset(
    """
    a an the and or of for with in at to by on near nearby around from outside close next within
    my i me im ive we us our you your it is are am be do does can could would should will
    need needs want wants looking look find seeking search like get have has help helps
    who that which what where how any some good best local please someone somebody
    takes take taking accepts accept accepting offers offer offering speaks speak speaking
    covered covers friendly based only also there here s
    his her he she him they them their myself himself herself themselves
    go going know start now today asap really very too so just maybe if about because
    mom moms mum mother mothers dad dads father son daughter husband wife brother sister
    boyfriend girlfriend friend
    """.split()
)

# Before a place.
NEAR = frozenset("near nearby around outside".split())
WITHIN = frozenset("in at by".split())

# For care as such: they tell no place from another. “clinic” does, except after one of these.
CARE = frozenset(
    """
    therapist therapists therapy therapies counselor counselors counsellor counsellors counseling
    counselling treatment treatments service services provider providers program programs care
    session sessions place places specialist specialists appointment appointments
    """.split()
)

CARE_PLACES = frozenset("center centers clinic clinics facility facilities office offices".split())

# Dropped from the end of a name of three words or more: “dialectical behavior” is enough.
NAME_ENDS = CARE | {"disorder", "disorders", "training", "skills", "condition", "conditions"}

# Words that look like a misspelled name and are none.
PLAIN = frozenset(
    """
    morning mediation medication meditation cancel addition affection mental dental marital martial
    parent parents partner patient patients person people school message massage matters
    reading hearing healing driving nursing crying migrate migrant migrants digestion
    infection attention pension counsel council company compassion training strain teams
    """.split()
)

# Towns that are everyday words too: a place only after “near”, or with a state.
WORDS_TOO = frozenset(
    """
    mobile reading normal surprise hope independence liberty union enterprise commerce temple
    orange paradise harmony freedom friendship home center veteran price bend corona
    providence mercy trinity grace joy faith beacon opportunity success defiance justice
    young adult cash care summit spring valley lake garden
    """.split()
)
