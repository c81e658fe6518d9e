"""What was assumed when the worlds were drawn, as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from orchestrator.model.wording import counted, number, percent
from orchestrator.worlds.answers import Answers
from orchestrator.worlds.doubt import GRACE_YEARS, HALF_LIFE_YEARS, Doubt
from orchestrator.worlds.drawing import Drawing
from orchestrator.worlds.unreported import Unreported

__all__ = ["assumptions"]


def assumptions(drawing: Drawing, told: Answers, count: int) -> tuple[str, ...]:
    """What should a reader know of how these worlds were drawn? One sentence a line."""
    return (
        f"With {counted(count, 'world')} a share is known to within {percent(0.98 / sqrt(count))}.",
        *_of_reported_ties(drawing.doubt),
        *_of_unreported_ties(drawing.unreported, told),
        "Who is a member, who is engaged, what is offered and what is needed are taken as they are recorded.",
        "Betweenness over all pairs is not recomputed.",
    )


def _of_reported_ties(known: Doubt) -> Iterator[str]:
    in_doubt = int((known.chance < 1.0).sum())
    yield (
        f"A reported tie is there with the confidence that its rows state: {number(in_doubt)} of "
        f"{counted(len(known.chance), 'row')} of ties are stated, or by their age taken, to be less than certain."
    )
    yield (
        f"A tie that was seen within {number(GRACE_YEARS)} year is as sure as it was; of older ones half are taken to "
        f"end every {number(HALF_LIFE_YEARS)} years. A tie without a day on which it was last seen does not age."
    )
    if not known.classes:
        yield "No source of ties was audited, as no row that counts is confirmed by anybody: sources err row by row."
    for name, confirmed, refuted in zip(known.classes, known.confirmed, known.refuted, strict=True):
        yield (
            f"{name or 'Rows without a source'}: {number(confirmed)} confirmed and {number(refuted)} left unconfirmed "
            f"by the other end that answered; its other rows are right or wrong together."
        )


def _of_unreported_ties(missing: Unreported, told: Answers) -> Iterator[str]:
    asked, silent = int(told.asked.sum()), int(told.silent.sum())
    if not asked:
        yield "No member was asked about its ties, so nothing is known of ties that nobody reported; none are added."
        return
    yield (
        f"{number(asked)} of {counted(len(told.asked), 'member')} were asked about their ties and {number(silent)} of "
        f"those did not answer. A tie is taken to be unreported only where both ends were asked and neither answered."
    )
    if missing.blocks:
        expected = sum(block.expected for block in missing.blocks)
        yield f"On average {number(round(expected, 1))} ties that nobody reported are added to a world."
    if asked < len(told.asked):
        yield f"{number(len(told.asked) - asked)} members were never asked; ties that only they know of are not added."
