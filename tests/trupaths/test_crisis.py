"""Danger gets a card, ordinary words get none, and nothing can talk the detector out of it."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trupaths import crisis
from trupaths.crisis import detect, names_minor, sense
from trupaths.crisis.folding import fold


def cases(name="crisis_cases.txt"):
    """(category, text) of a file of messages."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" | ", 1)) for line in lines if " | " in line and line[0] != "#"]


DANGER = [case for case in cases() if case[0] not in ("ordinary", "mention")]
ORDINARY = [text for category, text in cases() if category == "ordinary"]
MENTIONS = [text for category, text in cases() if category == "mention"]


def test_danger_gets_a_card():
    assert [(category, text) for category, text in DANGER if not detect(text)] == []


def test_ordinary_words_get_none():
    assert [text for text in ORDINARY if detect(text)] == []


def test_the_lessons_were_learned():
    """weights.txt is of these messages: who adds lessons teaches again."""
    lessons = cases("crisis_lessons.txt")[::5]
    danger = [text for category, text in lessons if category not in ("ordinary", "mention")]
    near = [text for category, text in lessons if category == "ordinary"]
    assert sum(detect(text) is None for text in danger) < 0.05 * len(danger)
    assert sum(detect(text) is not None for text in near) < 0.06 * len(near)


@pytest.mark.parametrize(
    "text",
    ["I wrapped his birthday gifts early because I will not see him open them",
     "the refill came in and that should be enough to go"],
)  # fmt: skip
def test_what_no_wording_fits_is_weighed(text):
    assert not crisis.worded(text) and detect(text)


def test_who_only_mentions_the_topic_gets_the_quiet_line_at_least():
    assert [text for text in MENTIONS if sense(text) is None and "suicid" in text.lower()] == []
    assert sense("does lithium lower suicide risk").quiet
    assert detect("does lithium lower suicide risk") is None


CARDS = {
    "suicide": ["I want to die", "i wanna kms", "I CAN’T… k1ll my self!!", "i want to s*icide",
                "s u i c i d e", "me quiero suicidar", "i want to ⚰️", "i wanna diiiieeee",
                "\u200bi wa\u200bnt to die", "I want 2 d!e"],
    "passive": ["my kids would be better off if I was gone", "no quiero vivir más",
                "nobody would miss me", "i cant go on", "no quiero vivir mas, vos no sabés"],
    "plan": ["what is the most painless way to die", "the 🔫 is to my head"],
    "farewell": ["I am saying goodbye to everyone tonight"],
    "self-harm": ["I cut myself again last night", "self h4rm relapse", "quiero hacerme daño"],
    "overdose": ["I took the whole bottle of tylenol", "took like 40 ibuprofen an hour ago",
                 "he took heroin and won't wake up", "creo que tuvo una sobredosis",
                 "I took a lot of pills", "she swallowed lots of her sleeping pills",
                 "I just took a whole bunch of my meds", "the narcan is not working"],
    "withdrawal": ["I quit xanax cold turkey and had a seizure", "he has the DTs",
                   "havent had a drink since yesterday and my hands are shaking",
                   "is it normal to feel shaky and sweaty when i dont drink",
                   "shaking hands after drinking all week"],
    "emergency": ["my chest is tight and my left arm hurts is this anxiety",
                  "worst headache of my life is it migraine",
                  "cant feel my legs and lost control of my bladder back pain",
                  "34 weeks along and bleeding since noon", "havent felt the baby move today",
                  "her sugar is 35 and she cant tell me her name",
                  "his mouth is hanging on one side",
                  "my kid has a stiff neck and a high fever",
                  "mi abuela no puede mover un brazo", "tiene fiebre y el cuello rigido"],
    "violence": ["my husband hit me and I'm scared", "I was raped last night", "me pega",
                 "he says he will call immigration if i leave", "she will post my nudes if i tell"],
    "harm-others": ["I have thoughts of killing my husband", "I'm afraid I will hurt my baby",
                    "I poisoned her tea", "the list of kids who deserve it is done"],
    "voices": ["the voices tell me to jump", "escucho voces que me dicen que me mate"],
    "eating": ["I make myself vomit after every meal"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "category"), [(text, key) for key, texts in CARDS.items() for text in texts]
)
def test_the_card_is_of_its_kind(text, category):
    found = detect(text)
    assert found and found.category == category
    assert found.title and found.sentence and not found.quiet
    assert found.abuse == (category == "violence")
    assert found.card in ("911", "988", "violence")


