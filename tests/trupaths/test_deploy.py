"""The examples in deploy/ are of this version of the site."""

import re

import pytest
from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"
OF_OTHERS = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}  # which boto3 reads by itself


@pytest.fixture
def example():
    """{variable: value} of the example, also of what is commented out."""
    text = (DEPLOY / "trupaths.env.example").read_text()
    return dict(re.findall(r"^#?([A-Z_]+)=(.*)$", text, re.M))


def test_each_variable_of_the_example_is_one_that_settings_read(example):
    read = (settings.BASE_DIR / "trupaths" / "settings.py").read_text()
    assert len(example) > 10
    assert [name for name in example if f'"{name}"' not in read and name not in OF_OTHERS] == []


def test_a_site_starts_with_the_example_and_it_holds_no_secret(example, started):
    assert example["SECRET_KEY"] == ""
    chosen = ("SITE_URL", "BEHIND_PROXY", "DATABASE_URL", "REPLICA_URLS")
    found = started(SECRET_KEY="x" * 60, **{name: example[name] for name in chosen})
    assert found["HTTPS"] and found["PROXIES"] == 1 and len(found["REPLICAS"]) == 2
    assert found["DATABASES"]["default"]["OPTIONS"]["target_session_attrs"] == "read-write"


def test_the_proxy_counts_as_one_and_keeps_what_visitors_type_out_of_its_logs():
    text = (DEPLOY / "nginx" / "trupaths.conf").read_text()
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text  # replaced, not added to
    assert not re.search(r"\$(request_uri|args|request|remote_addr|http_referer)\b[^;]*';", text)
    assert text.count("access_log off;") == 2
