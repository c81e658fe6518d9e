"""What the files of the project may not hold: where they were made, from where packages came, how to reach a person."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

# Taken apart here, so that this file does not hold what it forbids.
OF_ONE_MACHINE: Final = re.compile(
    r"(?<![\w.-])/(?:{}|{}|{}/\w+)/|(?<!\w)\.{}\b".format("wo" + "rk", "ro" + "ot", "ho" + "me", "libr" + "ary")
)
PACKAGE_HOSTS: Final = re.compile(
    "|".join((r"\bpy" + r"pi\.org", "pythonho" + "sted", r"registry\.np" + "mjs", r"\bdeb\.deb" + "ian"))
)
ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
TELEPHONE: Final = re.compile(r"(?<![\w./-])(?:\+44[\s(-]*0?|\(?0)\d(?:[\s()-]{0,2}\d){8,9}(?![\w/-]|[.,]\d)")
LINK: Final = re.compile(r"https?://[^\s,\"|]+")
TEXT_CAN_BE: Final = 20_000_000


def project_files(root: Path) -> list[Path]:
    """The files that are, or are about to be, in the project's history: what git knows or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
        text=True,
    )
    return sorted({root / name for name in listed.stdout.split("\0") if name and (root / name).is_file()})


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    raw = path.read_bytes()[:TEXT_CAN_BE]
    if b"\0" not in raw:
        yield from enumerate(raw.decode("utf-8", errors="replace").splitlines(), start=1)


def traces_of_the_machine(files: list[Path]) -> Iterator[str]:
    """Folders of one machine, and the hosts that packages are fetched from."""
    for path in files:
        for number, line in _lines(path):
            for found in (*OF_ONE_MACHINE.finditer(line), *PACKAGE_HOSTS.finditer(line)):
                yield f"{path}, line {number}: '{found.group()}' belongs to one machine or one package host."


def ways_to_reach_a_person(files: list[Path]) -> Iterator[str]:
    """E-mail addresses and telephone numbers. Web addresses are left out: a page's number is not a telephone's."""
    for path in files:
        for number, line in _lines(path):
            text = LINK.sub(" ", line)
            for found in (*ADDRESS.finditer(text), *TELEPHONE.finditer(text)):
                yield f"{path}, line {number}: '{found.group()}' reaches a person. The packs hold bodies only."
