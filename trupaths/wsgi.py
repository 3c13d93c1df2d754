import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trupaths.settings")
application = get_wsgi_application()

from trupaths import metrics  # noqa: E402 (needs the apps)
from trupaths.views import warm  # noqa: E402

# Each worker before its first visitor; without the database, which may come later.
warm()
metrics.listen()
