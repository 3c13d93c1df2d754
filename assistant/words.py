"""Everyday words for the same thing, so that a paraphrase finds what it means."""

GROUPS = """
cost price prices fee fees pay paid expensive cheap afford affordable money charge copay free
insurance insurer cover covers covered coverage medicaid medicare
video online zoom telehealth virtual remote internet
app apps
call calls phone phones text texts txt texting message messages email emails
face office
group groups class classes circle
safe safety danger dangerous risk risks risky harm harmful unsafe worse worsen side effect effects
long last lasts lasting duration length
week weeks month months
minute minutes hour hours
session sessions visit visits appointment appointments meeting meetings
homework practice
detail details describe share tell talk
lecture lectures lectured preach preached
study studies research science scientific proof proven evidence trial trials studied
work works help helps helped helpful effective good useful benefit notice
avoid careful
happen happens expect
suit suits
stop stops stopped stopping quit quits quitting withdrawal withdrawals taper tapering detox
medicine medicines medication medications med meds drug drugs pill pills tablet tablets \
prescription prescribed antidepressant antidepressants ssri ssris snri zoloft sertraline prozac \
fluoxetine lexapro escitalopram celexa citalopram paxil paroxetine cymbalta duloxetine effexor \
warfarin eliquis statin statins inhaler inhalers prednisone steroid steroids \
venlafaxine wellbutrin bupropion trazodone seroquel quetiapine lithium lamictal abilify zyprexa \
gabapentin lyrica pregabalin buspirone ambien zolpidem adderall ritalin vyvanse concerta
benzodiazepine benzodiazepines benzo benzos xanax alprazolam valium diazepam ativan lorazepam \
klonopin clonazepam temazepam restoril librium
opioid opioids opiate opiates heroin fentanyl fent oxy oxys oxycodone oxycontin percocet \
percocets vicodin hydrocodone morphine codeine tramadol dilaudid painkiller painkillers \
suboxone subutex sublocade buprenorphine methadone
teacher instructor
training trained credentials certificate certified license licensed qualified qualifications
instead replace
alternative alternatives option options other besides else
combine combined together alongside
private privacy confidential secret
different difference differences differ compare compared versus vs
cure cured fix fixed
meditate meditation meditating meditations
past childhood
alone myself yourself youtube workbook workbooks book books
psychosis psychotic schizophrenia schizophrenic delusions hallucinations
epilepsy epileptic seizure seizures
pregnant pregnancy
veteran veterans va
start starts starting begin begins beginning join joining
soon quickly
memory memories
hypnosis hypnotic hypnotized
couch sofa lie lying recline
eeg neurofeedback brain brainwave brainwaves wave waves
regular ordinary usual gym studio
hate hated stand dislike creep creeps awkward
lonely loneliness friends friendless nobody isolated
once twice single
tens ultrasound electric electrical electrode electrodes stimulation laser
drawing drawings draw drew paint painting paintings painted picture pictures artwork
interpret interprets analyze analyse analyzes decode hidden meaning
blame fault guilty guilt cause caused responsible
exercise exercises stretches stretching workout
floor ground wheelchair kneel cushion
boss employer workplace
court judge probation parole police
teenager teenagers teen teens adolescent adolescents youth
older elderly senior seniors
religion religious god church faith spiritual pray prayer
reward rewards prize prizes voucher vouchers incentive incentives
scan scans mri xray xrays imaging
sober clean abstinent abstinence
flexible flexibility bend bendy stiff
violence violent abuse abusive
scared scary scariest afraid fear fears frightened
craving cravings urge urges
sponsor sponsors
nightmare nightmares flashback flashbacks
die died death dying
baby newborn infant birth postpartum
machine machines device devices sensor sensors electrodes gadget watch
invented invent inventor founded founder developed created creator
""".replace("\\\n", "").split("\n")

# word -> the first of its group
SAME = {word: group.split()[0] for group in GROUPS if group for word in group.split()}

