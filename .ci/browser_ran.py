"""Did the browser tests run? Reads pytest's report: fails unless at least one drove the app and none was skipped.

Those tests carry the property ``browser``, which says what they drive; tests/conftest.py puts it there.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree


def look(report: Path) -> tuple[int, list[str]]:
    """How many tests drove the app in a browser, and the names of the browser tests that were skipped?"""
    ran, skipped = 0, []
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        driven = [each.get("value") for each in case.iter("property") if each.get("name") == "browser"]
        if driven and case.find("skipped") is not None:
            skipped.append(f"{case.get('classname')}.{case.get('name')}")
        elif driven == ["the app"] and case.find("error") is None:
            ran += 1
    return ran, skipped


def main(path: str) -> int:
    if not Path(path).is_file():
        print(f"{path}: there is no such report, so nobody knows whether the browser tests ran.", file=sys.stderr)
        return 1
    ran, skipped = look(Path(path))
    if skipped:
        print("These browser tests were skipped:", *skipped, sep="\n  ", file=sys.stderr)
    if not ran:
        print("No test drove the app in a browser.", file=sys.stderr)
    if skipped or not ran:
        return 1
    print(f"Tests that drove the app in a browser: {ran}; skipped: none.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