# Families: who, what and how combined, so that no sentence was written for its own sake.
WISHES = ["want to", "wanna", "wnat to", "need to", "am going to", "plan to", "am ready 2"]
ENDS = ["die", "kill myself", "end my life", "unalive myself", "hang myself", "take my own life"]
TIMES = ["", " tonight", " so bad", " right now", ", please help", " lol", " tbh"]
WHO = ["my son", "my best friend", "my little sister", "a student", "my ex-husband", "someone"]
SAYS = ["wants to", "says he wants to", "is going to", "tried to", "is planning to"]
HURTS = ["hits me", "is beating me", "choked me", "threatens to kill me", "raped me", "slapped me"]
TOOK = ["took", "swallowed", "just took", "has taken"]
MUCH = ["a whole bottle of", "a handful of", "all my", "too many", "60"]
DRUGS = ["pills", "xanax", "tylenol", "sleeping pills", "oxycodone"]


def test_a_wish_to_die_is_heard_in_every_form():
    for wish, end, time in product(WISHES, ENDS, TIMES):
        assert detect(f"i {wish} {end}{time}"), (wish, end, time)


def test_someone_else_in_danger_gets_the_card_for_others():
    for who, says, end in product(WHO, SAYS, ["kill himself", "end his life", "hang himself"]):
        found = detect(f"{who} {says} {end}")
        assert found and found.for_other, (who, says, end)


def test_who_is_hit_gets_the_card_of_abuse():
    for who, hurts in product(
        ["he", "my husband", "my dad", "my girlfriend", "my stepfather"], HURTS
    ):
        found = detect(f"{who} {hurts}")
        assert found and found.abuse and not found.for_other, (who, hurts)


ARMS = ["gun", "knife", "loaded pistol"]
AT_OTHERS = ["I'm going to make them pay", "he will regret it", "I will shoot my boss",
             "I'm driving to her house", "everyone at school is going to be sorry"]  # fmt: skip
AT_ME = ["I want to kill myself", "I'm going to end it", "it would be quick"]


def test_a_gun_for_others_is_no_plan_against_oneself():
    for arm, others in product(ARMS, AT_OTHERS):
        found = detect(f"I have a {arm} and {others}")
        assert (found.category, found.card) == ("harm-others", "911"), (arm, others)
    for others in AT_ME:
        assert detect(f"I have a gun and {others}").card == "988", others
    assert detect("tengo una pistola y me las van a pagar").card == "911"
    assert detect("my husband has a gun and says he will shoot me").card == "violence"


@pytest.mark.parametrize(
    "text",
    ["my sister washes her hands till they bleed", "he scrubs his hands until they are raw",
     "my son has eczema and scratches until it bleeds", "my gums bleed when I floss",
     "se lava las manos hasta que le sangran", "they drew my blood and I got lightheaded"],
)  # fmt: skip
def test_a_habit_or_a_rash_that_bleeds_is_no_self_harm(text):
    assert detect(text) is None


def test_an_amount_taken_is_an_overdose():
    for took, much, drug in product(TOOK, MUCH, DRUGS):
        assert detect(f"I {took} {much} {drug}").category == "overdose", (took, much, drug)


def test_spanish_is_heard_in_every_form():
    wishes = ["quiero", "quisiera", "tengo ganas de", "voy a", "pienso en", "Ojalá pudiera"]
    ends = ["morir", "morirme", "matarme", "suicidarme", "quitarme la vida", "no despertar"]
    for wish, end, more in product(wishes, ends, ["", " hoy", ", ayúdenme", " esta noche"]):
        assert detect(f"{wish} {end}{more}"), (wish, end, more)


EXPLICIT = ["i want to die", "i'm going to kill myself", "quiero matarme", "i am suicidal",
            "i took 60 xanax", "my husband hits me", "i cut myself last night",
            "i want to kill my wife", "my friend is suicidal", "he isn't breathing"]  # fmt: skip
SOFTER = ["this traffic is killing me", "i'm dying to try yoga", "my uncle died by suicide",
          "suicide prevention training", "i used to be suicidal years ago", "i'm not suicidal",
          "i would never hurt myself", "me muero de hambre", "what is the suicide rate",
          "i watched a movie about suicide", "my phone died", "how do i kill time",
          "does dbt reduce self-harm", "i lost my son to an overdose", "just kidding", "lol",
          "thank you so much", "please", "good morning, i hope you are well", "haha"]  # fmt: skip


@given(
    st.sampled_from(EXPLICIT),
    st.lists(st.sampled_from(SOFTER), min_size=1, max_size=4),
    st.integers(0, 4),
    st.sampled_from([". ", ", but ", " and ", "\n", "; ", " "]),
)
def test_nothing_said_beside_it_silences_an_explicit_one(explicit, softer, at, between):
    parts = [*softer[:at], explicit, *softer[at:]]
    assert detect(between.join(parts)), parts


