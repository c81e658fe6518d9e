"""The board on which work is written: what is asked for twice is done once, and what is done is kept for everybody."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from dashboards.jobs.hand import Hand
from dashboards.jobs.messages import fingerprint
from dashboards.jobs.progress import Progress, StillWorking, Stopped, Tell
from orchestrator.errors import OrchestratorError
from orchestrator.model.digest import digest_of
from orchestrator.tables.pack import Pack

__all__ = ["GRACE", "Jobs"]

_LOG = logging.getLogger(__name__)
_P = ParamSpec("_P")
_T = TypeVar("_T")

#: Seconds that an answer waits for work before it says that the work goes on.
GRACE: Final = 0.3
#: The same for work that is short enough to be done in the thread of a request: a page that flashes is worse.
_NEXT_DOOR: Final = 10.0
#: Seconds after which nobody waits any more who has not asked again.
_PATIENCE: Final = 20.0
_TICK: Final = 1.0
_MOST_HANDS: Final = 4
#: Bytes of outcomes that are kept, as they were sent; one that was not sent counts as the lightest.
_MOST_KEPT: Final = 1 << 30
_LIGHTEST: Final = 1 << 20
_CANCELLED: Final = "It was cancelled."
_TOO_LONG: Final = "It took longer than {:.0f} seconds and was stopped."


@dataclass
class _Job:
    """One piece of work. All but ``progress`` changes under the lock of the board only."""

    key: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    longest: float
    ahead: bool
    name: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    progress: Progress = field(default_factory=Progress)
    waiting: dict[str, float] = field(default_factory=dict)
    held: int = 0
    hand: Hand | None = None
    begun: float = 0.0
    stopped: str = ""
    over: threading.Event = field(default_factory=threading.Event)
    value: Any = None
    error: Exception | None = None
    weight: int = _LIGHTEST

    def outcome(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.value


class Jobs:
    """Does work in processes of its own, each thing once; keeps the last ``keep`` outcomes, a gibibyte at most.

    Nothing is started before it is needed. Threads may share it. ``close`` ends all processes.
    """

    def __init__(self, hands: int | None = None, keep: int = 256) -> None:
        self._most = hands or min(_MOST_HANDS, os.cpu_count() or 1)
        self._keep = keep
        self._kept: OrderedDict[str, _Job] = OrderedDict()
        self._weight = 0
        self._open: OrderedDict[str, _Job] = OrderedDict()  # by key, until they are over
        self._queue: list[_Job] = []
        self._hands: list[Hand] = []
        self._idle = 0
        self._names: weakref.WeakKeyDictionary[Pack, str] = weakref.WeakKeyDictionary()
        self._changed = threading.Condition()
        self._closed = False
        self._finished = 0
        self._of_thread = threading.local()

    @property
    def hands(self) -> int:
        """How many processes there are."""
        return len(self._hands)

    @property
    def finished(self) -> int:
        """How many pieces of work are over: while it is the same number, nothing is there that was not there before."""
        return self._finished

    @contextmanager
    def noting(self) -> Iterator[list[str]]:
        """The names of the work that this thread asks for meanwhile and that is not there yet; blank for work that it
        only looked for."""
        missing: list[str] = []
        self._of_thread.missing = missing
        try:
            yield missing
        finally:
            self._of_thread.missing = []

    def go_on(self, names: Iterable[str]) -> None:
        """Work on these though nobody waits: a page was shown without them, and somebody will look again."""
        with self._changed:
            for job in map(self._named, filter(None, names)):
                if job is not None:
                    job.ahead = True

    # ── asking ────────────────────────────────────────────────────────────────────────────────────

    def ask(
        self,
        function: Callable[Concatenate[Tell, _P], _T],
        *arguments: _P.args,
        **settings: _P.kwargs,
    ) -> _T:
        """The value of ``function(tell, *arguments)``, from a worker unless it is kept already.

        ``function`` stands at the top of a module; it and its arguments are sent to another process. What is asked for
        is known again by them. Raises StillWorking where it is not done after a short grace, the OrchestratorError
        that the function raised, Stopped where it was cancelled or broke off.
        """
        if settings:
            raise TypeError("arguments are given by position, so that work is known again by them")
        return self.ask_with(function, arguments)

    def ask_with(
        self,
        function: Callable[..., _T],
        arguments: tuple[Any, ...],
        *,
        here: bool = False,
        grace: float = GRACE,
        longest: float = 3600.0,
    ) -> _T:
        """As ``ask``, with choices: ``here`` does it in this thread, which is right where that takes less than a blink;
        ``grace`` are the seconds to wait for it, ``longest`` those that it may take.
        """
        job, mine = self._entered(function, arguments, longest, here=here, ahead=False)
        if mine and here:
            self._do_here(job)
        elif not job.over.is_set():
            self._hold(job, _NEXT_DOOR if here else grace)
        if not job.over.is_set():
            self._note(job.name)
            raise StillWorking(job.progress, job.name, self._ticket(job))
        if isinstance(job.error, Stopped):
            self._note("")
        value: _T = job.outcome()
        return value

    def knows(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> bool:
        """Is the value of ``function(tell, *arguments)`` kept already? A page that is made without it is not whole."""
        key = fingerprint((function, arguments), self._name_of)
        with self._changed:
            known = key in self._kept
        if not known:
            self._note("")
        return known

    def ahead(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Have this done before anybody asks, when nothing that somebody waits for is left to do."""
        self._entered(function, arguments, 3600.0, here=False, ahead=True)

    # ── watching and cancelling ───────────────────────────────────────────────────────────────────

    def progress(self, name: str, ticket: str = "") -> Progress | None:
        """How far is the work of this name? None where it is over. Whoever asks with a ticket still waits."""
        with self._changed:
            job = self._named(name)
            if job is not None and ticket in job.waiting:
                job.waiting[ticket] = time.monotonic()
            return None if job is None else job.progress

    def cancel(self, name: str, ticket: str) -> None:
        """Whoever has this ticket does not wait any more. Work that nobody else waits for ends at once."""
        with self._changed:
            job = self._named(name)
            if job is not None and job.waiting.pop(ticket, None) is not None and not _awaited(job):
                self._stop(job, _CANCELLED)

    def close(self) -> None:
        """End all processes; what was not done is not done."""
        with self._changed:
            self._closed = True
            for job in list(self._open.values()):
                self._stop(job, _CANCELLED)
            for hand in self._hands:
                hand.end()
            self._changed.notify_all()

    # ── inside ────────────────────────────────────────────────────────────────────────────────────

    def _note(self, name: str) -> None:
        missing: list[str] = getattr(self._of_thread, "missing", [])
        missing.append(name)

    def _name_of(self, pack: Pack) -> str:
        """The digest of a pack, worked out once."""
        name = self._names.get(pack)
        if name is None:
            name = self._names[pack] = digest_of(pack.tables, {"pack": pack.name})
        return name

    def _entered(
        self, function: Callable[..., Any], arguments: tuple[Any, ...], longest: float, *, here: bool, ahead: bool
    ) -> tuple[_Job, bool]:
        """The job for this work, and whether it was entered just now."""
        key = fingerprint((function, arguments), self._name_of)
        with self._changed:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key], False
            if key in self._open:
                job = self._open[key]
                job.ahead = job.ahead and ahead
                return job, False
            job = self._open[key] = _Job(key, function, arguments, longest, ahead)
            if not here:
                self._queue.append(job)
                self._see_to_hands()
            return job, True

    def _see_to_hands(self) -> None:
        if self._closed:
            return
        if not self._hands:
            threading.Thread(target=self._watch, name="jobs-watch", daemon=True).start()
        if self._idle < len(self._queue) and len(self._hands) < self._most:
            hand = Hand(self._name_of)
            self._hands.append(hand)
            threading.Thread(target=self._work, args=(hand,), name="jobs-hand", daemon=True).start()
        self._changed.notify_all()

    def _hold(self, job: _Job, seconds: float) -> None:
        """Wait for the job; as long as somebody does, it is not ended because all others went."""
        with self._changed:
            job.held += 1
        job.over.wait(seconds)
        with self._changed:
            job.held -= 1

    def _ticket(self, job: _Job) -> str:
        with self._changed:
            ticket = secrets.token_urlsafe(9)
            job.waiting[ticket] = time.monotonic()
            return ticket

    def _named(self, name: str) -> _Job | None:
        return next((job for job in self._open.values() if secrets.compare_digest(job.name, name)), None)

    def _do_here(self, job: _Job) -> None:
        error: Exception | None = None
        try:
            job.value = job.function(_silent, *job.arguments)
        except Exception as raised:
            error = raised
        self._finish(job, job.value, error)

    def _work(self, hand: Hand) -> None:
        """What the thread of one hand does all day."""
        while (job := self._next(hand)) is not None:

            def told(progress: Progress, job: _Job = job) -> None:
                job.progress = progress

            try:
                kind, value = hand.do(job.function, job.arguments, told)
            except Stopped as stopped:
                self._finish(job, None, Stopped(job.stopped) if job.stopped else stopped)
                continue
            except Exception as unsendable:
                _LOG.exception("work could not be handed over")
                self._finish(job, None, Stopped(str(unsendable)))
                continue
            if kind == "failed":
                _LOG.error("work failed in its process:\n%s", value)
                self._finish(job, None, Stopped("Something went wrong on our side while it was worked out."))
            elif kind == "refused":
                self._finish(job, None, value)
            else:
                job.weight = max(_LIGHTEST, hand.weight)
                self._finish(job, value, None)

    def _next(self, hand: Hand) -> _Job | None:
        with self._changed:
            self._idle += 1
            while not self._queue and not self._closed:
                self._changed.wait()
            self._idle -= 1
            if self._closed:
                return None
            job = min(self._queue, key=lambda each: each.ahead)
            self._queue.remove(job)
            job.hand, job.begun = hand, time.monotonic()
            job.progress = Progress("Getting ready")
            return job

    def _finish(self, job: _Job, value: Any, error: Exception | None) -> None:
        with self._changed:
            job.value, job.error, job.hand = value, error, None
            self._open.pop(job.key, None)
            self._finished += 1
            if error is None or isinstance(error, OrchestratorError):
                self._kept[job.key] = job
                self._weight += job.weight
                job.arguments = ()
                while len(self._kept) > self._keep or (self._weight > _MOST_KEPT and len(self._kept) > 1):
                    self._weight -= self._kept.popitem(last=False)[1].weight
            job.over.set()

    def _stop(self, job: _Job, why: str) -> None:
        """Under the lock."""
        job.stopped = why
        if job in self._queue:
            self._queue.remove(job)
            self._open.pop(job.key, None)
            self._finished += 1
            job.error = Stopped(why)
            job.over.set()
        elif job.hand is not None:
            job.hand.end()

    def _watch(self) -> None:
        """End what nobody waits for any more, and what takes too long."""
        while True:
            with self._changed:
                if self._closed:
                    return
                self._changed.wait(_TICK)
                for job in list(self._open.values()):
                    self._look_at(job, time.monotonic())

    def _look_at(self, job: _Job, now: float) -> None:
        for ticket in [ticket for ticket, seen in job.waiting.items() if now - seen > _PATIENCE]:
            del job.waiting[ticket]
            if not _awaited(job):
                self._stop(job, _CANCELLED)
        if job.hand is not None and now - job.begun > job.longest:
            self._stop(job, _TOO_LONG.format(job.longest))


def _awaited(job: _Job) -> bool:
    return bool(job.waiting) or job.ahead or job.held > 0


def _silent(words: str, done: int, of: int) -> None:
    """Where work is done at once there is nothing to tell."""
