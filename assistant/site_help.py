"""Questions about this site itself: sentences of the pages that say how it works.

These pages are templates. Each is set once, as a visitor reads it, and taken apart at its sections.
"""

import re
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

from django.http import HttpRequest
from django.template import RequestContext, loader
from django.template.loader_tags import BlockNode
from django.urls import reverse

from providers.index import index
from recommendations.sheet import sheet
from trupaths.retrieval import Index
from trupaths.text import fold

from .passages import Passage


@dataclass(frozen=True)
class Page:
    title: str
    name: str  # of its address
    template: str
    lang: str = ""  # where it is not English

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse(self.name)


PAGES = {
    page.name: page
    for page in (
        Page("Privacy", "privacy", "pages/privacy.html"),
        Page("How we check listings", "how_we_check", "pages/how_we_check.html"),
        Page("About TruPaths", "about", "pages/about.html"),
        Page("For someone else", "for_someone_else", "pages/for_someone_else.html"),
        Page("For providers", "for_providers", "pages/for_providers.html"),
        Page("Accessibility", "accessibility", "pages/accessibility.html"),
        Page("Ayuda en español", "ayuda", "pages/ayuda.html", "es"),
        Page("How we suggest places", "recommendations:how", "recommendations/how.html"),
    )
}
_ME = r"(?:me|i|my|mine|us|this|it|that|the|chat|talk|conversation|what i (?:\w+ )*|everything)"
_LOVED = (
    r"(?:him|her|them|(?:my|a|our) (?:\w+ )?(?:son|daughter|kid|child|teen\w*|brother|sister|"
    r"mother|father|"
    r"mom|dad|husband|wife|partner|friend|boyfriend|girlfriend|parents?|family|loved one))"
)
# What people type -> what our pages say.
OURS = {"narcan": "naloxone", "an appointment": "call a place"}
EXAMPLES = ("how_we_check", "examples")  # a section that is there while places are invented
# (page, section, wordings over folded text), the first that fits
_ASKED = (
    ("about", "does",
     r"(?:save|bookmark) (?:(?:a|this|the|my|these|some) )?(?:places?|therap(?:y|ies)|lists?|"
     r"pages?|clinics?|listings?)|keep (?:a|this|the) (?:place|list|page|clinic|listing)|where "
     r"(?:is|are|do i (?:find|see)) my (?:saved|list)"),
    ("privacy", "cookie", r"cookies?"),
    ("privacy", "device",
     r"(?:shared|library|work|family) (?:device|computer|phone|laptop)|browser history|"
     r"(?:husband|wife|partner|parents?|someone|anyone|boss) (?:can )?(?:see|find out|know) "
     r".*(?:site|page|here|"
     r"looked|visited|searched)|hide (?:this|that|my) (?:visit|history|search\w*)|leave site"),
    ("privacy", "yours",
     r"(?:delete|erase|remove|clear|download|forget|see) (?:all )?(?:of )?(?:what i saved|"
     r"(?:my|your) (?:data|saved (?:list|places)|list here|history here|information))|"
     r"(?:see|show) what you (?:know|have|keep)"),
    ("privacy", "kept",
     r"how long do you (?:keep|store|hold)|what (?:data )?do you (?:keep|store|save|hold|collect|"
     r"know)"
     r"|saved (?:list|places)"),
    ("privacy", "others",
     r"do you (?:sell|share|give)|(?:sell|share) (?:my|our|the) (?:data|info\w*)|track(?:ers?|"
     r"ing)? (?:me|here)"
     r"|do you track|hipaa"),
    ("privacy", "server", r"ip address|(?:server|access|keep|your|any|what) logs?\b|network see|"
     r"who can see (?:that )?i"),
    ("privacy", "reading",
     r"do i need an? (?:account|login|password)|(?:sign|log) ?(?:up|in) (?:here|to (?:use|see))|"
     rf"(?:is|are|stays?) {_ME} ?(?:chat |talk |conversation |site |here )*(?:really )?(?:private|"
     rf"confidential|anonymous|safe with you|"
     r"secret|recorded|stored|saved|kept)|do you (?:tell|record|store|save|keep|remember) "
     r"(?:anyone|anybody|what|my|this|"
     r"me|it|our|any)|who (?:sees|reads|can (?:see|read)) (?:this|my|what|it)|spy\w* on me|your "
     r"privacy"),
    ("how_we_check", "not-yet",
     r"do you (?:rate|visit|recommend|inspect|judge|endorse)|(?:star|user|patient) (?:ratings?|"
     r"reviews?)"
     r"|(?:complain\w*|complaint|report) (?:about )?(?:\w+ ){0,3}(?:clinic|therapist|place|doctor|"
     r"counsell?or|provider|rehab)|(?:therapist|counsell?or|doctor) (?:\w+ ){0,3}(?:touched|"
     r"a pass at|flirt\w*|hit on|abused|assaulted|harass\w*)"
     r"|(?:report|found) a (?:mistake|problem|wrong \w+)|(?:number|phone|address|listing) (?:is|"
     r"was) (?:wrong|old|dead|disconnected)"
     r"|licen[sc]e.* (?:you|listing)"),
    ("how_we_check", "answers",
     r"not stated|(?:places?|listings?|cards?|clinics?|filters?|it|does|word) says? no"),
    ("how_we_check", "old",
     r"how (?:old|fresh|recent|current) (?:is|are) (?:the|this|these|your) (?:info\w*|facts?|"
     r"listings?|data|pages?|dates?)|up to date|out of date"),
    (*EXAMPLES,
     r"(?:are|is) (?:these|the|this|those|your|they) (?:\w+ )?(?:places?|listings?|clinics?|"
     r"numbers?|phones?)? ?(?:real|fake|made up|invented|examples?|true)|"
     r"fake (?:places?|listings?)"),
    ("how_we_check", "aspects",
     r"how do you (?:check|verify|know)|who checks|(?:are|is) (?:these|the|this|those|your) "
     r"(?:\w+ )?"
     r"(?:places?|listings?|clinics?|facts) (?:real|checked|verified|legit\w*|true)|what does "
     r"checked mean"),
    ("about", "does",
     r"(?:what|which|list|show|all)(?: \w+){0,3} therapies (?:do you|are there|you)|"
     r"(?:list|show)(?: me)?(?: of)? (?:all )?(?:the )?therapies"),
    ("how_we_check", "pages",
     r"who (?:writes|wrote|reviews|reviewed) (?:the|these|your|this)|where (?:does|do) (?:the|"
     r"your|this) "
     r"(?:info\w*|facts|pages?|text) come from|(?:written|reviewed|checked) by (?:a |an "
     r")?(?:doctors?|clinicians?)"),
    ("recommendations:how", "parts",
     r"how do you (?:suggest|rank|sort|order|choose|pick|match|score)|why (?:is|are|do) (?:this|"
     r"these|that|"
     r"the first) (?:places?|listings?|clinics?)|how (?:are|is) (?:places?|results?|the list) "
     r"(?:ranked|sorted|ordered|chosen)"),
    ("about", "money",
     r"who pays (?:for )?(?:you|this|trupaths|the site)|do you (?:get paid|make money|show ads|"
     r"earn)|(?:any|are there|why no) (?:ads|advert\w*)|"
     r"(?:is|are) (?:this|trupaths|the) ?(?:site|website|you)? free|(?:pay|paid|sponsor\w*) "
     r"(?:\w+ )*(?:listed|ranked?|top|first)|cost to use (?:this|the site)|commission"),
    ("about", "contact",
     r"(?:how (?:do|can) i )?contact (?:you|trupaths|someone here|the people)|your (?:email|"
     r"phone number|address)"),
    ("about", "made",
     r"who (?:made|built|runs|owns|is behind) (?:this|you|trupaths|the site)|open source"),
    ("about", "not",
     r"(?:can|could|will|would) you (?:please )?(?:call(?! me\b)|phone|contact|email|book|"
     r"schedule)|"
     r"(?:book|make|schedule) (?:me |us )?(?:call a place|an? (?:visit|intake))$|"
     r"call (?:them|it|him|her)(?: for me)?$|"
     r"is (?:this|trupaths) (?:a (?:clinic|hospital|hotline|therapist|treatment)|an emergency)|"
     r"are you a (?:clinic|hospital|hotline)"),
    ("about", "tru",
     r"what (?:are you|is tru ai|can you do)|how do you (?:work|answer)|where do your answers|can "
     r"you be wrong|"
     r"do you make (?:things|stuff|it) up"),
    ("about", "does",
     r"what is (?:trupaths|this (?:site|website|page))|how (?:does|do i use) (?:this|the) "
     r"(?:site|website)"),
    ("for_providers", "how",
     r"(?:add|list|register|claim) (?:my|our|a) (?:practice|clinic|program|listing|business|"
     r"center|place)|"
     r"i (?:am|run|own) a (?:provider|therapist|clinic|practice)"),
    ("for_providers", "out",
     r"(?:remove|take down|delist) (?:my|our) (?:practice|clinic|program|listing)"),
    ("accessibility", "built-in",
     r"screen ?readers?|accessib\w+ (?:site|page|statement)|keyboard only|large (?:text|print)"),
    ("ayuda", "buscar",
     r"(?:en|habla[ns]?|hablas|pagina en) espanol|(?:do you|can you) speak spanish|"
     r"spanish (?:page|site|version)|read (?:this|"
     r"it) in spanish"),
    ("for_someone_else", "lifeline",
     r"(?:988|lifeline|crisis line|suicide hotline)(?: \w+){0,4} (?:free|cost|pay|charge|police|"
     r"cops|ambulance|confidential|anonymous|private|trace\w*|track\w*|happens?|works?|record\w*)|"
     r"(?:happens?|police|cops|free|cost|pay|confidential|anonymous|trace\w*|what is|whats|"
     r"who answers)(?: \w+){0,4} (?:988|lifeline|crisis line|suicide hotline)"),
    ("for_someone_else", "naloxone",
     r"(?:where|how|can|could) (?:\w+ ){0,4}(?:get|buy|find|use|give|carry|have) (?:\w+ )?naloxone|"
     r"(?:what is|whats|how does) naloxone|naloxone (?:free|cost|without|over the counter)"),
    ("for_someone_else", "adult",
     rf"(?:force|make|commit|section|baker act|involuntar\w+) (?:\w+ )*{_LOVED}.*(?:treatment|"
     rf"rehab|hospital|"
     r"therapy|help|go|get)|(?:can|could) i (?:force|commit) (?:him|her|them|my)"),
    ("for_someone_else", "phone",
     r"what (?:do|should|can) i say (?:on the phone|when (?:i|we) call)|when i call (?:a place|"
     r"them|for)"),
    ("for_someone_else", "talk",
     rf"how (?:do|can|should|to) (?:i )?(?:talk|speak|bring (?:it|this) up|tell|approach|say|ask) "
     rf"(?:\w+ )*{_LOVED}|"
     rf"how to talk to {_LOVED}|(?:what|how) (?:do|should|can) i (?:say|tell) (?:to )?{_LOVED}"),
    ("for_someone_else", "you",
     r"(?:al anon|nar anon)|(?:look after|take care of) (?:me|myself) (?:while|when|as)|"
     r"(?:support|help|groups?) for "
     r"(?:families|relatives|caregivers|parents of)"),
)  # fmt: skip
ASKED = tuple((page, anchor, re.compile(rf"\b(?:{words})\b")) for page, anchor, words in _ASKED)
MOST = 2  # paragraphs
CLOSE = 0.6  # share of the best one's score from which another is said with it


