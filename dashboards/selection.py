"""What a person chose, and the address that says so. State lives in the address, so a link restores the view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import parse_qs, quote, unquote, urlencode

from orchestrator.analysis.outlook import months_after
from orchestrator.model.mission_graph import DEFAULT_LEVEL

__all__ = ["MISSION_PAGES", "Selection", "read_selection"]

#: The pages beside those of a mission by the whole of their address. The page of an organisation has its id behind it.
_OTHER_PAGES: Final = MappingProxyType(
    {"": "missions", "across": "across", "data": "data", "data/match": "match", "data/bring": "bring", "words": "words"}
)

#: The pages of a mission by the last part of their address.
MISSION_PAGES: Final = MappingProxyType(
    {
        "": "overview",
        "coverage": "coverage",
        "network": "network",
        "bottlenecks": "bottlenecks",
        "partners": "partners",
        "scenario": "scenario",
        "principles": "principles",
        "changes": "changes",
        "export": "export",
    }
)
_LEVELS: Final = (1, 2, 3, 4)
#: What every page may be asked; anything else in an address is a page's own.
_EVERYWHERE: Final = frozenset({"pack", "on", "ahead", "level", "body", "capability", "place", "sheet"})
#: The farthest day that can be asked for as months from today.
_FARTHEST: Final = 600


@dataclass(frozen=True)
class Selection:
    """Which page of which mission, on which day, and what is picked on it.

    ``on`` None is today. ``page`` is blank where the address names no page. ``pack`` is the key of a pack that was
    brought, blank for the one that is served. ``more`` holds what only one page asks for, as (name, text) in the order
    of the address; the page's view reads it. ``problems`` are sentences about parts of the address that could not be
    read; the view then shows the usual choice and says so.
    """

    page: str = "missions"
    mission_id: str = ""
    on: date | None = None
    level: int = DEFAULT_LEVEL
    body: str = ""
    capability: str = ""
    place: str = ""
    sheet: int = 1
    organisation_id: str = ""
    pack: str = ""
    more: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day that is looked at."""
        return self.on or date.today()

    def to(self, page: str, **changes: Any) -> Selection:
        """Another page of the same pack with the same day and level, nothing picked."""
        kept = replace(self, page=page, body="", capability="", place="", sheet=1, more=(), problems=())
        return replace(kept, **changes)

    def asked(self, name: str) -> str:
        """What the address says of a choice that only this page has; blank where it says nothing.

        >>> read_selection("/mission/a/partners", "?max-new=5").asked("max-new")
        '5'
        """
        return dict(self.more).get(name, "")

    def asking(self, **choices: str) -> Selection:
        """The same view with these choices of its own page (an underscore is written as a dash); blank takes one out.

        >>> read_selection("/mission/a/partners", "?max-new=5").asking(max_new="", within="2").query()
        'within=2'
        """
        kept = dict(self.more) | {name.replace("_", "-"): text for name, text in choices.items()}
        return replace(self, more=tuple((name, text) for name, text in kept.items() if text))

    def address(self, **changes: Any) -> str:
        """The address of this view, or of the view that differs from it in ``changes``.

        >>> Selection("coverage", "clean-energy", date(2026, 1, 2)).address(place="W92000004")
        '/mission/clean-energy/coverage?on=2026-01-02&place=W92000004'
        """
        return str(_address(replace(self, **changes)))

    @property
    def path(self) -> str:
        """The part of the address before the question mark."""
        return _path(self)

    def query(self) -> str:
        """The part of the address behind the question mark."""
        return urlencode(self.parts())

    def parts(self) -> list[tuple[str, str]]:
        """What the address chooses, by name: what a form has to send along so that nothing is lost.

        >>> Selection("coverage", "clean-energy", level=3).parts()
        [('level', '3')]
        """
        return list(_query(self))


def _address(selection: Selection) -> str:
    path, query = _path(selection), selection.query()
    return f"{path}?{query}" if query else path


