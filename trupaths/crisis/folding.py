"""LEAF: what was typed, as plain words: lower case, written out, without stretched letters.

The wording of words.py then needs no case, accent, apostrophe, abbreviation or filler:
"I’m soooo DONE, wanna d1e 2nite" becomes "i am done want to die tonight".
"""

import re
import unicodedata

_apostrophes = re.compile("['\u2019\u2018`\u00b4\u02bc]")
_contracted = re.compile("['\u2019](ll|re|ve|m)\\b")  # he'll is not hell, we're is not were
_would = re.compile("\\b(he|she|we|they|you|who)['\u2019]d\\b")
_spoken = {"ll": " will", "re": " are", "ve": " have", "m": " am"}
_overdosed = re.compile("\\bo[. ]?d[. ]?['\u2019]e?d\\b")
_token = re.compile(r"[a-z0-9@$!*]+")
_starred = re.compile(r"[a-z]+\*+[a-z]+")
_stretched = re.compile(r"([a-z])\1{2,}")  # diiie, sooooo
_ending = re.compile(r"([adghimnptuy])\1$")  # badd, onn
_spelled = re.compile(r"(?<![^ ])(?:[a-z] ){3,}")  # s u i c i d e
_parted = re.compile(r" (my|him|her|them) (self|selves)(?= )")
_counted = re.compile(r"([0-9]+)(yo|yrs?|years?|f|m|th|mgs?|ml|mcg|pills|x)")
_leet = str.maketrans("1340@$!", "ieaoasi")

EMOJI = {
    "🔫": "gun",
    "🔪": "knife",
    "🗡": "knife",
    "💊": "pills",
    "🩸": "blood",
    "⚰": "dead",
    "🪦": "dead",
    "💀": "dead",
    "☠": "dead",
}
_emoji = str.maketrans({sign: f" {word} " for sign, word in EMOJI.items()})

# Words that soften or stress and say nothing of danger: "i JUST want to die LOL".
FILLERS = set(
    """just really so very actually honestly literally kinda fucking fuckin fking fkn freaking
    frickin damn bloody maybe perhaps please pls plz sometimes always even already still ever
    simply truly constantly lately seriously totally completely basically probably definitely
    often quite absolutely genuinely legit lowkey highkey deadass ngl tbh fr rn lol lmao lmfao
    omg bro bruh rly srsly plss pleas soo jus sooo super secretly desperately everyday suddenly
    currently usually obviously clearly increasingly hey hi hello ugh um uh yeah thx thanks ya
    solo muy tan realmente tambien""".split()
)

