"""Built into every template: icons, small landscapes, the mark, cited text, the current page."""

import json
import re
from functools import cache, lru_cache

from django import template
from django.template import Context
from django.template.defaultfilters import linebreaksbr
from django.template.loader import get_template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from trupaths.pictures import FOR_SCREENS, size_of, widths

register = template.Library()

HORIZONS = 6
_cite = re.compile(r"\[(\d+)\]")


@cache  # a page asks a hundred times, and the address holds a hash of the file
def _sprite(name):
    return f"{static('img/sprite.svg')}#{name}"


@register.simple_tag
@cache
def icon(name):
    """A drawn icon; words stand next to it, so assistive technology skips it."""
    return format_html(
        '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><use href="{}"/></svg>',
        _sprite(f"i-{name}"),
    )


@lru_cache(maxsize=2000)  # two hundred on a page, the same each time but for their numbers
def _option(param, value, label, kind):
    return (
        format_html(
            '<label class="check"><input type="{}" id="{}-{}" name="{}" value="{}"',
            kind, param, value, param, value,
        ),
        format_html("><span>{}</span>", label),
    )  # fmt: skip


@register.simple_tag
def choices(facet, options, one="place", many="places"):
    """The options of a facet as boxes to tick (or to choose one of), each with its count."""
    kind = "radio" if getattr(facet, "one", False) else "checkbox"
    found = [_choice(facet.param, kind, each, one, many) for each in options]
    return mark_safe("".join(found))  # nosec B308 B703 # escaped in _choice


@lru_cache(maxsize=2000)
def _meaning(param, value, label, meaning):
    return (
        format_html(
            '<div id="means-{}-{}"><dt>{}</dt><dd>{} <label class="out"><input type="checkbox" '
            'name="not_{}" value="{}"',
            param, value, label, meaning, param, value,
        ),
        format_html('>Leave out<span class="vh">: {}</span></label></dd></div>', label),
    )  # fmt: skip


@register.simple_tag
def meanings(facet):
    """What each option means, in a line, and a box to leave out those that say yes to it."""
    found = []
    for option in facet.meanings:
        start, end = _meaning(facet.param, option.value, option.label, option.meaning)
        found.append(f"{start}{' checked' if option.excluded else ''}{end}")
    return mark_safe(f"<dl>{''.join(found)}</dl>")  # nosec B308 B703 # escaped above


def _choice(param, kind, option, one, many):
    start, label = _option(param, option.value, option.label, kind)
    state = " checked" if option.checked else " disabled" if option.disabled else ""
    count = int(option.count)
    return (
        f'{start}{state}{label}<span class="n">{count:,}<span class="vh"> '
        f"{one if count == 1 else many}</span></span></label>"
    )


@register.simple_tag
def horizon(number, css="horizon"):
    """One of six small landscapes, by any number from 1. It means nothing."""
    return format_html(
        '<svg{} viewBox="0 0 56 56" width="56" height="56" aria-hidden="true">'
        '<use href="{}"/></svg>',
        format_html(' class="{}"', css) if css else "",
        _sprite(f"h-{(int(number) - 1) % HORIZONS + 1}"),
    )


@register.simple_tag
def picture(file, alt, width, height, css="", sizes="100vw", first=False, fixed=False):
    """A picture with room left for it, in the width and form that fit best.

    One that was not drawn anew (an SVG of ours), or is shown `fixed`, is as wide and high as said.
    Only the first of a page is fetched before it is near.
    """
    known, sources = size_of(file.name), ""
    if known:
        most = known.width
        if not fixed:
            width, height = known
        beside = file.url.rpartition(".")[0]
        sources = format_html_join(
            "",
            '<source type="image/{}" srcset="{}" sizes="{}">',
            (
                (form, ", ".join(f"{beside}/{w}.{form} {w}w" for w in widths(most)), sizes)
                for form in FOR_SCREENS
            ),
        )
    image = format_html(
        '<img{} src="{}" alt="{}" width="{}" height="{}"{} decoding="async">',
        format_html(' class="{}"', css) if css else "",
        file.url, alt, width, height, "" if first else SafeString(' loading="lazy"'),
    )  # fmt: skip
    return format_html("<picture>{}{}</picture>", sources, image) if sources else image


@register.simple_tag
@cache
def brand_mark():
    """The double blaze: two painted bars, the second set higher."""
    return format_html(
        '<svg viewBox="0 0 20 28" aria-hidden="true">{}</svg>',
        format_html_join(
            "",
            '<rect x="{}" y="{}" width="8" height="18" rx="2" fill="var(--blaze)"/>',
            [(0, 10), (12, 0)],
        ),
    )


