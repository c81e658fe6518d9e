"""Pages that were made lately, as the text that is sent: whoever asks for the same view again gets it at once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from dash import html

from dashboards.desk import Desk
from dashboards.markup import markup
from dashboards.pages.answer import Shown, page_for
from dashboards.pages.catalogue import PAGES
from dashboards.selection import Selection

__all__ = ["Made", "Shelf", "made_of"]

#: Characters of pages that are kept.
_MOST: Final = 64 << 20
_KEPT: Final = frozenset(page.name for page in PAGES if page.kept)
_Key = tuple[Any, ...]


@dataclass(frozen=True)
class Made:
    """A page as text: its title, its markup, its status, and when a browser without scripts asks again (0: never)."""

    title: str
    body: str
    status: int
    again: int


def made_of(shown: Shown) -> Made:
    """A page as text."""
    return Made(shown.title, markup(shown.content), shown.status, shown.again)


def _asking(made: Made, missing: Iterable[str]) -> Made:
    """The page with a mark for the script, which asks how far the missing work is and has the page brought again."""
    name = next(filter(None, missing), "")
    if not name:
        return made
    asks: dict[str, Any] = {"data-working": f"/jobs/{name}.json"}
    return replace(made, body=made.body + markup(html.Div(hidden=True, **asks)))


class Shelf:
    """Makes pages and keeps them, the last ones up to 64 million characters. Threads may share it.

    A page follows from the selection, the day, the pack and what the workspace holds; once any of them is another, so
    is the page. One that was made without something that is still being worked out is kept until any work is over, and
    that work goes on though nobody waits for it.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pages: OrderedDict[_Key, tuple[Made, int | None]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def page(self, selection: Selection) -> Made:
        """The page of a selection."""
        if selection.page not in _KEPT:
            return made_of(page_for(self._desk, selection))
        key = (selection, selection.day, date.today(), self._desk.workspace.stamp(selection.pack))
        jobs = self._desk.jobs
        with self._lock:
            made, over = self._pages.get(key, (None, None))
            if made is not None and over in (None, jobs.finished):
                self._pages.move_to_end(key)
                return made
        over = jobs.finished
        with jobs.noting() as missing:
            made = made_of(page_for(self._desk, selection))
        if made.status == 200:
            jobs.go_on(missing)
            made = _asking(made, missing)
            self._keep(key, made, over if missing else None)
        return made

    def _keep(self, key: _Key, made: Made, over: int | None) -> None:
        with self._lock:
            if key in self._pages:
                self._size -= len(self._pages[key][0].body)
            self._pages[key] = made, over
            self._pages.move_to_end(key)
            self._size += len(made.body)
            while self._size > _MOST and len(self._pages) > 1:
                self._size -= len(self._pages.popitem(last=False)[1][0].body)
