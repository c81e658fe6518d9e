"""How a mission and its requirements stand, in the words that pages and documents share."""

from __future__ import annotations

from collections.abc import Mapping

from orchestrator.model.mission_graph import MissionGraph
from orchestrator.model.wording import counted

__all__ = ["headline", "lede", "nobody_on", "of_all", "standing"]


def nobody_on(states: Mapping[str, int]) -> int:
    """Requirements that nobody works on: gaps and those on paper only."""
    return states.get("gap", 0) + states.get("on-paper", 0)


def of_all(count: int, needs: int) -> str:
    """A count of requirements among all of them.

    >>> of_all(24, 155), of_all(1, 1)
    ('24 of 155 requirements', 'the one requirement')
    """
    return "the one requirement" if needs == 1 else f"{count:,} of {needs:,} requirements"


def standing(states: Mapping[str, int]) -> str:
    """Who works on the requirements, as a clause; ``states`` counts them by state.

    What is not known is never told as if somebody worked on it.

    >>> standing({"covered": 3, "gap": 1}), standing({"no-data": 2})
    ('1 of 4 requirements has nobody working on it', 'two requirements cannot be judged: nothing is recorded there')
    """
    needs, nobody, unknown = sum(states.values()), nobody_on(states), states.get("no-data", 0)
    if not needs:
        return "no requirements are recorded"
    if nobody:
        return f"{of_all(nobody, needs)} {'has' if nobody == 1 else 'have'} nobody working on {_them(nobody)}"
    if unknown == needs:
        return f"{counted(needs, 'requirement')} cannot be judged: nothing is recorded there"
    return "somebody works on every requirement" + (" that can be judged" if unknown else "")


def _them(count: int) -> str:
    return "it" if count == 1 else "them"


def headline(title: str, states: Mapping[str, int], relied_on: int) -> str:
    """The clause that a page or a brief of a mission leads with: how its requirements stand, and on how many it hangs.

    >>> headline("Warm homes", {"gap": 1, "covered": 3}, 2)
    '1 of 4 requirements has nobody working on it, and two organisations cannot leave without loss'
    """
    said = standing(states)
    said = f"{said[0].upper()}{said[1:]}" if sum(states.values()) else f"{title}: {said}"
    hangs = f"{counted(relied_on, 'organisation')} cannot leave without loss" if relied_on else ""
    return f"{said}, and {hangs}" if hangs else said


def lede(graph: MissionGraph) -> str:
    """Which mission it is, on which day, orchestrated by whom, and how large."""
    members = counted(len(graph.members), "organisation")
    return (
        f"{graph.title} on {graph.as_of:%-d %B %Y}, orchestrated by {graph.name_of(graph.centre_id)}: "
        f"{members} with {counted(len(graph.ends), 'tie')} between them."
    )
