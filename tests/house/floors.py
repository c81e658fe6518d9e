"""The floors of the house, declared once, and the checkers that hold the source to them.

Imports run downward only. Rooms on one floor ("wings") do not import each other. Nothing runs in a circle, imports for
types only included. ``orchestrator`` never imports ``dashboards``, with one door: the command ``serve`` starts the app.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tests.house.source import Import, imports, read

# From the ground up. The rooms of one floor are wings: they know what is below, and nothing of each other.
FLOORS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {
        "orchestrator": (
            ("errors",),
            ("tables",),
            ("kernels", "drawing"),
            ("model",),
            ("intake", "analysis", "partners", "scenario", "worlds", "export", "store", "matching", "evidence"),
            ("study",),
            ("freezing", "evidencing", "holdings"),
            ("cli",),
        ),
        "dashboards": (
            ("figures", "jobs", "markup", "names", "selection", "workspace"),
            ("snapshots", "exports"),
            ("views",),
            ("questions",),
            ("desk",),
            ("pages",),
            ("index",),
            ("guard",),
            ("routes",),
            ("app",),
        ),
    }
)


@dataclass(frozen=True)
class Exemption:
    """An import that the rules would forbid: who may, what, and why."""

    importer: str
    imported: str
    reason: str

    def covers(self, found: Import) -> bool:
        return fnmatchcase(found.importer, self.importer) and fnmatchcase(found.imported, self.imported)


# The one door from orchestrator to dashboards.
DOORS: Final = (
    Exemption(
        "orchestrator.cli.serve", "dashboards.app", "`orchestrator serve` starts the app; no other command needs it"
    ),
)

# Imports inside functions. Each costs a reader something, so each is here with its reason.
LATE_IMPORTS: Final = (
    Exemption(
        "orchestrator.cli.serve",
        "dashboards.app",
        "the door: Dash is loaded by the command that serves it, and by no other",
    ),
    Exemption(
        "orchestrator.cli.main",
        "orchestrator.cli.*",
        "`orchestrator --help` answers in 0.3 seconds: each command, and pandas with it, is loaded when it is called",
    ),
    Exemption("orchestrator.cli.compare", "orchestrator.study", "as freezing: only --pack needs it"),
    Exemption(
        "orchestrator.freezing",
        "orchestrator.study",
        "opening and comparing snapshots asks no question: all analyses and the optimiser stay where they are",
    ),
    Exemption("orchestrator.export.docx", "docx", "only the editable document needs it, and an XML library with it"),
    Exemption("orchestrator.export.docx", "docx.*", "as docx"),
    Exemption("orchestrator.export.workbook", "gptables", "a third of a second: only the workbook for people needs it"),
    Exemption("orchestrator.export.pdf", "typst", "a compiler of 40 MB: only the board brief as PDF needs it"),
    Exemption(
        "orchestrator.kernels.compiled",
        "numba",
        "importing numba costs as much as all that is said of a small mission: only large work is compiled",
    ),
    Exemption(
        "orchestrator.model.engines",
        "igraph",
        "our own kernels answer what the commands ask; the engines are for exports and for comparing",
    ),
    Exemption(
        "orchestrator.model.engines", "networkx", "as igraph: it alone costs a fifth of what `analyse` takes to start"
    ),
    Exemption("orchestrator.model.engines", "scipy.*", "as igraph"),
    Exemption(
        "orchestrator.evidence.postgres",
        "psycopg",
        "an extra of its own: whoever does not ask for PostgreSQL need not have its driver",
    ),
    Exemption(
        "orchestrator.evidence.spark",
        "pyspark.sql",
        "an extra of its own, of 455 MB and with Java: whoever does not ask for Spark need not have it",
    ),
    Exemption(
        "orchestrator.partners.highs",
        "scipy.*",
        "the solver costs half of what `orchestrator missions` takes to start, and only `partners` asks it",
    ),
)


def room(name: str) -> tuple[str, str]:
    """The package and the room in it: ``orchestrator.tables.check`` stands in ``("orchestrator", "tables")``."""
    package, _, rest = name.partition(".")
    return package, rest.split(".", maxsplit=1)[0]


def floor(package: str, name: str) -> int | None:
    """How high is the room? 0 is the ground; None where no floor has it."""
    for height, rooms in enumerate(FLOORS[package]):
        if name in rooms:
            return height
    return None


def rooms_without_a_floor(root: Path) -> Iterator[str]:
    """A new room has to be given a floor before anything can be said about it."""
    seen = {room(module.name) for module in read(root)}
    for package, name in sorted(seen):
        if name and floor(package, name) is None:
            yield f"{package}/{name} has no floor. Say in tests/house/floors.py where it stands."


def wrong_way(root: Path) -> Iterator[str]:
    """Imports that go up, across to another wing, or out of ``orchestrator`` into ``dashboards``.

    The package itself (``orchestrator/__init__``) is what everybody stands on, so it imports nothing of the house.
    """
    for found in imports(root):
        (from_package, from_room), (to_package, to_room) = room(found.importer), room(found.imported)
        if to_package not in FLOORS or any(door.covers(found) for door in DOORS):
            continue
        if from_package == "orchestrator" and to_package == "dashboards":
            yield f"{found}: orchestrator never imports dashboards."
        elif not from_room:
            yield f"{found}: the package itself imports nothing of the house."
        elif from_package == to_package and to_room and from_room != to_room:
            here, there = floor(from_package, from_room), floor(to_package, to_room)
            if here is not None and there is not None and there >= here:
                yield f"{found}: {'wings stand apart' if here == there else 'that is upward'}."


def late_imports(root: Path) -> Iterator[str]:
    """Imports inside functions that the short list does not name."""
    for found in imports(root):
        if found.late and not any(late.covers(found) for late in LATE_IMPORTS):
            yield f"{found} inside a function. Move it to the top, or give it a reason in tests/house/floors.py."


def unused_exemptions(root: Path) -> Iterator[str]:
    """Exemptions that nothing needs any more."""
    for each in {*DOORS, *LATE_IMPORTS}:
        if not any(each.covers(found) for found in imports(root)):
            yield f"{each.importer} imports no {each.imported}: take the exemption out of tests/house/floors.py."


def circles(root: Path) -> Iterator[str]:
    """Groups of modules that import each other in a circle; imports for types only and inside functions count."""
    below: dict[str, set[str]] = {module.name: set() for module in read(root)}
    for found in imports(root):
        target = _nearest_module(found.imported, below)
        if target and target != found.importer:
            below[found.importer].add(target)
    reach = {name: _reachable(name, below) for name in below}
    told: set[str] = set()
    for name in sorted(below):
        circle = sorted(other for other in reach[name] if name in reach[other])
        if circle and name not in told:
            told.update(circle)
            yield f"A circle of imports: {', '.join(circle)}."


def _nearest_module(name: str, known: Mapping[str, object]) -> str:
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name


def _reachable(start: str, below: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    todo = list(below[start])
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo.extend(below[name])
    return seen
