"""The checks before publishing, seen on the desk's page about them and in the report."""

import pytest
from django.core.management import CommandError, call_command

from tests.factories import create_condition, create_therapy, create_whole_therapy
from therapies import checks
from therapies.library import content_changes
from therapies.models import Evidence, Reference, Therapy, TherapyPoint
from trupaths.reading import grade

from .desk import publishing, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    return staff(client, "Readers")


def found(client, therapy):
    return client.get(publishing(therapy)).context["results"]


def open_checks(client, therapy):
    return {result.check.name: result.missing for result in found(client, therapy) if result.open}


def test_a_whole_page_meets_each_check(reader):
    answer = reader.get(publishing(create_whole_therapy(status="draft")))
    assert "Each check is met or waived" in answer.text
    assert answer.context["score"] == 75 and answer.context["grade"] < 8


def test_an_empty_page_meets_few(reader):
    answer = reader.get(publishing(create_therapy(status="draft")))
    names = {result.check.name for result in answer.context["results"] if result.open}
    discern = {check.name for check in checks.CHECKS if check.discern}
    assert len(discern) == 15 and names >= discern
    assert answer.context["score"] < 30


@pytest.mark.parametrize(
    ("without", "check", "says"),
    [
        ({"goals_intro": ""}, "aims", "Goals intro: empty."),
        ({"best_for_text": ""}, "relevant", "It does not say what it is best for."),
        ({"review_due_on": None}, "dates", "It does not say when its next review is due."),
        ({"lead": "It cures pain."}, "balanced", "It promises: cures."),
        ({"author": ""}, "balanced", "It does not say who wrote it."),
        ({"find_call": ""}, "further", "Find call: empty."),
        ({"cadence": ""}, "how", "Typical cadence: empty."),
        ({"risks": "One."}, "risks", "Lines under risks: 1 of at least 2."),
        ({"home_practice": ""}, "life", "Home practice: empty."),
        ({"combined_text": ""}, "choices", "It does not say what it is combined with."),
        ({"questions_to_ask": "One?"}, "decide", "Questions to ask: 1 of at least 3."),
        ({"alternatives": "A.\nB."}, "nothing", "The alternatives do not say"),
        ({"goals_intro": "It was shown.[9][1]"}, "links", "there is no reference 9"),
        ({"goals_intro": "See (/therapies/none-such/).[1]"}, "links", "/therapies/none-such/"),
        ({"overview_figure": "therapies/a.svg"}, "pictures", "Overview: the alternative text"),
    ],
)
def test_what_is_missing_is_said(reader, without, check, says):
    missing = open_checks(reader, create_whole_therapy(status="draft", **without))
    assert list(missing) == [check]
    assert any(says in each for each in missing[check]), missing


def test_a_denied_promise_is_none(reader):
    page = create_whole_therapy(status="draft", lead="No therapy cures everyone.")
    assert not open_checks(reader, page)


def test_hard_words_are_counted(reader):
    hard = "Multidisciplinary rehabilitation necessitates individualized psychoeducational care. "
    page = create_whole_therapy(status="draft", why_we_highlight=hard * 60)
    assert list(open_checks(reader, page)) == ["reading"]


def test_citations_and_labels_are_no_words(reader):
    assert grade(["Less pain", "It eased pain a little."]) == grade(["It eased pain a little."])
    assert grade(["Less pain"]) is None
    plain, cited = (
        create_whole_therapy(short_name=name, status="draft", lead=lead)
        for name, lead in (("A", "It eased pain."), ("B", "It eased[1] pain.[2][3]"))
    )
    grades = [reader.get(publishing(each)).context["grade"] for each in (plain, cited)]
    assert grades[0] == pytest.approx(grades[1])


def test_each_reference_shows_its_year_and_is_used(reader):
    page = create_whole_therapy(status="draft")
    with content_changes():
        Reference.objects.filter(therapy=page, number=1).update(citation="A study.")
        Reference.objects.filter(therapy=page, number=2).update(year=0)
        Reference.objects.create(therapy=page, number=5, citation="B. 2020.", year=2020)
    missing = open_checks(reader, page)
    assert missing == {
        "sources": ["References that no sentence cites: 5."],
        "years": [
            "Reference 1 is printed without its year.",
            "Reference 2 is printed without its year.",
        ],
    }


