"""`{% once %}`: what is the same on every page is made once, and knows nothing of any page."""

from django.template import Context, Template


def test_it_is_made_once_and_shows_nothing_of_who_asked_first():
    template = Template("{% once %}<p>{{ name }}fixed</p>{% endonce %} {{ name }}")
    assert template.render(Context({"name": "Ann"})) == "<p>fixed</p> Ann"
    assert template.render(Context({"name": "Bo"})) == "<p>fixed</p> Bo"
