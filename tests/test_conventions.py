"""Rules that a reader cannot see in one file."""

import re

from django.conf import settings

APPS = ("therapies", "providers", "recommendations", "assistant", "trupaths")


def sources():
    for app in APPS:
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path, path.read_text()


def test_listings_change_only_behind_their_door():
    """Bulk writes on what the index knows stand in modules that go through listing_changes()."""
    bulk = re.compile(r"(Provider|Service|ProviderTerm|Check|SearchRow)\.objects\.[^\n]*"
                      r"(\.update\(|bulk_create|bulk_update|\.delete\()")  # fmt: skip
    for path, text in sources():
        if bulk.search(text):
            assert "listing_changes" in text, path


def test_no_signals_no_raw_sql_and_no_excuse_from_the_guard():
    for path, text in sources():
        for word in ("django.db.models.signals", "csrf_exempt", ".raw(", ".extra(", "RawSQL"):
            assert word not in text, (path, word)


def test_text_is_marked_safe_in_one_reviewed_module_only():
    for path, text in sources():
        if path != settings.BASE_DIR / "trupaths" / "templatetags" / "site.py":
            assert "mark_safe" not in text, path


def test_no_template_holds_inline_code_or_another_host():
    wrong = re.compile(
        r"<script>|<style| style=| on(click|change|submit|load|input)=|javascript:|"
        r"(src|srcset)=[\"']https?:"
    )
    for path in settings.BASE_DIR.glob("templates/**/*.html"):
        found = wrong.search(path.read_text())
        assert not found, (path, found[0])
        assert "|safe" not in path.read_text(), path


def test_the_styles_of_every_page_and_of_the_whole_site_have_a_budget():
    css = settings.BASE_DIR / "static" / "css"
    base = (settings.BASE_DIR / "templates" / "base.html").read_text()
    linked = re.findall(r"'css/([^']+)'", base)
    assert sum((css / name).stat().st_size for name in linked) <= 52_000
    assert sum(path.stat().st_size for path in css.rglob("*.css")) <= 54_000  # with a talk's