# Text-speak and contractions, written out. "ill" and "id" are more often "I'll" and "I'd".
WRITTEN_OUT = dict(
    line.split(maxsplit=1)
    for line in """\
im i am
iam i am
ima i am going to
imma i am going to
ive i have
ill i will
id i would
hes he is
shes she is
hed he would
theyre they are
theyve they have
theyd they would
theyll they will
youre you are
youll you will
youd you would
its it is
thats that is
theres there is
whats what is
wats what is
hows how is
whos who is
dont do not
dnt do not
dosent does not
doesnt does not
didnt did not
cant can not
cnt can not
cannot can not
couldnt can not
wont will not
wouldnt would not
shouldnt should not
isnt is not
arent is not
wasnt was not
werent was not
havent have not
havnt have not
hasnt has not
hadnt had not
aint is not
wanna want to
wana want to
wnna want to
wna want to
wanan want to
wannna want to
wnat want
wnt want
wanting want
gonna going to
gona going to
gunna going to
finna going to
gotta got to
hafta have to
tryna trying to
tryin trying
boutta about to
bouta about to
bout about
thinkin thinking
feelin feeling
livin living
dyin dying
killin killing
cuttin cutting
goin going
nothin nothing
b be
u you
r are
ur your
n and
kys kill yourself
kmself kill myself
kmyself kill myself
w with
wit with
cuz because
bc because
cos because
coz because
til until
till until
idk i do not know
idc i do not care
idgaf i do not care
ppl people
sum1 someone
every1 everyone
any1 anyone
everybody everyone
somebody someone
anybody anyone
noone nobody
2nite tonight
2night tonight
tonite tonight
tn tonight
2day today
2moro tomorrow
tmrw tomorrow
tmr tomorrow
2mrw tomorrow
4ever forever
4eva forever
alr already
fam family
mum mom
mommy mom
mama mom
daddy dad
papa dad
bf boyfriend
gf girlfriend
hubby husband
lil little
hisself himself
themself themselves
anymroe anymore
anymor anymore
nomore anymore
dei die
dye die
di die
diee die
kll kill
kil kill
kiling killing
kiled killed
ofing killing
cuting cutting
cuttin cutting
alife alive
wuz was
wus was
woz was
dat that
dis this
da the
abt about
alot a lot
shud should
wud would
wld would
evry every
evryone everyone
evryi everyone
wo without
witout without
bettr better
cud could
hav have
liv live
kno know
hurtin hurting
wishin wishing
tht that
bcuz because
bcz because
cus because
smth something
sth something
sumthing something
nuthin nothing
nuffin nothing
wen when
wat what
wut what
wats what is
hlp help
lyf life
lyfe life
ded dead
dedd dead
deadd dead
wonna want to
waana want to
wann want to
dun do not
dunno do not know
dunt do not
mahself myself
yrs years
kyll kill
slef self
myslef myself
mself myself
myselve myself
meself myself
diffrent different
ovredose overdose
oded overdosed
goodby goodbye
bye goodbye
byee goodbye
farewell goodbye
meds pills
med pills
tabs pills
tablets pills
tablet pills
pill pills
capsules pills
luv love
k que
q que
xq porque
pils pills
pilz pills
pillz pills
reson reason
resons reasons
agen again
scard scared
dieing dying
h8 hate
h8s hates
gr8 great
l8r later
b4 before
frend friend
freind friend
frens friends
sis sister
gma grandma
gpa grandpa
nana grandma
granny grandma
gramps grandpa
pops dad
hubs husband
wifey wife
roomy roommate
bby baby
famly family
familly family
wuld would
woud would
shuld should
culd could
beter better
betta better
evrything everything
evry every
evryone everyone
every1 everyone
nuthing nothing
somthing something
some1 someone
diying dying
kilt killed
wantto want to
donot do not
mylife my life
myslf myself
tryd tried
tryed tried
alon alone
lonly lonely
tierd tired
tird tired
tirred tired
exausted exhausted
depresed depressed
hopless hopeless
wrth worth
worf worth
slep sleep
sleap sleep
slp sleep
nemore anymore
anymre anymore
nomo anymore
nobdy nobody
goodnite goodnight
nife knife
knif knife
brigde bridge
brige bridge
hospitel hospital
breth breathe
hert hurt
hurtz hurts
thots thoughts
thoughs thoughts
toughts thoughts
pq porque
tqm te quiero
kiero quiero
lemme let me
lft left
wast waste
oxigen oxygen
srry sorry
nite night
rapd raped
raepd raped
klil kill
kikl kill
hrut hurt
bordon burden
bottel bottle
gudbye goodbye
gudby goodbye
odin overdosing
enuf enough
wil will
shoulda should have
coulda could have
woulda would have
""".splitlines()
)

# Said without the last g, often: thinkin, killin.
DROPPED_G = """thinking feeling living dying killing cutting going nothing hurting wishing
    slitting jumping hanging taking doing hitting beating choking planning saving
    crying fighting losing waiting starving purging throwing burning bleeding ending
    giving writing saying stopping trying standing sitting holding drinking shaking
    seeing hearing breathing bringing coming walking driving looking getting making
    sleeping existing everything anything something talking telling having being
    wanting pushing threatening following swallowing puking passing turning freaking
    running leaving eating""".split()

# Longer words worth mending where one or two letters are wrong: with the same first letter.
MENDED = """suicide suicidal myself himself herself overdose overdosed overdosing killing cutting
    goodbye disappear unalive unaliving hopeless worthless burden anymore withdrawal withdrawals
    seizure seizures hallucinating hallucinations breathing unconscious unresponsive heroin fentanyl
    ibuprofen tylenol alcohol molested assaulted threatened threatening strangled husband
    boyfriend girlfriend everyone tonight forever bridge wrists starving purging vomiting
    depressed attempt attempted pointless painless exhausted existing existence
    suicidarme suicidas suicidio matarme morirme pastillas sobredosis desaparecer amenaza
    """.split()
WANTING = set(
    """want wanted wants going need needs ready have about trying how got desire reason will way
    hard able tried like dying courage""".split()
)
# Words with a doubled letter, which a stretched word may be.
DOUBLED = """kill killing killed feel feeling feels pill pills need needs off all been seen soon
    too good wanna gonna gotta will well tell still hell see keep sleep asleep food blood cutting
    hitting little goodbye unhappy pressure hopeless worthless bleed bleeding suffering
    hanging""".split()
