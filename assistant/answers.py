"""Tru AI finds our own sentences and cites them, or says that it does not know.

No model is needed, nothing is stored. Safety comes before likeness of words: danger is looked for
first, what a clinician must say is refused, and who speaks of stopping alcohol or a medicine reads
the warning first.
"""

from dataclasses import dataclass, replace

from django.urls import reverse

from providers import wording
from therapies.compare import MOST as MOST_COMPARED
from therapies.library import library
from trupaths.crisis import Crisis, detect, names_minor, sense
from trupaths.pages import link
from trupaths.text import fold

from . import asking, carrying, choosing, glossary, listed, places, refusals, site_help, spanish
from .engine import engine
from .extracting import Said, Source, cited, extract, sentences
from .places import Places
from .redaction import redact

# Whoever is in such danger is told nothing else.
ALONE = frozenset("overdose emergency voices plan suicide farewell harm-others unknown".split())
# And under these a page speaks only where its therapy is asked about by name.
SILENT = frozenset("violence passive weak".split())
KNOWN = ("legal", "hiding-use")  # “will my boss know?” asks of no law and hides nothing
ALSO = 3  # questions of a page that could be asked next
CANDIDATES = 12  # sentences that a language model may choose among


@dataclass(frozen=True)
class Answer:
    """What Tru AI says to one message.

    kind: "crisis" (nothing but `crisis`), "answer", "condition", "warning" and "help" (sentences,
    each with its source), "each" (a link for each therapy), "places" and "ask-place" (`places`),
    "refused" (`topic`), "clinician" and "unsure" (no sentence of ours answers it; those that say
    when to get help at once may stand there), "talk". `links` are (words, address) to go on from,
    `also` further messages that one could send.
    """

    kind: str
    crisis: Crisis | None = None  # shown before anything else
    quiet: bool = False  # the line of 988 stands under the answer
    remember: bool = True  # False for a minor: no prompt to remember
    sentences: tuple[Said, ...] = ()
    sources: tuple[Source, ...] = ()
    links: tuple = ()
    also: tuple[str, ...] = ()
    topic: str = ""  # of what is refused: dose, diagnosis, medication-change, human, …
    places: Places | None = None
    lang: str = ""  # of sentences and links, where that is not English


def answer(message, turns=(), visitor=None):
    """`turns` are the visitor's earlier messages, the latest last. `visitor` is asked only for
    where they last searched, and for how places are ordered for them."""
    danger = sense(message, turns)
    loud = danger if danger and not danger.quiet else None
    ours = engine(library())
    step = carrying.follow(message, turns, ours.reader)
    reading = step.reading
    found = _answer(ours, step, redact(message), turns, visitor, danger)
    if not danger:
        found = replace(found, also=_also(ours, reading, found))
    if loud and not _beside(loud, found, step):
        found = Answer("crisis")
    return replace(
        found,
        crisis=loud,
        quiet=bool(danger) and not loud,
        remember=not any(map(names_minor, (message, *turns))),
    )


def _beside(danger, found, step):
    """May an answer stand under this card?"""
    if found.kind in ("warning", "places", "ask-place"):
        return True
    if found.kind != "answer" or danger.category in ALONE:
        return False
    return danger.category not in SILENT or _is_named(step.reading)


def _is_named(reading):
    """Is a therapy said by a name of its own, not by a word such as “sponsor”?"""
    names = (fold(name) for therapy in reading.therapies for name in therapy.names)
    return any(f" {name} " in f" {reading.text} " for name in names)


