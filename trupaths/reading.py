"""LEAF: how hard a text is to read: Flesch-Kincaid, the school grade that it asks for."""

import re
from html.parser import HTMLParser

BLOCKS = {"p", "li", "dd", "dt", "h1", "h2", "h3", "summary", "figcaption", "td", "th", "div"}
SKIPPED = {"script", "svg", "nav", "form", "button", "cite"}
LEAST = 4  # words; what is shorter is a label


def grade(lines):
    """Flesch-Kincaid grade of the sentences in these lines, or None without a sentence.

    No sentence goes on from one line to the next.
    """
    sentences = [
        words
        for line in lines
        for sentence in re.split(r"(?<=[.?!])\s+", " ".join(line.split()))
        if len(words := re.findall(r"[A-Za-z’']+", sentence)) >= LEAST
    ]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return None
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word):
    word = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]{1,2}", word)))


def grade_of_page(html):
    """The grade of the running text of a page's <main>."""
    parser = _Text()
    parser.feed(html)
    return grade(parser.lines)


class _Text(HTMLParser):
    """The running text of <main>, a line for each block."""

    def __init__(self):
        super().__init__()
        self.inside, self.skipping, self.lines = 0, 0, [""]

    def handle_starttag(self, tag, attrs):
        css = dict(attrs).get("class") or ""
        if tag == "main":
            self.inside = 1
        elif tag in SKIPPED or "refs" in css.split() or "cite" in css.split():
            self.skipping += 1
        elif tag in BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag):
        if tag == "main":
            self.inside = 0
        elif self.skipping and (tag in SKIPPED or tag in ("ol", "a")):
            self.skipping -= 1
        elif tag in BLOCKS:
            self.lines.append("")

    def handle_data(self, data):
        if self.inside and not self.skipping:
            self.lines[-1] += data
