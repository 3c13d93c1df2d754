import time

import pytest

from trupaths import crisis
from trupaths.crisis import detect

CARDS = {
    "suicide": [
        "I want to die",
        "i wanna kms",
        "I CAN’T… k1ll my self!!",
        "i want to s*icide",
        "s u i c i d e",
        "I just want to go to sleep and never wake up",
        "my kids would be better off if I was gone",
        "what is the most painless way to die",
        "I am saying goodbye to everyone tonight",
        "no quiero vivir más",
        "me quiero suicidar",
        "nobody would miss me",
        "i cant go on",
    ],
    "self-harm": ["I cut myself again last night", "self h4rm relapse", "quiero hacerme daño"],
    "overdose": [
        "I took the whole bottle of tylenol",
        "took like 40 ibuprofen an hour ago",
        "he took heroin and won't wake up",
        "creo que tuvo una sobredosis",
    ],
    "withdrawal": [
        "I quit xanax cold turkey and had a seizure",
        "he has the DTs",
        "havent had a drink since yesterday and my hands are shaking",
        "i sweat and shake every morning until i have a drink",
        "is it normal to feel shaky and sweaty when i dont drink",
        "sweating and shaking no drink today",
        "shaking hands after drinking all week",
    ],
    "emergency": [
        "my chest is tight and my left arm hurts is this anxiety",
        "my chest hurts and i feel like i am dying is it a panic attack",
        "worst headache of my life is it migraine",
        "cant feel my legs and lost control of my bladder back pain",
        "i throw up blood every time i purge",
    ],
    "violence": ["my husband hit me and I'm scared", "I was raped last night", "me pega"],
    "harm-others": ["I have thoughts of killing my husband", "I'm afraid I will hurt my baby"],
}
ORDINARY = [
    "",
    "mbsr near me",
    "this traffic is killing me",
    "I'm dying to see the new yoga studio",
    "suicide prevention training",
    "does DBT reduce suicide attempts",
    "where can I get naloxone",
    "I take 20 mg of lexapro",
    "how do I stop cutting out carbs",
    "tired of living with pain",
    "I cut myself shaving",
    "runny nose",
    "busco terapeuta en español",
]


@pytest.mark.parametrize(
    ("text", "category"), [(text, key) for key, texts in CARDS.items() for text in texts]
)
def test_danger_gets_a_card(text, category):
    found = detect(text)
    assert found.category == category
    assert found.title and found.sentence
    assert found.abuse == (category == "violence")


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_get_none(text):
    assert detect(text) is None


def test_an_idiom_silences_only_itself():
    assert detect("this traffic is killing me and I want to die").category == "suicide"


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
    ],
)
def test_the_card_knows_whom_it_is_for(text, for_other):
    assert detect(text).for_other == for_other


def test_an_error_in_the_detector_shows_a_card(monkeypatch):
    monkeypatch.setattr(crisis, "_fold", lambda text: 1 / 0)
    assert detect("mbsr near me").category == "suicide"


@pytest.mark.parametrize(
    "text",
    ["want to " * 1250, "!$@*" * 2500, "a" * 10_000, "took 40 of the " * 660, "\u0301é" * 5000],
)
def test_no_text_takes_long(text):
    began = time.perf_counter()
    detect(text)
    assert time.perf_counter() - began < 0.1


@pytest.mark.parametrize(
    "text",
    ["I took a lot of pills", "she swallowed lots of her sleeping pills", "took so many tylenol",
     "I just took a whole bunch of my meds"],
)  # fmt: skip
def test_a_lot_taken_is_treated_as_an_overdose(text):
    assert detect(text).category == "overdose"


def test_many_pills_for_an_illness_are_no_emergency():
    assert detect("I take a lot of pills for my heart") is None