def _answer(ours, step, text, turns, visitor, danger):
    reading = step.reading
    links = _pages(reading)
    topic = refusals.topic(text, of_therapy=bool(reading.therapies))
    of_site = site_help.answer(text)
    if topic == "legal" and of_site:
        return _said("help", of_site)  # what one may decide for another stands on a page
    # A page that asks the very same is no opinion of ours: “Can I take it while I am pregnant?”
    of_faq = asking.of_faq(ours, reading)
    if topic in KNOWN and of_faq == "private":
        topic = ""
    if topic and topic != "medication-change":
        return replace(_without_answer("refused", ours, reading, links), topic=topic)
    if not step.parsed.near and (said := site_help.of_naloxone(of_site)):
        return _said("help", said)
    if said := glossary.answer(text, step.parsed):
        return _said("help", said)
    if spanish.stops(text):
        return _said("help", spanish.warning(text), spanish.links())
    substances = refusals.stopped(reading.text)
    if not substances and not reading.therapies:
        substances = refusals.used(reading.text)
    if substances and not _looks_near(step):
        said = _warnings(ours, reading, substances)
        return _said("warning", said, links) if said else Answer("clinician", links=links)
    if topic:
        return replace(_without_answer("refused", ours, reading, links), topic=topic)
    typed = fold(text)
    to_use = asking.to_use(reading) and not reading.therapies
    of_page = asking.of_page(reading) and not refusals.named(reading.text)
    if (refusals.for_a_clinician(typed) and not of_page and not of_faq) or (
        to_use and not step.search
    ):
        return _without_answer("clinician", ours, reading, links)
    if asking.small_talk(typed):
        return Answer("talk")
    calm = not danger or danger.quiet
    # Beside words of danger no place is shown that is called by its name: it may be threatened.
    if calm and (named := _named_place(ours, step, text, turns, visitor)):
        return named
    if step.search:
        found = places.find(text, visitor, parsed=step.search, examples=calm)
        kind = "ask-place" if found.asks else "places"
        # Who looks for detox reads what is dangerous, too.
        said = _warnings(ours, reading, substances)[:2] if substances else ()
        return replace(_said(kind, said, links), places=found)
    if reading.therapies:
        found = _of_therapies(ours, reading, text if not danger else "")
    elif of_site:
        found = _said("help", of_site)
    elif topic := asking.topic(reading):
        found = replace(_without_answer("refused", ours, reading, links), topic=topic)
    else:
        found = _of_any(ours, reading) or _for_someone(reading)
    if not found and spanish.is_spanish(text):
        return _said("help", spanish.line(), spanish.links())
    return found or _without_answer("unsure", ours, reading, links or _nearest(ours, reading))


def _named_place(ours, step, text, turns, visitor):
    """The listing of a place that is called by its name, unless somebody was threatened before."""
    earlier = () if step.search or step.reading.therapies else turns
    found = listed.find(text, step.parsed, ours.reader, visitor, earlier)
    if not found or any(map(_threatens, turns)):
        return None
    search = step.search and places.address(step.search.params)
    links = (("Search for places instead", search),) if search else ()
    return Answer("places", places=found, links=links)


def _looks_near(step):
    """Is a place looked for, and said where? “I want to quit drinking” alone is no search."""
    return bool(step.search and (step.parsed.near or step.parsed.near_me))


def _threatens(said):
    found = detect(said)
    return found and found.category == "harm-others"


def _also(ours, reading, found):
    """Questions of the page of the therapy that is spoken of, none that was just answered."""
    if not reading.therapies or found.kind == "refused":
        return ()
    said = {source.url for source in found.sources}
    asks = [p.asks for p in ours.faqs(reading.therapies[0]) if p.url not in said]
    return tuple(f"{reading.therapies[0].short_name}: {each}" for each in asks[:ALSO])


def _without_answer(kind, ours, reading, links):
    """No sentence of ours answers it; what a page says to do at once is said all the same."""
    conditions = [] if reading.therapies else list(reading.conditions)
    if (name := refusals.urgent(reading.text)) in library().condition_by_name:
        conditions.append(library().condition_by_name[name])
    said = list(refusals.at_once(ours, dict.fromkeys(conditions)))[:2]
    return _said(kind, said, links) if said else Answer(kind, links=links)


def _warnings(ours, reading, substances):
    therapy = reading.therapies[0] if reading.therapies else None
    said = refusals.warnings(ours, substances, therapy, library().condition_by_name, reading.text)
    # The question itself too, where our page asks the very same.
    if said and therapy and (same := _same_question(ours, reading, therapy)):
        return (*said[:2], (same, same.text))
    return said


def _same_question(ours, reading, therapy):
    """The FAQ that surely asks the same of medicine; its answer never says to stop one."""
    if same := ours.same_question(reading, therapy):
        return same
    ranked = (p for _, p in ours.best(reading, therapy) if p.kind == "faq")
    ranked = (p for p in ranked if ours.families_of(p) & asking.OF_MEDICINE)
    # One that warns itself may stand there, too.
    fits = (p for p in ranked if "not stop" in p.text or asking.says_yes_or_no_to(ours, reading, p))
    return next(fits, None)


