"""Which partners does the mission lack? Those that stand first on the page of missing partners, with its letters."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.selection import Selection
from dashboards.views.bodies import Bodies, Body
from dashboards.views.candidates import candidates_of
from dashboards.views.partners import letter
from orchestrator.drawing.ring_frame import MissingPartner
from orchestrator.model.advice import Advice
from orchestrator.model.coverage import coverage
from orchestrator.model.labels import requirement_labels
from orchestrator.model.results import Results
from orchestrator.model.wording import counted

__all__ = ["LETTERED", "Gap", "Lettered", "gap_of", "lettered"]

#: How many missing partners get a circle.
LETTERED = 5
#: How many of those who could fill a gap do.
COULD = 12


@dataclass(frozen=True)
class Lettered:
    """A missing partner: its letter, who it is, what it would close or strengthen in a few words.

    ``is_member``: it is in the network already, so far without work.
    """

    letter: str
    body: Body
    consequence: str
    is_member: bool

    @property
    def circle(self) -> MissingPartner:
        """The circle on the ring map of one that is not in the network yet."""
        body = self.body
        return MissingPartner(self.letter, body.name, body.sector, body.place, body.organisation_id)


def lettered(results: Results, advice: Advice) -> tuple[Lettered, ...]:
    """The first missing partners, what each is for; empty where nobody on record would help."""
    bodies = Bodies(results)
    return tuple(
        Lettered(
            letter(at),
            bodies[one.organisation_id],
            _consequence(len(one.closes), len(one.strengthens)),
            bodies.is_member(one.organisation_id),
        )
        for at, one in enumerate(advice.chosen[:LETTERED])
    )


@dataclass(frozen=True)
class Gap:
    """A cell of the need grid that is looked at on the map: what it is called, who could come in for it, how many
    more, and where all of them stand."""

    title: str
    could: tuple[Lettered, ...]
    more: int
    address: str


def gap_of(results: Results, selection: Selection) -> Gap | None:
    """Who could come in for the capability and place that the address picks? None where it picks no requirement."""
    graph = results.graph
    grid = coverage(graph)
    rows = grid.requirements
    here = rows[(rows["capability_id"] == selection.capability) & (rows["place_id"] == selection.place)]
    if here.empty:
        return None
    title = requirement_labels(graph)[str(here["requirement_id"].iloc[0])]
    ids = dict.fromkeys(name for at in here.index for name in grid.who(int(at), "candidate"))
    bodies = Bodies(results)
    known = candidates_of(bodies, tuple(ids), selection, COULD)
    could = tuple(
        Lettered(letter(at), one.body, "could come in", bodies.is_member(one.body.organisation_id))
        for at, one in enumerate(known)
    )
    address = selection.to("coverage", capability=selection.capability, place=selection.place).address()
    return Gap(title, could, len(ids) - len(could), address)


def _consequence(closes: int, strengthens: int) -> str:
    parts = [f"closes {counted(closes, 'requirement')}"] if closes else []
    parts += [f"strengthens {counted(strengthens, 'requirement')}"] if strengthens else []
    return ", ".join(parts) or "adds to what is there"
