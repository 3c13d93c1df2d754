"""Questions where a wrong answer could do harm, on the real pages."""

import pytest

from assistant.answers import answer
from tests.factories import create_provider, create_term, create_zip
from therapies.library import library

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def ask(client, q):
    return client.post("/assistant/", {"q": q}, headers={"Sec-Fetch-Site": "same-origin"})


def said(found):
    return " ".join(sentence.text for sentence in found.sentences)


STOPPING = [
    ("is it safe to stop drinking suddenly", "do not stop suddenly"),
    ("I want to quit drinking", "do not stop suddenly"),
    ("quiting alchohol cold turkey", "do not stop suddenly"),
    ("how do i help my brother stop drinking", "do not stop suddenly"),
    ("can i quit xanax", "Do not stop alcohol or benzodiazepines"),
    ("coming off Valium", "they need to be lowered slowly"),
    ("i ran out of klonopin", "they need to be lowered slowly"),
    ("tapering ativan", "they need to be lowered slowly"),
    ("how do i stop heroin", "After any break from opioids"),
    ("quit fentanyl at home", "After any break from opioids"),
    ("how do i get off suboxone", "After any break from opioids"),
    ("can i stop methadone", "After any break from opioids"),
    ("should i stop taking my antidepressant", "Do not stop or change a prescribed medicine"),
    ("can mbsr replace my medication", "Do not stop or change a prescribed medicine"),
    ("i skipped my SSRI for a week", "Do not stop or change a prescribed medicine"),
    ("can i stop my meds if act works", "Do not stop or change a prescribed medicine"),
    ("detox at home", "Do not stop alcohol or benzodiazepines"),
    ("withdrawal", "Do not stop alcohol or benzodiazepines"),
]


def test_who_speaks_of_stopping_reads_the_warning_first(client):
    for question, warns in STOPPING:
        found = answer(question)
        assert found.kind == "warning" and warns in said(found), question
        assert not found.sentences[0].heading, question  # not the FAQ of another question
    page = ask(client, STOPPING[0][0]).content.decode()
    assert page.index("Please read this before you stop") < page.index("do not stop suddenly")


def test_the_very_question_is_answered_after_the_warning():
    found = answer("can EMDR help me to stop drinking?")
    assert "do not stop suddenly" in found.sentences[0].text
    assert found.sentences[-1].heading == "EMDR: Can EMDR help me to stop drinking?"


UNANSWERED = [
    "can i drink while doing emdr",
    "can i drink wine on cbt",
    "do i need to be sober for emdr",
    "i hear voices",
    "voices",
    "does mbsr help with ocd",
    "does dbt help with panic",
    "is emdr safe for toddlers",
    "can mi make someone quit a job",
    "what is the best therapy for me",
    "does it work on the moon",
    "is biofeedback religious",
    "does act stop panic attacks",
    "is xanax bad",
    "does alcohol make anxiety worse",
    "what should i wear to yoga therapy",
    "do i need a doctors note for mbsr",
]


def test_a_sentence_that_does_not_answer_is_not_shown():
    unsure = ("unsure", "clinician", "refused")
    shown = {q: said(f) for q in UNANSWERED if (f := answer(q)).sentences and f.kind not in unsure}
    assert not shown


def test_who_feels_worse_reads_what_can_go_wrong():
    for question in ("what if cbt makes my depression worse", "i felt worse after 2 cbt sessions"):
        assert answer(question).sources[0].url == "/therapies/cbt/#before", question


AT_ONCE = [
    ("does alcohol make anxiety worse", "call 911"),
    ("i have not slept for 5 days and i feel amazing", "get medical help today"),
    ("how many drinks is safe with xanax", "do not stop suddenly"),
    ("is it safe to have a beer with klonopin", "do not stop suddenly"),
]


@pytest.mark.parametrize(("q", "says"), AT_ONCE)
def test_what_is_not_answered_still_says_when_to_get_help_at_once(client, q, says):
    found = answer(q)
    assert found.kind in ("unsure", "clinician", "refused") and says in said(found)
    assert "Our page says when to get help at once" in ask(client, q).content.decode()


