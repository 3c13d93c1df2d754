"""Everyday words for the same thing, so that a paraphrase finds what it means."""

GROUPS = """
cost price fee pay paid expensive cheap afford money charge copay
insurance insurer cover covered coverage medicaid medicare
video online zoom telehealth virtual remote app phone internet
person face office
group class classes circle others
safe safety danger dangerous risk risky harm harmful worse unsafe wrong bad side effect effects
long last lasting duration length
week weeks month months
minute minutes hour hours
session sessions visit visits appointment appointments meeting meetings
homework practice home exercises
study studies research science scientific proof proven evidence trial trials
work works help helps helpful effective
careful avoid
happen happens expect do
suit suits
sleep insomnia asleep
sad sadness depression depressed low
worry anxious anxiety nervous
drink drinking alcohol drunk
smoke smoking cigarettes tobacco vaping nicotine
quit stop stopping
medicine medicines medication medications meds drug drugs pill pills
teacher therapist counselor trainer provider
ptsd trauma traumatic flashbacks
headache headaches migraine migraines
instead replace
combine combined together alongside
""".split("\n")

# word -> the first of its group
SAME = {word: group.split()[0] for group in GROUPS if group for word in group.split()}

# Words that carry a question, not its subject.
COMMON = frozenset(
    "a about after all am an and any are as at be been being but by can cannot cant could did does "
    "doing dont for from get give go had has have having he her here him his how i if in into is "
    "it its like may me might more most much my no not of on one or our out over please "
    "should so some tell than that the their them then there these they thing this those to too "
    "up us use using was we were what when where which while who why will with would yes you "
    "your make makes done available therapy therapies treatment program".split()
)
