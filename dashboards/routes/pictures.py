"""The ring maps that were asked for lately, ready to be sent: laying 50,000 bodies out takes a second, once."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final

from flask import Response, request

from dashboards.selection import Selection
from dashboards.views.missing import gap_of
from dashboards.views.network import ring_frame
from dashboards.views.surroundings import steps_asked, surroundings_frame
from orchestrator.drawing.ring import RingFrame, ring_json, ring_layout
from orchestrator.model.advice import Advice
from orchestrator.model.results import Results

__all__ = ["Picture", "Pictures"]

_LEVEL: Final = 5


@dataclass(frozen=True)
class Picture:
    """One picture as the browser gets it."""

    text: bytes

    @cached_property
    def packed(self) -> bytes:
        """The same, compressed."""
        return gzip.compress(self.text, _LEVEL, mtime=0)

    @cached_property
    def name(self) -> str:
        """A name of exactly this content."""
        return sha256(self.text).hexdigest()[:32]

    def answer(self) -> Response:
        """What is sent for it: compressed where the browser takes that, and nothing where it has it already."""
        packs = request.accept_encodings["gzip"] > 0
        response = Response(self.packed if packs else self.text, mimetype="application/json")
        if packs:
            response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
        response.set_etag(self.name)
        response.cache_control.no_cache = True
        response.make_conditional(request)
        return response


class Pictures:
    """Makes pictures and keeps the last ``keep`` of them. Threads may share it."""

    def __init__(self, keep: int = 12) -> None:
        self._keep = keep
        self._kept: OrderedDict[tuple[str, ...], Picture] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, results: Results, advice: Advice | None, selection: Selection) -> Picture | None:
        """The picture of a mission, or of the surroundings of the body that ``selection`` names; None for no member."""
        letters = "" if advice is None else "|".join(one.organisation_id for one in advice.chosen)
        if not selection.asked("around"):
            gap = gap_of(results, selection)
            key = (results.graph.digest, letters, *(("gap", selection.capability, selection.place) if gap else ()))
            return self._made(key, lambda: ring_frame(results, advice, gap))
        if selection.body not in results.graph.members:
            return None
        steps = steps_asked(selection)
        key = (results.graph.digest, selection.body, str(steps))
        return self._made(key, lambda: surroundings_frame(results, selection.body, steps))

    def _made(self, key: tuple[str, ...], frame: Callable[[], RingFrame]) -> Picture:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = Picture(ring_json(ring_layout(frame())))
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._keep:
                self._kept.popitem(last=False)
        return made