CLINICIAN = [
    "how many mg of zoloft should i take",
    "can i take ibuprofen with prozac",
    "can i drink on antidepressants",
    "is it dangerous to mix xanax and alcohol",
    "am i bipolar",
    "do i have adhd",
    "how do i know if i have ptsd",
    "is my drinking a problem",
    "which antidepressant is best for anxiety",
]


def test_a_clinician_must_say_what_one_has_or_takes(client):
    found = {q: answer(q) for q in CLINICIAN}
    assert [q for q, f in found.items() if f.kind not in ("clinician", "refused", "crisis")] == []
    assert "pharmacist" in ask(client, CLINICIAN[0]).content.decode()


CONDITIONS = [
    ("which therapy is best for ptsd", "ptsd"),
    ("best treatment for OCD", "ocd"),
    ("ocd", "ocd"),
    ("what helps with panic attacks", "panic"),
    ("panic", "panic"),
    ("my wife is depressed", "depression"),
    ("i cant sleep", "sleep-problems"),
]


def test_a_condition_leads_to_its_page_where_evidence_decides():
    for question, slug in CONDITIONS:
        found = answer(question)
        assert found.kind == "condition", question
        assert found.sources[0].url == f"/conditions/{slug}/" == found.links[0][1]


def test_evidence_is_of_the_illness_that_was_asked_about():
    found = answer("is cbt good for ocd and panic")
    assert {sentence.heading for sentence in found.sentences} == {
        "CBT: Obsessive-compulsive disorder (OCD)",
        "CBT: Panic attacks",
    }


def test_yes_and_no_stand_under_the_question_that_they_answer(client):
    page = ask(client, "is emdr hypnosis")
    found = page.context["answer"]
    assert found.sentences[0].text.startswith("No.")
    assert found.sentences[0].heading == "EMDR: Is EMDR a kind of hypnosis?"
    text = page.content.decode()
    assert text.index(found.sentences[0].heading) < text.index("No. You stay awake")


def test_without_a_name_each_therapy_speaks_for_itself():
    for question in ("how much does it cost", "what are the risks", "is it safe"):
        found = answer(question)
        assert found.kind == "each" and not found.sentences, question
        assert len({url.partition("#")[0] for _, url in found.links}) == len(library().therapies)


def test_a_yes_or_no_to_another_question_is_not_said():
    for question, other in (
        ("can i do emdr online", "/therapies/emdr/#faq-6"),  # alone with an app: No
        ("does relapse prevention work", "/therapies/relapse-prevention/#faq-7"),  # depression: No
        ("do people really get better from mbct", "/therapies/mbct/#faq-3"),  # better than CBT: No
        ("will they tell my parents, mbct", "/therapies/mbct/#faq-7"),  # the past: No
        ("will they tell my parents, art therapy", "/therapies/art-and-music-therapy/#faq-4"),
    ):
        assert other not in [source.url for source in answer(question).sources], question


def test_what_is_kept_secret_is_told_by_a_page_that_says_it_or_by_none():
    assert answer("will they tell my parents, mbct").kind == "unsure"


@pytest.mark.parametrize(
    ("question", "warned"),
    [
        ("is biofeedback safe with a pacemaker", "a pacemaker"),
        ("is yoga safe if i have high blood pressure", "very high blood pressure"),
        ("is exposure therapy dangerous for someone with psychosis", "have had psychosis"),
        ("is it ok to do exposure therapy with a heart condition", "a heart problem"),
        ("is physical therapy safe after surgery", "surgery not long ago"),
        ("can someone with bipolar do mbct", "bipolar disorder"),
        # “may I”, where more than one warning or another answer would fit
        ("can i do hot yoga while pregnant", "are pregnant"),
        ("i went through psychosis once, stable on meds now, can i do yoga", "psychosis"),
        ("can i do contingency management for alcohol", "drink a lot"),
    ],
)
def test_who_names_what_the_page_warns_of_reads_that_line_first(question, warned):
    first = answer(question).sentences[0].text
    assert first.startswith("Ask a clinician first") and warned in first


def test_whether_it_hurts_is_answered_by_the_risks_of_a_page():
    assert "headache after a session" in answer("does emdr hurt").sentences[0].text
    assert answer("is biofeedback painful").sentences[0].text.startswith("No. The sensors")