_LOVED = (
    "(?:husband|wife|partner|spouse|mom|mother|mama|dad|father|papa|parents?|son|daughter|child|baby|"
    "brother|sister|twin|(?:best )?friend|grand\\w+|aunt|uncle|cousin|dog|cat|(?:boy|girl)friend)"
)
# What people type -> the name that our pages use. Read in this order.
PHRASES = {
    "smoke weed|smoking weed|smoke pot|smoking pot": "weed",
    "smoke meth|smoking meth": "meth",
    "smoke crack|smoking crack": "cocaine",
    "smoke heroin|smoking heroin": "heroin",
    "can not sleep|cant sleep|cant fall asleep|cant stay asleep|sleepless|insomniac": "insomnia",
    "alcoholic|booze|liquor|beer|wine|vodka|whiskey|drunk": "alcohol",
    "youtube videos?|videos? on youtube": "youtube",
    "drink water|drink coffee|drink tea": "water",
    "drink|drinks|drank": "drinking",
    "smoke|smokes|smoker|cigs|vape|vapes": "smoking",
    "blood thinners?|birth control|(?:blood pressure|seizure) (?:meds|medicine|pills)": "medicine",
    "depressed": "depression",
    "anxious": "anxiety",
    "panicking|panicky": "panic",
    "traumatized|traumatised|traumatic": "trauma",
    "grieving": "grief",
    f"(?:my|our) (?:\\w+ )?{_LOVED} (?:just )?(?:died|passed away|was killed)": "grief",
    f"lost (?:my|our) {_LOVED}": "grief",
    "bulimic": "bulimia",
    "anorexic": "anorexia",
    "manic": "mania",
    "relapsed|relapsing": "relapse",
    "back (?:(?:has|is|been|keeps|still|always|really) )*(?:hurts?|hurting|aches?|aching)": (
        "back pain"
    ),
    "heart (?:problems?|conditions?|troubles?|or lung problems?)": "heart disease",
    "bring back|brings back|bring up|brings up": "",
    "who should not|who shouldnt|who cannot|who cant": "who should avoid",
    "side affects?": "side effects",
    "go wrong|goes wrong": "risk",
    "look like": "happen",
    "tell me about|tell me": "",
    "voices in (?:my|his|her|their) head": "psychosis",
    "hear voices|hearing voices|voices": "psychosis",
    "how long until|how long before|how long till|how fast|how quickly": "how soon",
}

# Names that are ordinary words too: drugs count after a word such as "use", or alone; "act" and
# "met" not after a person; "mi" not at the end, where it is Michigan.
ORDINARY = frozenset("act mi mat met speed crack pot loss slip worry".split())
NOT_AFTER = frozenset(
    "i we you he she they it to must should would dont not never an the this that my your just "
    "people who".split()
)

# What stands behind the name of a therapy, whatever the page calls it: "couples counselor".
KINDS = (
    "therapy therapist therapists counseling counselling counselor counsellor counselors treatment "
    "psychotherapy sessions session class classes group groups course program training facilitation"
).split()
# First words of names that say nothing alone.
NO_NAMES = frozenset(
    "physical family couple couples marriage marital relationship art music creative expressive "
    "water exercise manual medical behavioral behavioural dynamic analytic systemic voucher reward "
    "movement skills social acceptance songwriting drumming painting cognitive motivational "
    "motivation aftercare mindfulness".split()
)
# What people call by a part of it -> a name of the therapy.
PARTS = {
    "suboxone subutex sublocade buprenorphine methadone vivitrol": "medication assisted treatment",
    "aa|na meetings|na meeting|alcoholics anonymous|narcotics anonymous|sponsor|12 steps|"
    "twelve steps": "twelve step facilitation",
    "marriage counselor|marriage therapist|couples counselor": "couples therapy",
}

# Words that carry a question, not its subject.
COMMON = frozenset(
    "a about actually after all also always am an and any anyone anything are as ask "
    "at away bad be because been being between both but by can cannot cant could day "
    "days did didnt do does doesnt doing done dont each even ever every everyone feel "
    "feeling feelings feels felt for from get gets getting give given go goes going "
    "gonna got had has have having he hello her here hey hi him his how i id if ill "
    "im in into is isnt it its ive just kind know let like lot lots made make makes "
    "many may maybe me mean might mine more morning most mr much my need needs no not "
    "now of ok okay on one only or our out over own people person please possible "
    "really said say says shall she should so some someone something sort still such "
    "take takes taking than thank thanks that thats the their them then there theres "
    "these they thing things think this those through to told too tried try trying "
    "until up us use used using very wanna want wanting wants was way we well were "
    "what whats when where which who whos why will with wont would wouldnt yes you "
    "your yours based while available therapy therapies therapist therapists treatment treatments "
    "program programs counselor doctor husband wife mom mother dad father son "
    "daughter sister brother friend boyfriend girlfriend partner hospital "
    "hospitalized history episode".split()
)