def answer(message):
    """((passage, its words), …) of the section that a question about the site is about, or None."""
    text = _in_our_words(message)
    for name, anchor, wording in ASKED:
        if (name, anchor) == EXAMPLES and not index.demonstration:
            continue
        if wording.search(text):
            return said_in(name, anchor, text)
    return None


def of_naloxone(said):
    """All that a page says of getting and giving it, where `said`, of `answer`, is of it, or None:
    no place need be near for that."""
    if not said or said[0][0].anchor != "naloxone":
        return None
    return tuple((p, p.text) for p in passages() if p.anchor == "naloxone")


def _in_our_words(message):
    text = fold(message)
    for typed, ours in OURS.items():
        text = text.replace(typed, ours)
    return text


def said_in(name, anchor, text):
    """((passage, its words), …) of one section, what is nearest to a folded text; None for none."""
    known = passages(examples=(name, anchor) == EXAMPLES)
    found = [p for p in known if p.of.name == name and p.anchor == anchor]
    return tuple((p, p.text) for p in _nearest(found, text)) or None


def _nearest(found, text):
    """The paragraphs of a section that hold most of a question, in their order; else the first."""
    best = Index([{"body": passage.text} for passage in found]).find(text, MOST)
    near = sorted(each.n for each in best if each.score >= CLOSE * best[0].score)
    return [found[n] for n in near] or found[:1]