@register.simple_tag(takes_context=True)
def current(context, url_name, section):
    """Says on a link of the main navigation that it is this page, or leads to its section."""
    request = context.get("request")
    if request is not None and request.path == reverse(url_name):
        return format_html(' aria-current="{}"', "page")
    if section == context.get("section"):
        return format_html(' aria-current="{}"', "true")
    return ""


@register.tag
def once(parser, token):
    """What is the same on every page, whoever asks and whatever it shows: made once a process."""
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(nodelist)


class Once(template.Node):
    def __init__(self, nodelist):
        self.nodelist, self.text = nodelist, None

    def render(self, context):
        if self.text is None:
            nothing = Context()  # it cannot know anything of this page
            with nothing.bind_template(context.template):
                self.text = self.nodelist.render(nothing)
        return self.text


HOLE = "\x00fresh\x00"  # stands in no text: forms and PostgreSQL refuse NUL


@register.simple_tag(takes_context=True)
def kept(context, name, **about):
    """A part that says the same of a thing whoever asks: made once a day while that is kept.

    The thing comes first; the other values in `about` are plain ones, and few. What stands within
    `{% fresh %}` in the part is made each time, and knows what the page knows.
    """
    thing, *others = about.values()
    today, key = _today(context), (name, *others)
    day, made = thing.__dict__.get("_made", (None, {}))
    if day != today:
        made = {}
        thing.__dict__["_made"] = today, made
    if key not in made:
        made[key] = _with_holes(name, about)
    text, *rest = made[key]
    parts = [text]
    for fresh, text in rest:
        parts += fresh.render(context), text
    return mark_safe("".join(parts))  # nosec B308 B703 # rendered by templates


def _today(context):
    """Asked once a page, whose parts are many."""
    page = context.render_context.dicts[0]
    if "today" not in page:
        page["today"] = timezone.localdate()
    return page["today"]


def _with_holes(name, about):
    """[text, (what is fresh, the text after it), …] of a part."""
    inside, holes = Context(about), []
    inside.render_context.dicts[0][HOLE] = holes  # included templates share this one
    first, *others = get_template(name).template.render(inside).split(HOLE)
    return [first, *zip(holes, others, strict=True)]


@register.tag
def fresh(parser, token):
    """What differs from page to page, in a part that is kept."""
    nodelist = parser.parse(("endfresh",))
    parser.delete_first_token()
    return Fresh(nodelist)


class Fresh(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        holes = context.render_context.dicts[0].get(HOLE)
        if holes is None:  # nobody keeps this
            return self.nodelist.render(context)
        holes.append(self.nodelist)
        return HOLE


# As Django's json_script does: nothing in the data can end the element or start another.
_IN_SCRIPT = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def json_ld(data):
    """Structured data for search engines; it is data, so the policy lets it stand in the page."""
    escaped = json.dumps(data, ensure_ascii=False).translate(_IN_SCRIPT)
    escaped = mark_safe(escaped)  # nosec B308 B703 # by _IN_SCRIPT
    return format_html('<script type="application/ld+json">{}</script>', escaped)


@register.simple_tag(takes_context=True)
def again(context, name):
    """What a block of this page says, once more: its title, for those who pass the page on."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return block.nodelist.render(context)


@register.filter
def cited(text):
    """Text with `[3]` as a link to reference 3, and its line breaks kept."""
    return _cited(str(text))


@lru_cache(maxsize=4096)  # about the texts of a hundred pages
def _cited(text):
    parts = _cite.split(text)  # words, number, words, number, words
    return format_html_join("", "{}", ((_part(n, part),) for n, part in enumerate(parts)))


def _part(n, part):
    if n % 2:
        return format_html(
            '<a class="cite" href="#r{}" aria-label="Reference {}">{}</a>', part, part, part
        )
    return linebreaksbr(part)


@register.filter
def dial(number):
    """A number as a telephone link has it: (503) 234-5678 x12 becomes +15032345678;ext=12."""
    main, _, extension = str(number).lower().partition("x")
    digits, extension = re.sub(r"\D", "", main), re.sub(r"\D", "", extension)
    plus = "+1" if len(digits) == 10 else "+" if len(digits) > 10 else ""
    return f"{plus}{digits}{f';ext={extension}' if extension else ''}"


@register.filter
def lines(text):
    """The non-empty lines of a field that holds one thing a line."""
    return [line.strip() for line in str(text).splitlines() if line.strip()]
