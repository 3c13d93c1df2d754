"""The fifteen questions of DISCERN, as far as a program can ask them."""

import re

from django.utils import timezone

from therapies.models import Evidence, Therapy, TherapyPoint, lines

from .page import check

_PROMISE = re.compile(
    r"\b(?:cures?|cured|guarantee[ds]?|miracle|risk-free|no side effects|always works)\b", re.I
)
_NOT = re.compile(r"\b(?:no|not|never|nor|cannot|nothing|without|than)\b", re.I)
_DOUBT = re.compile(
    r"\b(?:may|might|unclear|uncertain|not sure|not certain|not known|unknown|cannot tell|"
    r"could not tell|few|small|weak(?:er)?|low in quality|too little|little (?:tested|studied)|"
    r"not enough|not settled|not (?:been )?shown|differ|limited)\b", re.I
)  # fmt: skip
_NOTHING = re.compile(
    r"\b(?:nothing|untreated|no (?:treatment|therapy|care)|without (?:any )?"
    r"(?:treatment|therapy|care|help)|waiting|wait|on (?:its|their|your) own)\b", re.I
)  # fmt: skip
_LIFE = re.compile(
    r"\b(?:daily life|day-to-day|everyday|quality of life|sleep|work|job|school|famil(?:y|ies)|"
    r"friends|relationships?|home)\b", re.I
)  # fmt: skip


def _at_least(least, found, what):
    return found >= least, f"{what}: {found} of at least {least}."


def _none(wrong, all_of_them, what):
    """None of them is wrong, and there are some."""
    return bool(all_of_them) and not wrong, f"{what}: {', '.join(wrong) or 'there is none at all'}."


def _filled(page, *names):
    for name in names:
        label = Therapy._meta.get_field(name).verbose_name
        yield bool(getattr(page, name)), f"{label.capitalize()}: empty."


@check("aims", "Its aims are clear")
def _aims(page):
    yield from _filled(page, "headline", "lead", "goals_title", "goals_intro")


@check("achieves", "It does what it sets out to do")
def _achieves(page):
    for section in TherapyPoint.Section:
        yield _at_least(3, page.count(section), f"Points under “{section.label}”")


@check("relevant", "It is relevant to who reads it")
def _relevant(page):
    yield bool(page.best_for_text and page.best_for.all()), "It does not say what it is best for."
    yield from _filled(page, "candidates_intro")
    yield _at_least(3, len(page.faqs), "Questions")


@check("sources", "It says where its facts come from")
def _sources(page):
    yield _at_least(4, len(page.references), "References")
    bare = [str(row.condition) for row in page.evidence if not row.references.all()]
    yield _none(bare, page.evidence, "Evidence without a reference")
    unused = [str(each.number) for each in page.references if each.number not in page.cited]
    yield _none(unused, page.references, "References that no sentence cites")


@check("dates", "It says from when its facts are")
def _dates(page):
    undated = [str(row.condition) for row in page.evidence if not row.checked_on]
    yield _none(undated, page.evidence, "Evidence without the day it was checked")
    yield page.review_due_on is not None, "It does not say when its next review is due."
    newest = max((each.year for each in page.references), default=0)
    recent = timezone.localdate().year - 10
    yield newest >= recent, f"No reference is from {recent} or later."


@check("balanced", "It is balanced and fair")
def _balanced(page):
    promises = {
        found[0] for line in page.lines
        if (found := _PROMISE.search(line)) and not _NOT.search(line)
    }  # fmt: skip
    yield not promises, f"It promises: {', '.join(sorted(promises))}."
    yield bool(page.risks), "It names what it may do for a person, and no risk."
    yield bool(page.author), "It does not say who wrote it."


@check("further", "It leads to further help and information")
def _further(page):
    yield _at_least(2, sum(bool(each.url) for each in page.references), "References with a link")
    yield from _filled(page, "find_call", "credentials_to_look_for")


@check("uncertain", "It says what is not certain")
def _uncertain(page):
    yield from _filled(page, "evidence_summary")
    yield bool(page.evidence), "It has no evidence row."
    told = [page.evidence_summary, *(row.sentence for row in page.evidence)]
    weak = any(row.strength != Evidence.Strength.STRONG for row in page.evidence)
    doubt = weak and any(_DOUBT.search(text) for text in told)
    yield doubt, "No evidence row or summary says where studies are weak or differ."


@check("how", "It says how the treatment works")
def _how(page):
    yield from _filled(page, "benefits_intro", "sessions_intro", "session_format", "cadence")
    yield _at_least(3, page.count("step"), "Steps of a session")


@check("benefits", "It says what good it may do")
def _benefits(page):
    yield _at_least(3, page.count("benefit"), "Points under “How it helps”")
    helped = any(row.may_help for row in page.evidence)
    yield helped, "No evidence row says whom it may help."


@check("risks", "It says what can go wrong")
def _risks(page):
    yield _at_least(2, len(lines(page.risks)), "Lines under risks")
    yield _at_least(2, len(lines(page.who_should_be_careful)), "Lines on who should be careful")


@check("nothing", "It says what happens without treatment")
def _nothing(page):
    told = _NOTHING.search(page.alternatives)
    yield bool(told), "The alternatives do not say what doing nothing, or waiting, means."


@check("life", "It says what it means for daily life")
def _life(page):
    words = {found.lower() for line in page.lines for found in _LIFE.findall(line)}
    yield len(words) >= 2, "It hardly speaks of sleep, work, family or daily life."
    yield from _filled(page, "home_practice", "typical_cost")


@check("choices", "It says that there are other choices")
def _choices(page):
    yield _at_least(2, len(lines(page.alternatives)), "Lines under alternatives")
    combined = page.combined_text or page.combined_with.all()
    yield bool(combined), "It does not say what it is combined with."


@check("decide", "It helps people decide together")
def _decide(page):
    yield _at_least(3, len(lines(page.questions_to_ask)), "Questions to ask")
    yield from _filled(page, "before_you_start")
