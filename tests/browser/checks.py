"""What is asked of an open page beyond axe; each check says what is wrong with it, or nothing.

templates/pages/_access_tested.html tells visitors of these checks: change both together.
"""

# What all checks share. Words that are there for a screen reader alone are in nobody's way.
COMMON = """
const seen = element => element.checkVisibility({visibilityProperty: true});
const named = element =>
  `${element.tagName} ${element.id || element.getAttribute("class")}: ${element.textContent.trim()}`
    .replace(/\\s+/g, " ").slice(0, 90);
const unseen = element => {
  for (; element; element = element.parentElement)
    if (getComputedStyle(element).clipPath.startsWith("inset(50%")) return true;
  return false;
};
const ringed = element => {  // a pin on a map shows its focus by its own outline
  const style = getComputedStyle(element), drawn = element.closest("svg")?.contains(element) &&
    element.querySelector("path, rect, circle");
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 ||
    drawn && parseFloat(getComputedStyle(drawn).strokeWidth) >= 3;
};
const CONTROLS =
  "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
const controls = () => [...document.querySelectorAll(CONTROLS)].filter(element =>
  seen(element) && !element.disabled && !element.closest("[inert]"));
"""

SOUND = """
const faults = [], ids = new Set();
for (const { id } of document.querySelectorAll("[id]")) {
  if (ids.has(id)) faults.push(`id twice: ${id}`);
  ids.add(id);
}
for (const name of ["for", "form", "list", "popovertarget", "aria-labelledby", "aria-describedby"])
  for (const element of document.querySelectorAll(`[${name}]`))
    for (const id of element.getAttribute(name).split(/\\s+/))
      if (!ids.has(id)) faults.push(`${name} points nowhere: ${id}`);
for (const link of document.querySelectorAll("a[href^='#']")) {
  const id = link.getAttribute("href").slice(1);
  if (!ids.has(id)) faults.push(`leads nowhere: #${id}`);
}
const heads = document.querySelectorAll("h1").length;
if (heads !== 1) faults.push(`${heads} first headings`);
for (const picture of document.querySelectorAll("img:not([alt])"))
  faults.push(`a picture without words: ${picture.src}`);
for (const svg of document.querySelectorAll("svg"))
  if (!svg.closest("[aria-hidden=true]") && !svg.matches("[aria-label], [aria-labelledby]"))
    faults.push(`a drawing neither named nor hidden in ${named(svg.parentElement)}`);
return faults;
"""

# Words are cut off where a box that hides what is too large for it ends before they do. Names of
# towns in a drawn map may reach its edge; the list beside it says the same.
CUT_OFF = """
const faults = [];
const wide = document.documentElement.scrollWidth;
if (wide > innerWidth) faults.push(`scrolls sideways: ${wide} px`);
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const words = walker.currentNode, parent = words.parentElement;
  if (!words.data.trim() || !seen(parent) || unseen(parent) || parent.closest("svg")) continue;
  const range = document.createRange();
  range.selectNodeContents(words);
  const text = range.getBoundingClientRect();
  if (!text.width) continue;
  for (let box = parent; box !== document.body; box = box.parentElement) {
    const style = getComputedStyle(box), edge = box.getBoundingClientRect();
    const x = ["hidden", "clip"].includes(style.overflowX);
    const y = ["hidden", "clip"].includes(style.overflowY);
    if (style.overflowX === "auto" || style.overflowY === "auto") break;
    if ((x && (text.right > edge.right + 1 || text.left < edge.left - 1)) ||
        (y && (text.bottom > edge.bottom + 1 || text.top < edge.top - 1)))
      faults.push(`cut off by ${named(box).slice(0, 30)}: ${words.data.trim().slice(0, 60)}`);
  }
}
return faults;
"""