@given(st.text())
def test_no_text_makes_it_fail(text):
    found = sense(text)
    assert found is None or found.category != "unknown"


@given(st.sampled_from(EXPLICIT), st.data())
def test_case_spacing_and_stretched_letters_change_nothing(explicit, data):
    letters = [
        letter.upper() if data.draw(st.booleans(), label="upper") else letter for letter in explicit
    ]
    assert detect(
        "  ".join("".join(letters).split(" ")) + data.draw(st.sampled_from(["!!!", "…", " 😭"]))
    )


def test_an_idiom_is_softened_to_the_quiet_line_and_silences_only_itself():
    assert sense("i used to be suicidal years ago").quiet
    assert detect("this traffic is killing me and I want to die").category == "suicide"


def test_weak_signs_count_together_and_over_the_last_turns():
    assert detect("I lost my job. what is the tallest bridge in New York")
    assert detect("feeling lonely tonight") is None
    assert detect("feeling lonely tonight", ["I feel hopeless"]).category == "weak"
    assert detect("thank you", ["I feel hopeless", "i feel so alone"]) is None  # none of them now
    long_ago = ["I feel hopeless", "dbt", "mbsr", "cbt", "what is emdr"]
    assert detect("feeling lonely tonight", long_ago) is None


def test_the_card_repeats_no_word_that_was_typed():
    assert "tylenol" not in str(detect("I took the whole bottle of tylenol"))


@pytest.mark.parametrize(
    ("text", "for_other"),
    [
        ("my son wants to kill himself", True),
        ("my friend is suicidal, what do I do", True),
        ("mi hijo se quiere matar", True),
        ("I have nothing to live for since my wife died", False),
        ("nobody would care if I died", False),
        ("my husband hits me", False),
        ("suicidal thoughts", False),
        ("i will be dead soon", False),
        # weighed, and nobody knows which words weighed
        ("my brother just texted me goodbye and is not answering", True),
        ("i deleted all my accounts and cleaned out my room so my parents dont have to", False),
        ("desde que murio mi esposo solo pienso en irme con el", False),
        ("i want my last meal to be my moms tamales", False),
    ],
)
def test_the_card_knows_whom_it_is_for(text, for_other):
    assert detect(text).for_other == for_other


@pytest.mark.parametrize(
    "text",
    ["I'm 15 and I want to die", "im 16f wanna kms", "my 12 year old daughter wants to die",
     "tengo 14 años y quiero morirme", "i am in 8th grade and i want to kill myself",
     "my mom hits me with a belt, I'm 13"],
)  # fmt: skip
def test_an_age_under_18_is_told_to_the_card(text):
    assert detect(text).youth and names_minor(text)


@pytest.mark.parametrize(
    "text",
    ["I'm 34 and I want to die", "I took 15 pills", "I am 10 years sober and I want to die",
     "I have been in pain for 12 years", "i want to kill myself, i am 17 weeks pregnant"],
)  # fmt: skip
def test_other_numbers_are_no_age(text):
    assert not names_minor(text)


def test_an_error_in_the_detector_shows_a_card(monkeypatch):
    monkeypatch.setattr(crisis, "fold", lambda text: 1 / 0)
    assert detect("mbsr near me").card == "988"
    assert names_minor("mbsr near me")


def test_many_pills_for_an_illness_are_no_emergency():
    assert detect("I take a lot of pills for my heart") is None


def test_no_wording_repeats_without_a_bound():
    """Then no text can take more than a fixed time for each of its words."""
    tables = crisis._families, crisis._struck, crisis._signals
    for pattern in {
        pattern.pattern for table in tables for row in table.values() for _, pattern in row
    }:
        assert ")*" not in pattern and ")+" not in pattern


def test_the_work_grows_with_the_number_of_words(monkeypatch):
    tries = []

    class Counting:
        def __init__(self, pattern):
            self.match = lambda *place: tries.append(1) or pattern.match(*place)

    counting = {
        start: [(rank, Counting(pattern)) for rank, pattern in row]
        for start, row in crisis._families.items()
    }
    monkeypatch.setattr(crisis, "_families", counting)
    words = "is there a group near me that my doctor would like and when does it meet "
    assert detect(words * 10) is None
    short = len(tries)
    assert short > 100
    tries.clear()
    assert detect(words * 100) is None
    assert len(tries) == pytest.approx(10 * short, rel=0.01)


def test_folding_writes_out_what_was_typed():
    assert fold("I’m soooo DONE, wanna d1e 2nite") == " i am done want to die tonight "
    assert fold("Ya no quiero vivir más") == " no quiero vivir mas "
    assert fold("i took 2 pills, need 2 die") == " i took 2 pills need to die "
