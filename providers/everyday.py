"""Tables for the box for words: what people type without naming it as we do.

Everyday words of a term stand with the term (`Term.searched_as`), those of a condition with the
condition. Here is what has no row of its own.
"""

# Facets whose values are no terms: (parameter, value) and the words for it.
FORMATS = {
    ("delivery", "in-person"): ["in person", "face to face", "in office"],
    ("delivery", "virtual"): [
        "by video", "video", "online", "virtual", "virtually", "telehealth", "teletherapy",
        "telemedicine", "telemed", "remote", "remotely", "zoom", "facetime", "from home",
        "online therapy", "video visits",
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
        "marital counseling", "marriage help", "marital therapy", "marriage therapy",
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

# Everyday words for what has its own row, beside the words that stand with the row.
ALSO = {
    ("condition", "alcohol-use"): [
        "alcoholic", "drink too much", "drinks too much", "stop drinking", "quit drinking",
        "beer", "vodka", "booze",
    ],
    ("condition", "anxiety"): ["anxious"],
    ("condition", "bipolar-disorder"): ["manic"],
    ("condition", "cannabis-use"): [
        "cannabis", "smokes weed", "smoke weed", "smoking weed", "smokes pot", "smoking pot",
        "quit weed", "stop smoking weed",
    ],
    ("condition", "depression"): ["depressed"],
    ("condition", "eating-disorders"): ["anorexic", "bulimic", "binge eating"],
    ("condition", "grief"): ["grieving", "bereavement"],
    ("condition", "panic"): ["panicking", "panicky"],
    ("condition", "ptsd"): [
        "traumatized", "traumatised", "trauma therapy", "trauma therapist", "trauma counseling",
        "trauma counselling", "trauma counselor", "trauma treatment",
    ],
    ("condition", "sleep-problems"): ["trouble sleeping", "not sleeping", "sleepless"],
    ("condition", "stimulant-use"): ["coke", "crystal meth"],
    ("therapy", "contingency-management"): ["gift card program", "gift cards"],
    ("therapy", "psychodynamic-therapy"): ["psychodynamic"],
    ("condition", "tobacco-use"): ["tobacco addiction", "tobacco"],
    ("age", "older"): ["old people", "old person"],
    ("care", "sober-housing"): ["sober house", "sober houses", "sober homes"],
    ("access", "transport"): ["transport", "a ride"],
    ("access", "transit"): ["bus stop"],
    ("for", "pregnant"): ["new mom", "new mother"],
    ("pay", "medicaid"): ["medicade", "medicaide", "medicad", "medical assistance"],
    ("pay", "sliding"): [
        "cant afford", "can not afford", "cannot afford", "cant pay", "no money",
    ],
}  # fmt: skip

# Whoever names one asks for private insurance; only the place can say whether it takes this one.
INSURERS = """
    blue cross | blue cross blue shield | blue shield | bcbs | aetna | cigna | united healthcare
    unitedhealthcare | united health care | uhc | humana | kaiser | kaiser permanente | anthem
    optum | magellan | ambetter | highmark | premera | oscar health | harvard pilgrim | tufts health
    florida blue | empire blue cross | emblemhealth | geisinger | healthpartners | oxford health
    ppo | hmo | obamacare | marketplace insurance | marketplace plan | insured
""".replace("\n", "|").split("|")
INSURERS = frozenset(name.strip() for name in INSURERS if name.strip())

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

# “I can't find detox” wants it: behind these words the “not” says nothing.
NO_FURTHER = frozenset(
    "know find where who how what which if that because get see go start now but just".split()
)

# What a place is or does: “not a group” leaves it out, where “not a veteran” is about the visitor.
OF_PLACES = frozenset("approach care delivery grouping setting therapy".split())

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

# And these in a sentence: a place only in capitals after “in”, or with a state.
SPOKEN_TOO = WORDS_TOO | frozenset(
    """
    accident advance agency airport alpha amber anchor art ash ball balm bath bay beach bear beauty
    bee bell bells belt bent berry black blessing bliss blue blunt bolt bond boring boss boulder
    branch brave bray breaks bridge bright broadway brush bud bunch burden burns busy cable call
    camp campaign canada canadian cardinal carrier cascade castle central century challenge
    chambers chance charity chase check cherry chicken childs chili china christmas circle citrus
    clay clear climax coats college colony comfort concrete congress continental cook cool cooper
    cope cord corn cost cotton couch counselor cross crystal cuba dairy dawn day deal deer delight
    delta deport deposit dice distant divide dolphin dow downs downtown drain drift drifting driver
    drums early earth eastern echo economy eden edison effort elk embarrass energy england english
    equality excel exchange experiment export fall falls farmers fate felt fence fertile field
    fields fine finger finland flat flushing force ford forest fork forks foster fox friend
    friendly fries gap gas gates gay gem given glide globe gold golden golf good grand grant gray
    green grill guy halfway happy harbor hardy harvest hatch haven hay hazard hazel heart heath
    heaters heaven helper heritage hill hills holder holiday holly hollywood honor horse house
    hundred hunt hunter hunters hurricane hurt hygiene ideal index indian industry institute
    intercourse interior iron island issue ivory ivy jack jersey jet junction junior keys kinder
    king kings lakes landing landmark lawn lead lee levels licking likely lily lima lime lodge loop
    lost lotus love lovely loving luck lyme maiden man many maple marathon march marine marks mars
    mart marvel max may media medulla mercury merry meta midnight midway mineral minor miracle
    mission model moderate money monitor moody moon mountain muddy mutual narrows native needles
    needy newborn nice nickel north nurse oak oasis odd okay olive onset only opal oral ordinary
    organ outlook oyster pace pacific page paint palm parachute paramount park parks path pattern
    peak pearl peculiar peel pigeon pillow pilot pinch pink pitcher plain platinum point points
    pool pope portal porter post pottery power premium pride prince princess progress prosperity
    protection purchase queen radiant railroad rainbow rains rake range ray recluse red register
    relief republic rescue reserve rest rice right river rock rocky roll rose ruby rule rush rust
    rye saint salmon sandwich sandy scissors section sentinel shade shelter shepherd shield shields
    shock short shorter show silver singer sisters slaughter slick slope smile smoke snow sober
    solo soso southside southwest speed spray springs spur stamps standard staples star start stem
    stone story stout straight strawberry street strong sun sunday sunflower sunny sunrise sunset
    sunshine superior supply supreme swan sweet swiss talent tea telephone tell thermal thick
    thunder tiger toast tome tool topping tornado tower trade trail trainer transfer trial triangle
    trout truth tunnel turkey twilight united unity universal university uptown useful vest village
    violet virgin volcano wake walker wall walnut war ward waterproof waves weed welcome wells west
    western wheel white why wing winner winter winters wisdom wise wolf wonder wood woodlands worth
    yell yellow york zion
    """.split()
)
