"""Did the browser tests run? Reads pytest's report: fails unless at least one ran and none was skipped.

The tests that drive a browser carry the property ``browser`` (tests/conftest.py puts it there).
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree


def count(report: Path) -> tuple[int, list[str]]:
    """How many browser tests ran, and the names of those that were skipped?"""
    cases = [
        case
        for case in ElementTree.parse(report).getroot().iter("testcase")
        if any(each.get("name") == "browser" for each in case.iter("property"))
    ]
    skipped = [f"{case.get('classname')}.{case.get('name')}" for case in cases if case.find("skipped") is not None]
    broken = [case for case in cases if case.find("error") is not None]
    return len(cases) - len(skipped) - len(broken), skipped


def main(path: str) -> int:
    if not Path(path).is_file():
        print(f"{path}: there is no such report, so nobody knows whether the browser tests ran.", file=sys.stderr)
        return 1
    ran, skipped = count(Path(path))
    if skipped:
        print("These browser tests were skipped:", *skipped, sep="\n  ", file=sys.stderr)
    if not ran:
        print("No browser test ran.", file=sys.stderr)
    if skipped or not ran:
        return 1
    print(f"Browser tests that ran: {ran}, skipped: none.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