def test_old_sources_are_told(reader):
    page = create_whole_therapy(status="draft")
    with content_changes():
        page.references.update(year=1998, citation="A. 1998.")
    (say,) = open_checks(reader, page)["dates"]
    assert say.startswith("No reference is from ")


def test_evidence_needs_references_a_day_and_doubt(reader):
    page = create_whole_therapy(status="draft", evidence_summary="Trials agree.[1]")
    row = page.evidence.get()
    with content_changes():
        row.references.clear()
        Evidence.objects.filter(pk=row.pk).update(
            checked_on=None, strength="strong", sentence="It helps."
        )
    missing = open_checks(reader, page)
    assert set(missing) == {"sources", "dates", "uncertain"}
    assert f"Evidence without a reference: {row.condition}." in missing["sources"]


def test_links_to_pages_of_ours_lead_there(reader, settings):
    create_therapy(slug="cbt")
    create_therapy(slug="hidden", status="draft")
    create_condition(name="Pain")
    page = create_whole_therapy(
        status="draft",
        why_we_highlight="See /therapies/cbt/ and /conditions/pain/ and /for-someone-else/ and "
        "/saved/. It is 24/7 and/or free.",
        find_call="See (/conditions/none/), /therapies/hidden/ and /nowhere/at-all/.",
    )
    with content_changes():
        page.references.filter(number=1).update(url=f"{settings.SITE_URL}/gone/")
    assert open_checks(reader, page) == {
        "links": [
            "find call: /conditions/none/ leads nowhere.",
            "find call: /therapies/hidden/ leads nowhere.",
            "find call: /nowhere/at-all/ leads nowhere.",
            "Reference 1: /gone/ leads nowhere.",
        ]
    }


def test_a_picture_of_a_point_needs_words_that_say_something(reader):
    page = create_whole_therapy(status="draft")
    with content_changes():
        point = page.points.first()
        TherapyPoint.objects.filter(pk=point.pk).update(picture="a/b.png", picture_alt="b.png")
    (say,) = open_checks(reader, page)["pictures"]
    assert say.startswith(f"{point.title}: the alternative text")


def test_a_page_with_many_parts_asks_no_more(reader, django_assert_max_num_queries):
    page = create_whole_therapy(status="draft")
    with content_changes():
        for n in range(3, 30):
            TherapyPoint.objects.create(
                therapy=page, section="goal", order=n, title="x", text="Read this.[1]"
            )
    with django_assert_max_num_queries(22):
        found(reader, page)


def test_the_report_is_a_table_of_all_pages(capsys):
    create_whole_therapy(short_name="MBSR")
    create_therapy(short_name="Bare", status="draft")
    create_therapy(short_name="Old", status="archived")
    call_command("content_report", least=60)
    table = capsys.readouterr().out
    lines = {line.split()[0]: line for line in table.splitlines()}
    assert "75/75" in lines["mbsr"] and lines["mbsr"].endswith(" -")
    assert "Draft" in lines["bare"] and "risks" in lines["bare"]
    assert "old" not in lines


def test_the_report_fails_below_the_least(capsys):
    create_whole_therapy(short_name="MBSR")
    create_therapy(short_name="Bare")
    with pytest.raises(CommandError, match="Fewer than 60 points: bare"):
        call_command("content_report", least=60)


def test_no_page_of_the_library_has_less_than_60_points_or_is_hard_to_read():
    call_command("loaddata", "conditions", "terms", "therapies", verbosity=0)
    pages = Therapy.objects.published().with_parts().prefetch_related("waivers")
    assert len(pages) >= 6
    for page in pages:
        found = checks.results(page)
        missing = {result.check.name: result.missing for result in found if not result.met}
        assert checks.score(found) >= checks.LEAST, (page, missing)
        assert checks.Page(page).grade <= checks.plain.HARDEST, page
        plain = {check.name for check in checks.CHECKS if not check.discern}
        assert not plain & missing.keys(), (page, missing)