def test_two_therapies_are_compared_by_a_page_that_does_or_stand_side_by_side():
    """“Is it better than medicine?” stood as the answer to “is DBT better than CBT?”."""
    assert answer("mbsr vs mbct").sources[0].url == "/therapies/mbct/#faq-6"
    assert answer("how is act different from cbt").sources[0].url == "/therapies/act/#faq-3"
    for question in ("is dbt better than cbt", "dbt or cbt", "compare dbt and cbt"):
        found = answer(question)
        assert [said.heading for said in found.sentences] == ["DBT", "CBT"], question
        assert [source.url for source in found.sources] == ["/therapies/dbt/", "/therapies/cbt/"]
        assert found.links[0] == ("DBT and CBT side by side", "/therapies/compare/?t=dbt&t=cbt")


@pytest.mark.parametrize(
    "question",
    [
        "mi hermana murio hace un año y la extraño mucho",
        "mi hijo necesita ayuda",
        "tengo 15 y mi novio me obliga a hacer cosas",
        "encontre a mi hijo con una soga en el cuarto",
        "act like nothing happened",
    ],
)
def test_my_in_spanish_is_no_therapy(question):
    assert all(source.url.startswith("/ayuda/") for source in answer(question).sources)


def test_mi_is_a_therapy_where_it_is_asked_about():
    for question in ("what is mi", "how long is MI", "does mi work for alcohol", "mi vs cbt"):
        assert answer(question).sources[0].url.startswith("/therapies/motivational-interviewing/")


def test_under_a_card_of_violence_a_page_speaks_of_what_is_named_alone():
    for message in (
        "my sponsor keeps touching me and says its part of recovery",
        "mi esposo me pega y no puedo salir de la casa",
    ):
        found = answer(message)
        assert found.crisis.category == "violence" and not found.sources, message
    found = answer("he hits me when hes loaded. is craft safe for me to try")
    assert found.crisis.category == "violence" and found.sources


def test_a_yes_is_not_turned_round():
    """“Is it dangerous?” is no “is it safe?”, and who stops a medicine reads no yes at all."""
    assert not said(answer("is yoga dangerous")).startswith("For most people, yes")
    found = answer("is it dangerous to take suboxone while pregnant").sentences[0]
    assert found.heading.endswith("Can I take it while I am pregnant?")
    assert "Yes" not in said(answer("can i stop buprenorphine once i feel better"))


def test_an_illness_that_no_page_knows_gets_no_answer():
    for question in ("does yoga help hiv", "can mbsr cure lyme"):
        assert answer(question).kind == "unsure", question


def test_what_is_normal_is_not_answered_by_a_warning():
    assert "normal at first" in said(answer("is it normal to be sore after physical therapy"))


@pytest.mark.parametrize(
    ("message", "warned"),
    [
        ("I'm pregnant and using heroin", "are pregnant or breastfeeding: do not stop suddenly"),
        ("I'm pregnant and want to stop heroin", "are pregnant or breastfeeding: do not stop"),
        ("I used after 3 months clean, same amount as before is ok?", "can kill you"),
        ("I lost my tolerance, is it safe to use again", "can kill you"),
    ],
)
def test_who_uses_while_pregnant_or_after_a_break_reads_its_own_warning(message, warned):
    found = answer(message)
    assert found.kind == "warning" and warned in said(found)


def test_who_looks_for_detox_reads_the_warning_and_is_shown_where(client):
    create_zip()
    create_provider(name="Detox House", yes=[create_term(facet="care", slug="detox")])
    found = answer("alcohol detox near 97214")
    assert found.kind == "places" and found.places.total == 1
    assert "do not stop suddenly" in said(found)
    page = ask(client, "alcohol detox near 97214").text
    assert "do not stop suddenly" in page and "Detox House" in page
    assert answer("sober living near 97214").kind == "places"


def test_is_it_safe_with_an_illness_is_no_question_for_a_diagnosis():
    found = answer("is it safe after psychosis", ["tell me about MBSR"])
    assert found.kind == "answer" and "psychosis" in said(found)
    assert answer("how do I test my drugs for fentanyl").topic == ""
