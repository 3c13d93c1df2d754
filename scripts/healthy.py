"""Does the process on this port answer? The exit code tells; for HEALTHCHECK in the Dockerfile.

    python scripts/healthy.py 8000            it lives
    python scripts/healthy.py 8000 /readyz    it can serve: database, content and index answer

It asks by the name of the site (SITE_URL), as the site answers to no other, and prints the answer.
"""

import http.client
import os
import sys
from urllib.parse import urlsplit

# Less than the HEALTHCHECK waits; the first /readyz of a process may read a million listings.
SECONDS = {"/healthz": 4, "/readyz": 60}

name = urlsplit(os.environ.get("SITE_URL", "http://127.0.0.1")).netloc
port, path = int(sys.argv[1]), (sys.argv[2:] or ["/healthz"])[0]
held = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS.get(path, 4))
try:
    held.request("GET", path, headers={"Host": name})
    answer = held.getresponse()
    print(answer.status, answer.read(80).decode(errors="replace").strip())
    sys.exit(answer.status != 200)
except OSError as error:
    sys.exit(str(error))
