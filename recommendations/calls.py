"""The call sheet: for each place its number, whom to ask for, and what to ask."""

from dataclasses import dataclass

from providers import wording
from providers.models import Provider, Term
from therapies.library import library
from therapies.models import Therapy, lines
from trupaths.text import fold

MOST = 12  # places; each takes a page of paper
QUESTIONS, OWN = 7, 4  # on one page; of them from the visitor's filters
ROOM = "Are you taking new people, and when could I start?"
SAME_AS_ROOM = "Do you take new people?"
MONEY = "What would I pay, and does my plan pay for any of it?"
ABOUT_MONEY = {"cost", "costs", "pay", "price", "insurance"}
MINE = {"you": "me", "your": "my", "yourself": "myself"}


@dataclass
class Sheet:
    provider: Provider
    therapy: Therapy | None
    number: str
    ask_for: str
    say: str
    questions: list
    note: str = ""


def places(saved, slugs=()):
    """The listings of these slugs that visitors may see, in order; without any, those saved."""
    rows = Provider.objects.published().for_page()
    if slugs:
        found = {provider.slug: provider for provider in rows.filter(slug__in=slugs)}
        return [found[slug] for slug in dict.fromkeys(slugs) if slug in found]
    ids = list(saved)[:MOST]
    found = rows.in_bulk(ids)
    return [found[key] for key in ids if key in found]


def sheet(provider, saved, wanted, snapshot):
    """The `Sheet` of one place.

    `saved` is the visitor's row of it, or None; `wanted` holds features of the index that the
    visitor filtered by, such as ("term", 5).
    """
    kept_for = library().by_id.get(saved.therapy_id) if saved else None
    therapy = kept_for or _first_offered(provider)
    return Sheet(
        provider,
        therapy,
        number=provider.intake_phone or provider.phone,
        ask_for="first visits" if provider.intake_phone else "whoever arranges first visits",
        say=_say(therapy, wanted),
        questions=_questions(provider, therapy, wanted, snapshot),
        note=saved.note if saved else "",
    )


def _first_offered(provider):
    offered = (library().by_id.get(service.therapy_id) for service in provider.services.all())
    return next((therapy for therapy in offered if therapy), None)


def _say(therapy, wanted):
    """“I am looking for MBSR by video. Is this a good time for a few questions?”"""
    what = therapy.short_name if therapy else "help"
    video = " by video" if ("delivery", "virtual") in wanted else ""
    return f"I am looking for {what}{video}. Is this a good time for a few questions?"


def _questions(provider, therapy, wanted, snapshot):
    """The visitor's own first, then room, then the therapy's list, then money: none twice."""
    said = {row.term_id: row.answer for row in provider.provider_terms.all()}
    own = [text for thing in wanted if (text := _about(thing, therapy, said, snapshot))]
    own = [text for text in own if text != SAME_AS_ROOM][:OWN]
    listed = lines(therapy.questions_to_ask) if therapy else []
    if any(_is_payment(thing, snapshot) for thing in wanted):  # asked, for the visitor's own plan
        listed, money = [line for line in listed if not _asks_money(line)], []
    else:
        money = [line for line in listed if _asks_money(line)][:1] or [MONEY]
        listed = [line for line in listed if line not in money]
    first = list(dict.fromkeys([*own, ROOM, *listed]))
    return [*first[: QUESTIONS - len(money)], *money]


def _about(thing, therapy, said, snapshot):
    """A question about one filter; "" where the place said no, or for what nobody can ask."""
    kind, value = thing
    if kind != "term":
        return f"Do you {wording.PHRASES[value][1]}?" if value in wording.PHRASES else ""
    term = snapshot.terms.get(value)
    if term is None or said.get(value) == "no":
        return ""
    question = _asked(term)
    if term.facet != Term.Facet.PAY:
        return f"{question}?"
    what = f" for {therapy.short_name}" if therapy else ""
    return f"{question}{what}, and what would I pay in all?"


def _asked(term):
    """“Do you take Medicaid”, “Are you open on weekends”, “Do you let me pay myself”."""
    if term.phrase.startswith("is "):
        return f"Are you {term.phrase[3:]}"
    words = [MINE.get(word, word) for word in term.phrase_plural.split()]
    return f"Do you {' '.join(words)}"


def _is_payment(thing, snapshot):
    term = snapshot.terms.get(thing[1]) if thing[0] == "term" else None
    return term is not None and term.facet == Term.Facet.PAY


def _asks_money(line):
    return not ABOUT_MONEY.isdisjoint(fold(line).split())
