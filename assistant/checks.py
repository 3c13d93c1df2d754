"""`manage.py check`: is the language model of Tru AI set up, where the operator wants one?"""

from importlib.util import find_spec

from django.conf import settings
from django.core import checks


@checks.register
def model(app_configs, **kwargs):
    if settings.TRUAI_LLM and not find_spec("httpx"):
        return [
            checks.Error(
                "TRUAI_LLM is set, but the library that calls a model is not installed.",
                hint="Install it: .venv/bin/python -m pip install 'httpx>=0.28,<1'. "
                "Or unset TRUAI_LLM; Tru AI answers without a model.",
                id="assistant.E001",
            )
        ]
    if not settings.TRUAI_LLM and settings.TRUAI_MODEL:
        return [
            checks.Info(
                "TRUAI_MODEL is set and TRUAI_LLM is not: Tru AI answers without a model.",
                id="assistant.I001",
            )
        ]
    return []
