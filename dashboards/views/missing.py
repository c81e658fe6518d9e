"""Which partners does the mission lack? Those that stand first on the page of missing partners, with its letters."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.views.bodies import Bodies, Body
from dashboards.views.partners import letter
from orchestrator.drawing.ring_frame import MissingPartner
from orchestrator.model.advice import Advice
from orchestrator.model.results import Results
from orchestrator.model.wording import counted

__all__ = ["LETTERED", "Lettered", "lettered"]

#: How many missing partners get a circle.
LETTERED = 5


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


def _consequence(closes: int, strengthens: int) -> str:
    parts = [f"closes {counted(closes, 'requirement')}"] if closes else []
    parts += [f"strengthens {counted(strengthens, 'requirement')}"] if strengthens else []
    return ", ".join(parts) or "adds to what is there"
