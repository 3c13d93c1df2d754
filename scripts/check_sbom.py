"""Does a bill of materials name each package of a lock file, with its version and hashes?

python scripts/check_sbom.py var/sbom.json requirements.lock
"""

import json
import re
import sys
from pathlib import Path

_package = re.compile(r"^([a-z0-9][a-z0-9.-]*)==([^ \\;]+)", re.MULTILINE)


def main(bill, lock):
    locked = set(_package.findall(Path(lock).read_text()))
    named = {
        (part["name"], part["version"])
        for part in json.loads(Path(bill).read_text())["components"]
        if any(place.get("hashes") for place in part.get("externalReferences", ()))
    }
    if wrong := locked ^ named:
        told = ", ".join(f"{name} {version}" for name, version in sorted(wrong))
        sys.exit(f"{bill} and {lock} do not agree on: {told}")
    print(f"{len(named)} packages, each with its version and hashes.")


if __name__ == "__main__":
    main(*sys.argv[1:])
