"""Who is relied on: the ranking that the overview, the ring map and the bottlenecks page share."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.views.bodies import Bodies, Body
from orchestrator.model.ring import NUMBERED
from orchestrator.model.wording import counted

__all__ = ["NUMBERED", "Reliance", "reliance"]


@dataclass(frozen=True)
class Reliance:
    """A body whose leaving would cut members off from the centre or worsen a requirement; ``rank`` starts at 1."""

    rank: int
    body: Body
    cut_off: tuple[str, ...]
    worsened: tuple[str, ...]
    weight_lost: float
    hops: int | None

    @property
    def consequence(self) -> str:
        """What its leaving would do, in a few words."""
        parts = []
        if self.cut_off:
            parts.append(f"cuts off {counted(len(self.cut_off), 'body', 'bodies')}")
        if self.worsened:
            parts.append(f"leaves {counted(len(self.worsened), 'requirement')} worse off")
        return ", ".join(parts)


def reliance(bodies: Bodies) -> tuple[Reliance, ...]:
    """Who is relied on, most first: by requirement weight lost, then members cut off, then id. Empty if nobody is."""
    found = []
    for name in bodies.results.graph.members:
        lost, cut = bodies.measured(name, "weight_lost"), bodies.measured(name, "cut_off")
        if cut or bodies.measured(name, "worsened"):
            found.append((-(lost or 0.0), -len(cut), name))
    return tuple(_entry(bodies, name, rank) for rank, (_, _, name) in enumerate(sorted(found), start=1))


def _entry(bodies: Bodies, name: str, rank: int) -> Reliance:
    return Reliance(
        rank,
        bodies[name],
        bodies.measured(name, "cut_off"),
        bodies.measured(name, "worsened"),
        float(bodies.measured(name, "weight_lost") or 0.0),
        bodies.measured(name, "hops"),
    )