def _of_therapies(ours, reading, question):
    """What the page of a named therapy says. `question`: what a model may read, "" for none."""
    first = reading.therapies[0]
    alone = len(reading.therapies) == 1 and not reading.conditions and reading.rest <= {"work"}
    if alone and asking.what_it_is(reading):
        return _one("answer", ours.what_is(first), reading, ours)
    ranked = max((_ranked(ours, reading, each) for each in reading.therapies), key=_best)
    if not ranked:
        return _side_by_side(ours, reading) if asking.compares(reading) else None
    top = ranked[0].passage
    if question and (chosen := _chosen(question, ranked)) is not None:
        return _said("answer", chosen, _studied(reading)) if chosen else None
    if top.kind == "evidence" and len(reading.conditions) > 1:
        rows = ours.evidence(first, reading.conditions)[:2]
        return _said("answer", [(p, p.text) for p in rows], _studied(reading))
    return _one("answer", top, reading, ours, _more(ranked))


def _side_by_side(ours, reading):
    """Where no page says how they differ: what each is, and the page that shows all of them."""
    them = reading.therapies[:MOST_COMPARED]
    address = link(reverse("therapies:compare"), t=[each.slug for each in them])
    names = wording.listed([each.short_name for each in them])
    links = [(f"{names} side by side", address), *_studied(reading)]
    found = _said("answer", [(p, p.text) for p in map(ours.what_is, them)], links)
    named = (s._replace(heading=t.short_name) for s, t in zip(found.sentences, them, strict=True))
    return replace(found, sentences=tuple(named))


def _ranked(ours, reading, therapy):
    if asking.asks_for_other(ours, reading, therapy):
        return []
    about = asking.object_of(ours, reading)
    ranked = ours.best(reading, therapy)
    return [each for each in ranked if asking.may_answer(ours, reading, each.passage, about)]


def _best(ranked):
    return ranked[0].score if ranked else 0.0


def _chosen(question, ranked):
    """What a language model chooses among our sentences; None when it has no say."""
    pairs = [(p, said) for _, p in ranked[:6] for said in sentences(p.text)][:CANDIDATES]
    chosen = choosing.choose(question, [said for _, said in pairs])
    return chosen and [pairs[n] for n in sorted(chosen)]


def _of_any(ours, reading):
    """No therapy is named: a condition's page, or what the pages of therapies say alike."""
    if reading.conditions and asking.what_helps(reading):
        said = [p for c in reading.conditions[:2] if (p := ours.summaries.get(c.pk))]
        return _said("condition", [(p, p.text) for p in said], _pages(reading))
    if asking.which(reading) or asking.for_help(reading):
        return None
    found = ours.of_any(reading)
    if len(found) == 1:
        return _one("answer", found[0], reading, ours)
    if not found or not asking.of_therapy(reading):
        return None
    return Answer("each", links=tuple((f"{p.of.short_name}: {p.section}", p.url) for p in found))


def _for_someone(reading):
    """ "She will not see anyone": how to talk with her."""
    if reading.wishes.get("refuses", 0.0) < asking.SURE:
        return None
    said = site_help.said_in("for_someone_else", "talk", reading.text)
    return said and _said("help", said, _pages(reading))


def _one(kind, passage, reading, ours, links=()):
    said = extract(passage, reading.terms_beside(passage.of), ours)
    return _said(kind, [(passage, said)], (*links, *_studied(reading)))


def _said(kind, said, links=()):
    sentences_, sources = cited(said)
    lang = said[0][0].lang if said else ""
    return Answer(kind, sentences=sentences_, sources=sources, links=tuple(links), lang=lang)


def _more(ranked):
    """Links to the next two sections that come near."""
    first, found = ranked[0].passage.url, {}
    for _, passage in ranked[1:]:
        if passage.url != first:
            found.setdefault(passage.url, f"{passage.of.short_name}: {passage.section}")
    return tuple((words, url) for url, words in list(found.items())[:2])


def _nearest(ours, reading):
    return tuple((str(page), page.get_absolute_url()) for page in ours.nearest(reading))


def _pages(reading):
    """Links to what a question names."""
    therapies = ((str(t), t.get_absolute_url()) for t in reading.therapies[:2])
    return (*_studied(reading), *therapies)


def _studied(reading):
    """Links to the conditions that a question names, where evidence decides the order."""
    conditions = dict.fromkeys([*reading.conditions, *_taken(reading)])
    return tuple([(f"{c.name}: what was studied", c.get_absolute_url()) for c in conditions][:2])


def _taken(reading):
    """Conditions behind the substances that a question names."""
    names = library().condition_by_name
    return [
        names[refusals.SUBSTANCES[s]]
        for s in refusals.named(reading.text)
        if refusals.SUBSTANCES[s] in names
    ]