@cache
def passages(*, examples=False):
    """Each paragraph of these pages, as they stand with no example listing, or with `examples`."""
    found = []
    for page in PAGES.values():
        parser = _Sections()
        parser.feed(_text_of(page, examples))
        found += [
            Passage(page, "page", title, anchor, text) for title, anchor, text in parser.paragraphs
        ]
    return tuple(found)


def _text_of(page, examples):
    """What the page says between its head and its foot."""
    request = HttpRequest()
    request.path = page.get_absolute_url()
    template = loader.get_template(page.template).template
    blocks = {node.name: node for node in template.nodelist.get_nodes_by_type(BlockNode)}
    context = RequestContext(request, {"sheet": sheet()})
    with context.bind_template(template):
        context["demonstration"] = examples
        return (blocks.get("text") or blocks["main"]).nodelist.render(context)


class _Sections(HTMLParser):
    """(title, anchor, text) of each paragraph, line and row under a heading with an anchor."""

    SAID = ("p", "li", "dd")
    SKIPPED = ("nav", "svg", "form", "button", "table", "script", "figure")

    def __init__(self):
        super().__init__()
        self.paragraphs, self._text, self._term = [], None, ""
        self._anchor = self._title = self._heading = ""
        self._skipping = 0

    def handle_starttag(self, tag, attrs):
        if tag in self.SKIPPED:
            self._skipping += 1
        elif tag == "h2":
            self._anchor, self._title, self._heading = dict(attrs).get("id", ""), "", "h2"
        elif tag == "dt":
            self._term, self._heading = "", "dt"
        elif tag in self.SAID and not self._skipping:
            self._close()
            self._text = ""
        elif self._text:
            self._text += " "

    def handle_endtag(self, tag):
        if tag in self.SKIPPED:
            self._skipping -= 1
        elif tag == self._heading:
            self._heading = ""
        elif tag in self.SAID:
            self._close(self._term if tag == "dd" else "")

    def handle_data(self, data):
        if self._heading == "h2":
            self._title += data
        elif self._heading == "dt":
            self._term += data
        elif self._text is not None and not self._skipping:
            self._text += data

    def _close(self, term=""):
        text = re.sub(r"\s+([.,;:?!”])", r"\1", " ".join((self._text or "").split()))
        self._text = None
        if self._anchor and text.endswith((".", "!", "?", "”")):
            text = f"{term.strip().rstrip('?')}: {text}" if term else text
            self.paragraphs.append((self._title.strip(), self._anchor, text))