def _path(selection: Selection) -> str:
    if selection.page == "organisation":
        return f"/organisation/{quote(selection.organisation_id, safe='')}"
    for path, name in _OTHER_PAGES.items():
        if name == selection.page:
            return f"/{path}"
    last = {name: part for part, name in MISSION_PAGES.items()}[selection.page]
    return f"/mission/{quote(selection.mission_id, safe='')}" + (f"/{last}" if last else "")


def _query(selection: Selection) -> Iterator[tuple[str, str]]:
    if selection.pack:
        yield "pack", selection.pack
    if selection.on is not None:
        yield "on", selection.on.isoformat()
    if selection.level != DEFAULT_LEVEL:
        yield "level", str(selection.level)
    for name in ("body", "capability", "place"):
        if getattr(selection, name):
            yield name, getattr(selection, name)
    if selection.sheet != 1:
        yield "sheet", str(selection.sheet)
    yield from selection.more


def read_selection(pathname: str | None, search: str | None) -> Selection:
    """What does this address choose? What cannot be read is told in ``problems``; an unknown page is blank.

    >>> read_selection("/mission/clean-energy/coverage", "?place=W92000004").place
    'W92000004'
    >>> read_selection("/mission/clean-energy", "?on=tomorrow").problems
    ("'tomorrow' is not a day, so today is shown. Write a day like 2026-11-23.",)
    """
    asked = {name: values[0] for name, values in parse_qs((search or "").lstrip("?")).items()}
    page, subject = _read_path(pathname or "/")
    on, no_day = _read_day(asked)
    level, no_level = _read_level(asked)
    sheet, no_sheet = _read_sheet(asked)
    problems = tuple(problem for problem in (no_day, no_level, no_sheet) if problem)
    return Selection(
        page,
        subject if page in MISSION_PAGES.values() else "",
        on,
        level,
        asked.get("body", ""),
        asked.get("capability", ""),
        asked.get("place", ""),
        sheet,
        subject if page == "organisation" else "",
        asked.get("pack", ""),
        tuple((name, text) for name, text in asked.items() if name not in _EVERYWHERE),
        problems,
    )


def _read_path(pathname: str) -> tuple[str, str]:
    parts = [unquote(part) for part in pathname.strip("/").split("/")]
    if "/".join(parts) in _OTHER_PAGES:
        return _OTHER_PAGES["/".join(parts)], ""
    if parts[0] == "organisation" and len(parts) > 1:
        return "organisation", "/".join(parts[1:])
    if parts[0] != "mission" or len(parts) not in (2, 3):
        return "", ""
    return MISSION_PAGES.get(parts[2] if len(parts) == 3 else "", ""), parts[1]


def _read_day(asked: Mapping[str, str]) -> tuple[date | None, str]:
    text = asked.get("on", "").strip()
    if asked.get("ahead", "").strip():
        return _read_months(asked["ahead"].strip())
    if not text:
        return None, ""
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return None, f"'{text[:40]}' is not a day, so today is shown. Write a day like 2026-11-23."


def _read_months(text: str) -> tuple[date | None, str]:
    """A day as months from today, as a form without scripts sends it; none from today is today."""
    if text.isdecimal() and len(text) < 4 and int(text) <= _FARTHEST:
        return (months_after(date.today(), int(text)) if int(text) else None), ""
    return None, f"'{text[:40]}' is not a number of months, so today is shown. Use 0 to {_FARTHEST}."


def _read_level(asked: Mapping[str, str]) -> tuple[int, str]:
    text = asked.get("level", str(DEFAULT_LEVEL)).strip()
    if text.isdecimal() and len(text) == 1 and int(text) in _LEVELS:
        return int(text), ""
    return DEFAULT_LEVEL, f"'{text[:40]}' is not a level of ties, so level {DEFAULT_LEVEL} is used. Use 1 to 4."


def _read_sheet(asked: Mapping[str, str]) -> tuple[int, str]:
    text = asked.get("sheet", "1").strip()
    if text.isdecimal() and len(text) < 7 and int(text) > 0:
        return int(text), ""
    return 1, f"'{text[:40]}' is not a sheet of the table, so the first is shown. Use 1 or more."