# Words that end with one, as badd and onn do not.
ENDING = {"add", "odd", "inn", "butt", "egg", "app", "putt", "mutt", "ann", "matt", "scott"}
# Words in their own right that lie that near.
SOUND = set(
    """starting staring starring staving homeless bride brides bridal bridges wrist exciting exiting
    kissing kidding overdoing overdoses disappears attempts alcohols curing cueing cunning cuffing
    pursing purring husbands burdens heron herons heroine matarte matarle matarse morirse
    suicidarse amenazas""".split()
)


def fold(text):
    """Plain lower-case words between single spaces.

    >>> fold("I CAN’T… k1ll my self!!")
    ' i can not kill myself '
    """
    text = _contracted.sub(lambda found: _spoken[found[1]], text.casefold())
    text = _would.sub(r"\1 would", text)
    text = _apostrophes.sub("", _overdosed.sub("overdosed", text))
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_emoji)).casefold()
        text = "".join(
            c for c in text if c.isascii() or unicodedata.category(c) not in ("Mn", "Cf")
        )
        text = _apostrophes.sub("", text)
    text = f"{' '.join(_token.findall(text))} "
    text = _spelled.sub(_joined, text)
    words, said = [], text.split()
    for at, word in enumerate(said):
        if at > 2 and word == said[at - 1] == said[at - 2] == said[at - 3]:
            continue  # no no no no no
        words += _words(word, words[-1] if words else "")
    text = f" {' '.join(filter(None, words))} "
    return (
        _parted.sub(r" \1self", text)
        .replace(" no one ", " nobody ")
        .replace(" any more ", " anymore ")
        .replace(" no more ", " anymore ")
        .replace(" to many ", " too many ")
        .replace(" to much ", " too much ")
        .replace(" with out ", " without ")
        .replace(" with o ", " without ")
    )


def _joined(found):
    """k m s, d i e, s u i c i d e: letters that spell a word."""
    word = found[0].replace(" ", "")
    return f"{word} " if len(word) > 3 or word in ("kms", "die", "ctb") else found[0]


def _relaxed(word):
    """Without stretched letters: kiiiillll is kill, sooooo is so.

    >>> _relaxed("kiiiillll"), _relaxed("sooooo")
    ('kill', 'so')
    """
    if not _stretched.search(word):
        return word if word in ENDING else _ending.sub(r"\1", word)
    single = _stretched.sub(r"\1", word)
    return next(
        (said for said in (_stretched.sub(r"\1\1", word),) if said in DOUBLED), None
    ) or next((said for said in DOUBLED if _once(said) == _once(word)), single)


def _once(word):
    return re.sub(r"([a-z])\1+", r"\1", word)


def _words(word, before):
    """The words that one token stands for, none for a filler."""
    if word.isdigit():
        return ["to"] if word == "2" and before in WANTING else [word]
    if not word.isalpha():
        if counted := _counted.fullmatch(word):
            return [counted[1], counted[2]]
        word = word if word in _written_out else _letters(word)
    if word == "bro" and before in ("my", "his", "her", "our"):
        return ["brother"]
    if word == "too" and before in WANTING:
        return ["to"]
    word = word if word in _written_out else _relaxed(word)
    if word in _fillers:
        return []
    return _written_out.get(word) or [_mend(word)]


def _letters(word):
    """Signs that stand for letters."""
    word = word.rstrip("!*").lstrip("*")
    if word.isdigit():
        return word
    if _starred.fullmatch(word):
        return next((risk for risk in STARRED if _hides(word, risk)), word.replace("*", ""))
    return word.translate(_leet).replace("*", "")


STARRED = ["suicide", "suicidal", "kill", "killing", "die", "dead", "rape", "raped", "overdose"]


def _hides(starred, word):
    """Could s*icide be suicide? A star stands for one letter or two."""
    return re.fullmatch(re.sub(r"\*+", "[a-z]{1,2}", starred), word) is not None


def _mend(word):
    """The word worth mending that lies nearest, else the word itself."""
    if not 5 <= len(word) <= 16 or word in SOUND:
        return word
    near = next((_near[part] for part in _parts(word) if part in _near), word)
    return near if near[0] == word[0] and abs(len(near) - len(word)) < 2 else word


def _parts(word):
    """The word, and the word without any one of its letters."""
    yield word
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]


_fillers = set(FILLERS)
_written_out = {word[:-1]: [word] for word in DROPPED_G}
_written_out |= {word: said.split() for word, said in WRITTEN_OUT.items()}
_near = {part: word for word in reversed(MENDED) for part in _parts(word)}
_near |= {word: word for word in MENDED}