SPACED = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  * { line-height: 1.5 !important; letter-spacing: .12em !important }
  * { word-spacing: .16em !important }
  p { margin-block-end: 2em !important }`);
document.adoptedStyleSheets = [sheet];
"""

STILL = """
const faults = document.getAnimations().map(moves => `moves: ${named(moves.effect.target)}`);
for (const element of document.querySelectorAll("*"))
  for (const part of [undefined, "::before", "::after"]) {
    const style = getComputedStyle(element, part);
    if (style.animationName !== "none" || /[1-9]/.test(style.transitionDuration) ||
        style.scrollBehavior === "smooth") faults.push(`would move: ${named(element)}`);
  }
return faults;
"""

MOVES = (
    "return document.getAnimations().map(moves => `moves by itself: ${named(moves.effect.target)}`)"
)

# With forced colors only lines and words are left: no backgrounds, no shadows, few colors.
FORCED = """
const faults = [];
const lined = (style, side) => style[`border${side}Style`] !== "none" &&
  parseFloat(style[`border${side}Width`]) >= 1;
const was = document.activeElement;
for (const element of controls()) {
  const style = getComputedStyle(element);
  if (element.matches(".btn, .input, input, select, textarea, .pill") &&
      style.appearance !== "auto" && style.display !== "contents" &&
      !["Top", "Right", "Bottom", "Left"].every(side => lined(style, side)))
    faults.push(`has no border: ${named(element)}`);
  if (element.matches("[aria-current], [aria-pressed=true]") &&
      style.outlineStyle === "none" && parseInt(style.fontWeight) < 600)
    faults.push(`does not show that it is chosen: ${named(element)}`);
  element.focus({ focusVisible: true, preventScroll: true });
  if (element !== document.activeElement) continue;
  if (!ringed(element)) faults.push(`does not show its focus: ${named(element)}`);
}
was.focus({ preventScroll: true });
for (const icon of document.querySelectorAll("svg.i")) {
  const style = getComputedStyle(icon), around = getComputedStyle(icon.parentElement);
  if (seen(icon) && (style.color !== around.color ||
      style.stroke !== style.color && style.fill !== style.color))
    faults.push(`an icon keeps a color of its own in ${named(icon.parentElement)}`);
}
return faults;
"""

CONTRAST = """
const style = getComputedStyle(document.documentElement);
return style.getPropertyValue("--ink-2") === style.getPropertyValue("--ink") &&
  style.getPropertyValue("--line") === style.getPropertyValue("--edge") ? [] : ["stays faint"];
"""

PRINT = """
const faults = [...document.querySelectorAll("nav.site-nav, .tru, form[role=search], .btn.save")]
  .filter(seen).map(element => `is printed: ${named(element)}`);
if (!seen(document.querySelector("h1"))) faults.push("the heading is not printed");
return faults;
"""

# What is pressed most is 44 px high, and 40 wide where its word is as short as 911.
THUMB = """
const main = ".btn, .input, .pill, .site-nav a, .saved-link, .crisis-strip a";
return controls().filter(element => element.matches(main)).filter(element => {
  const { width, height } = element.getBoundingClientRect();
  return height < 43.5 || width < 40;
}).map(element => `small for a thumb: ${named(element)}`);
"""

# What is wrong with the place of the focus, or nothing.
LOOK = """
const within = (low, n, high) => Math.min(Math.max(low, n), high);
const hidden = at => {
  const box = at.getBoundingClientRect();
  if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth)
    return `out of sight: ${named(at)}`;
  const top = document.elementFromPoint(
    within(0, box.left + box.width / 2, innerWidth - 1),
    within(0, box.top + box.height / 2, innerHeight - 1));
  const whole = at.ownerSVGElement ?? at;  // the middle of one state may lie in another
  return whole.contains(top) || top.contains(at) ? "" : `covered: ${named(at)}`;
};
const frame = () => new Promise(requestAnimationFrame);
const look = async at => ringed(at)
  ? hidden(at) && (await frame(), await frame(), hidden(at))  // what covers it may give way
  : `no ring: ${named(at)}`;
"""

START = """
const stops = window.stops = new Set();
window.stop = async () => {
  const at = document.activeElement;
  if (at === document.body || stops.has(at)) return null;
  stops.add(at);
  return look(at);
};
document.body.tabIndex = -1;
document.body.focus();
document.body.removeAttribute("tabindex");
scrollTo(0, 0);
"""

MISSED = """
const group = ({ form, name }) => [...window.stops].some(stop =>
  stop.type === "radio" && stop.form === form && stop.name === name);
return controls().filter(element => !window.stops.has(element))
  .filter(element => element.type !== "radio" || !group(element))
  .map(element => `Tab does not reach ${named(element)}`);
"""

# Each stop in its order, as the walk by Tab finds them.
EACH = """
const faults = [];
scrollTo(0, 0);
for (const at of controls()) {
  if (!seen(at)) continue;  // a panel that gave way to the focus
  at.focus({ focusVisible: true });
  if (at !== document.activeElement || at.tabIndex < 0)
    faults.push(`Tab does not reach ${named(at)}`);
  else faults.push(await look(at));
}
return faults.filter(Boolean);
"""


def ask(page, script):
    return page.evaluate(f"async () => {{{COMMON}{script}}}")


def keyboard(page):
    """Tab from the first to the last control, seeing each stop; then each again at 400 percent."""
    page.set_viewport_size({"width": 1280, "height": 900})
    ask(page, LOOK + START)
    while (page.keyboard.down("Tab"), fault := page.evaluate("stop()"))[1] is not None:
        if fault:
            yield f"1280 px: {fault}"
    page.keyboard.up("Tab")
    yield from (f"1280 px: {fault}" for fault in ask(page, MISSED))
    page.set_viewport_size({"width": 320, "height": 900})
    yield from (f"320 px: {fault}" for fault in ask(page, LOOK + EACH))


def desk(page):
    """Of a page for staff, as wide as it is: each control shows its focus, and nothing moves."""
    yield from ask(page, LOOK + EACH)
    yield from ask(page, STILL)


def large_text(page):
    """Zoomed to 200 and 400 percent, with letters twice as large, and with wider spacing."""
    for width, zoom in ((640, 200), (320, 400)):
        page.set_viewport_size({"width": width, "height": 900})
        yield from (f"at {zoom} %: {fault}" for fault in ask(page, CUT_OFF))
    yield from ask(page, THUMB)
    ask(page, SPACED)
    yield from (f"spaced, at 320 px: {fault}" for fault in ask(page, CUT_OFF))
    page.set_viewport_size({"width": 1280, "height": 900})
    yield from (f"spaced, at 1280 px: {fault}" for fault in ask(page, CUT_OFF))
    page.evaluate("document.adoptedStyleSheets = []")
    browser = page.context.new_cdp_session(page)
    for size in (32, 16):  # what a visitor sets in the browser, and what is set unless told
        browser.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
        if size == 32:
            yield from (f"text at 200 %: {fault}" for fault in ask(page, CUT_OFF))
    browser.detach()


def settings(page):
    """What a device asks of all pages: forced colors, less motion, more contrast; and paper."""
    yield from ask(page, STILL)
    for media, before, script in (
        ({"reduced_motion": "no-preference"}, {"reduced_motion": "reduce"}, MOVES),
        ({"forced_colors": "active"}, {"forced_colors": "none"}, FORCED),
        ({"contrast": "more"}, {"contrast": "no-preference"}, CONTRAST),
        ({"media": "print"}, {"media": "screen"}, PRINT),
    ):
        page.emulate_media(**media)
        yield from (f"{media}: {fault}" for fault in ask(page, script))
        page.emulate_media(**before)


def sound(page):
    """Each id once, each reference to one that is there, one first heading, named pictures."""
    yield from ask(page, SOUND)
