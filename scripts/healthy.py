"""Does the process on this port answer? The exit code tells; for HEALTHCHECK in the Dockerfile.

    python scripts/healthy.py 8000

It asks by the name of the site (SITE_URL), as the site answers to no other.
"""

import http.client
import os
import sys
from urllib.parse import urlsplit

SECONDS = 4

name = urlsplit(os.environ.get("SITE_URL", "http://127.0.0.1")).netloc
held = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=SECONDS)
try:
    held.request("GET", "/healthz", headers={"Host": name})
    sys.exit(held.getresponse().status != 200)
except OSError as error:
    sys.exit(str(error))
