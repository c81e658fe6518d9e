"""The lock: what is pinned in it, that it names no place, and that it keeps to the ranges of pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source import COMPUTED, PACKAGES, imports

# Packages that are imported under another name than they are installed under.
#: Dash is a Flask app and brings Flask with it; python-docx is imported as docx.
INSTALLED_AS: Final[Mapping[str, str]] = {"flask": "dash", "docx": "python-docx"}
A_PLACE: Final = re.compile(r"\w+://|file:|\s@\s|^\s*-(?!-hash)|^\s*--(?!hash=)|^[./~]")
A_HASH: Final = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS: Final = ("linux", "darwin", "win32")


def project(root: Path) -> dict[str, Any]:
    """The table ``project`` of pyproject.toml."""
    with (root / "pyproject.toml").open("rb") as file:
        return dict(tomllib.load(file)["project"])


def ranges(root: Path) -> list[Requirement]:
    """What the project asks for: to run, and to be worked on."""
    asked = project(root)
    return [Requirement(text) for text in (*asked["dependencies"], *asked["optional-dependencies"]["dev"])]


def pins(root: Path) -> dict[str, list[Requirement]]:
    """What the lock pins, by name: more than one version where they differ by Python."""
    found: dict[str, list[Requirement]] = defaultdict(list)
    for entry in _entries(root / "requirements.lock"):
        pinned = Requirement(entry.split(" --hash", maxsplit=1)[0].strip())
        found[canonicalize_name(pinned.name)].append(pinned)
    return dict(found)


def _locks(root: Path) -> list[Path]:
    """Every lock: what everybody installs, and what the engines need beside it."""
    return sorted(root.glob("requirements*.lock"))


def _entries(lock: Path) -> list[str]:
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    return [re.sub(r"\s+", " ", line) for line in text.splitlines() if line.strip() and not line.startswith("#")]


def unpinned(root: Path) -> Iterator[str]:
    """Entries without one exact version, or without a hash."""
    for lock in _locks(root):
        for entry in _entries(lock):
            if not re.match(r"[\w.-]+==[\w.+!-]+( |$)", entry) or not A_HASH.search(entry):
                yield f"{lock.name}: '{entry[:60]}' needs one exact version and its hashes."


def places(root: Path) -> Iterator[str]:
    """Package hosts, folders and files that the lock names: it says what to install, never from where."""
    for lock in _locks(root):
        for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), start=1):
            if A_PLACE.search(line):
                yield f"{lock.name}, line {number}: '{line.strip()[:60]}' names a place."


def out_of_range(root: Path) -> Iterator[str]:
    """Ranges that the lock does not keep to, on any Python and system that the project supports."""
    pinned = pins(root)
    for asked in ranges(root):
        versions = pinned.get(canonicalize_name(asked.name), [])
        for environment in _environments():
            here = [each for each in versions if each.marker is None or each.marker.evaluate(environment)]
            if len(here) != 1 or not asked.specifier.contains(next(iter(here[0].specifier)).version):
                where = f"Python {environment['python_version']} on {environment['sys_platform']}"
                yield f"{asked}: the lock has {' and '.join(map(str, here)) or 'nothing'} for {where}. Type make lock."
                break


def _environments() -> Iterator[dict[str, str]]:
    for python in PYTHONS:
        for system in SYSTEMS:
            yield {
                "python_version": python,
                "python_full_version": f"{python}.0",
                "sys_platform": system,
                "os_name": "nt" if system == "win32" else "posix",
                "platform_python_implementation": "CPython",
                "implementation_name": "cpython",
            }


def undeclared(root: Path, standard: frozenset[str]) -> Iterator[str]:
    """What the source imports and pyproject.toml does not ask for: an installed wheel would lack it.

    What is imported inside a function may be an extra: whoever needs it asks for it, and is told how.
    """
    declared = project(root)
    asked = {canonicalize_name(Requirement(text).name) for text in declared["dependencies"]}
    extras = {
        canonicalize_name(Requirement(text).name)
        for extra, texts in declared.get("optional-dependencies", {}).items()
        for text in texts
        if extra != "dev"
    }
    for found in imports(root):
        top = found.imported.split(".")[0]
        if found.late and canonicalize_name(top) in extras:
            continue
        if found.imported != COMPUTED and top not in standard and top not in PACKAGES:
            name = canonicalize_name(INSTALLED_AS.get(top, top))
            if name not in asked:
                yield f"{found}, and pyproject.toml does not ask for {name}."
