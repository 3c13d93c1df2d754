"""The least that Django does: one view, one page, no middleware. The peer of `benchmarks pages`.

Its own settings, addresses and server in one; BARE_PAGE names the file that it answers with.
"""

import os
from pathlib import Path

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import re_path

SECRET_KEY = "bare"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = __name__
MIDDLEWARE = []

CONTENT = Path(os.environ["BARE_PAGE"]).read_bytes() if "BARE_PAGE" in os.environ else b""

urlpatterns = [re_path("", lambda request: HttpResponse(CONTENT))]
application = WSGIHandler()
