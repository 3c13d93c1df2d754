"""The text engine: the same text, the same order; and a text is found by its own title."""

from hypothesis import given
from hypothesis import strategies as st

from trupaths.retrieval import Index, plain_words, stem

WORDS = st.sampled_from(
    "sleep pain fear panic group cost weeks memory doctor breath anger sun".split()
)
TITLES = st.lists(WORDS, min_size=1, max_size=4, unique=True)
TEXTS = st.lists(
    st.builds(
        lambda title, body: {"title": " ".join(title), "body": " ".join(body)},
        TITLES,
        st.lists(WORDS, max_size=12),
    ),
    min_size=1,
    max_size=12,
)


@given(TEXTS)
def test_a_title_finds_its_own_text(texts):
    index = Index(texts)
    for n, text in enumerate(texts):
        found = index.find(text["title"], most=len(texts))
        assert n in [each.n for each in found]
        best = texts[found[0].n]["title"].split()
        # No text stands before it that holds less of what was asked.
        assert set(best) <= set(text["title"].split()) or set(text["title"].split()) <= set(
            f"{' '.join(best)} {texts[found[0].n]['body']}".split()
        )


@given(TEXTS, st.lists(WORDS, max_size=6))
def test_the_same_question_finds_the_same_in_the_same_order(texts, question):
    asked = " ".join(question)
    first = Index(texts).find(asked, most=5)
    assert first == Index([dict(text) for text in texts]).find(asked, most=5)
    assert [each.score for each in first] == sorted((e.score for e in first), reverse=True)
    assert all(each.score > 0 for each in first)


@given(TEXTS, TITLES)
def test_how_much_is_held_is_a_share(texts, question):
    index = Index(texts)
    words = set(index.words(" ".join(question)))
    for n, text in enumerate(texts):
        share = index.share(words, n)
        assert 0 <= share <= 1 + 1e-9
        assert (share > 0) == bool(words & set(index.words(f"{text['title']} {text['body']}")))


def test_a_rare_word_outweighs_a_common_one():
    texts = [{"body": "sleep sleep sleep"}, {"body": "sleep pain"}, {"body": "sleep fear"}]
    assert Index(texts).find("sleep pain")[0].n == 1


def test_a_word_in_a_title_outweighs_the_same_in_a_text():
    texts = [{"title": "Cost", "body": "pain"}, {"title": "Pain", "body": "cost"}]
    assert [each.n for each in Index(texts).find("pain")] == [1, 0]


def test_the_form_that_was_typed_comes_first():
    texts = [{"title": "Anxiety disorder"}, {"title": "Anxiety disorders"}]
    assert Index(texts).find("anxiety disorders")[0].n == 1
    assert {each.n for each in Index(texts).find("anxiety disorder")} == {0, 1}


def test_nothing_is_found_by_small_words_or_by_none():
    index = Index([{"title": "What is it", "body": "It is what it is"}])
    assert index.find("what is it") == [] == index.find("") == index.find("¿?")
    assert Index([]).find("pain") == []


def test_only_some_texts_can_be_searched():
    index = Index([{"body": "pain"}, {"body": "pain again"}, {"body": "no pain"}])
    assert {each.n for each in index.find("pain", among={1, 2})} == {1, 2}


def test_endings_go_and_roots_stay():
    assert [stem(word) for word in ("studies", "stopped", "causes", "illness", "bus", "his")] == [
        "study", "stop", "cause", "illness", "bus", "his",
    ]  # fmt: skip
    assert plain_words("The sleeping pills") == ["sleep", "sleeping=", "pill", "pills="]
