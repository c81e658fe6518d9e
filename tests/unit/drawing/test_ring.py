"""The ring map's layout: where bodies stand, what the browser is sent, and that nothing covers anything else."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.drawing.ring import MissingPartner, RingFrame, RingPicture, ring_json, ring_layout

SECTORS = (
    ("central", "Central government"),
    ("local", "Local government"),
    ("firm", "Business"),
    ("research", "Research"),
)
SETTINGS = settings(max_examples=60, deadline=None)


def steps_from_centre(count: int, ties: list[tuple[int, int]]) -> list[int]:
    """Breadth-first steps from body 0, by the plainest means; -1 without a route."""
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for one, other in ties:
        neighbours[one].append(other)
        neighbours[other].append(one)
    steps = [-1] * count
    steps[0] = 0
    waiting = deque([0])
    while waiting:
        body = waiting.popleft()
        for other in neighbours[body]:
            if steps[other] < 0:
                steps[other] = steps[body] + 1
                waiting.append(other)
    return steps


def frame_of(count: int, ties: list[tuple[int, int]], sectors: list[str] | None = None, **more: object) -> RingFrame:
    words = tuple(f"body {k}" for k in range(count))
    blank = ("",) * count
    frame = RingFrame(
        words, words, tuple(sectors or ["firm"] * count), blank, blank, blank,
        np.array(steps_from_centre(count, ties)), np.zeros(count), 0, np.array(ties, dtype=np.int64), sectors=SECTORS,
    )  # fmt: skip
    return replace(frame, **more)  # type: ignore[arg-type]


@st.composite
def frames(draw: st.DrawFn) -> RingFrame:
    count = draw(st.integers(1, 140))
    body = st.integers(0, count - 1)
    hub = draw(st.integers(0, count - 1))
    ties = [(0, k) for k in range(1, hub + 1)] + draw(st.lists(st.tuples(body, body), max_size=2 * count))
    sector = st.sampled_from([sector for sector, _ in SECTORS] + ["unheard of"])
    letters = draw(st.integers(0, 6))
    missing = tuple(MissingPartner("ABCDEF"[k], f"partner {k}", draw(sector), "Wales") for k in range(letters))
    return frame_of(
        count,
        ties,
        draw(st.lists(sector, min_size=count, max_size=count)),
        dependency=np.array(draw(st.lists(st.floats(0, 1e6), min_size=count, max_size=count))),
        relied_on=tuple(draw(st.lists(body.filter(bool), max_size=7, unique=True))) if count > 1 else (),
        missing=missing,
    )


def discs(picture: RingPicture) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All discs, the missing partners' included."""
    large = np.full(len(picture.missing_x), 17.0)
    return (
        np.concatenate([picture.x, picture.missing_x]),
        np.concatenate([picture.y, picture.missing_y]),
        np.concatenate([picture.radius, large]),
    )


def star(count: int) -> RingFrame:
    return frame_of(count, [(0, k) for k in range(1, count)])


# ---- laws -----------------------------------------------------------------------------------------------------------


@SETTINGS
@given(frames())
def test_no_two_discs_overlap(frame: RingFrame) -> None:
    x, y, radius = discs(ring_layout(frame))
    gap = np.hypot(x[:, None] - x, y[:, None] - y) - (radius[:, None] + radius)
    np.fill_diagonal(gap, 1)
    assert gap.min() > 0


@SETTINGS
@given(frames())
def test_every_body_stands_inside_its_wedge(frame: RingFrame) -> None:
    picture = ring_layout(frame)
    wedges = {wedge.sector: wedge for wedge in picture.wedges}
    for body in np.flatnonzero(picture.ring > 0):
        wedge = wedges[frame.sector[body]]
        angle = (np.arctan2(picture.y[body], picture.x[body]) - wedge.start) % (2 * np.pi)
        half_width = np.arcsin(picture.radius[body] / np.hypot(picture.x[body], picture.y[body]))
        assert half_width - 1e-9 <= angle <= wedge.span - half_width + 1e-9


@SETTINGS
@given(frames())
def test_every_body_stands_inside_its_ring(frame: RingFrame) -> None:
    picture = ring_layout(frame)
    bands = {band.ring: band for band in picture.bands}
    for body in np.flatnonzero(picture.ring > 0):
        band = bands[int(picture.ring[body])]
        distance = np.hypot(picture.x[body], picture.y[body])
        assert band.inner - 1e-6 <= distance - picture.radius[body]
        assert distance + picture.radius[body] <= band.outer + 1e-6


@SETTINGS
@given(frames())
def test_rings_follow_each_other_with_a_line_between(frame: RingFrame) -> None:
    picture = ring_layout(frame)
    edge = 56.0
    for band in picture.bands:
        assert edge < band.line < band.inner < band.outer
        edge = band.outer
    assert edge < picture.outer_radius


@SETTINGS
@given(frames())
def test_the_same_frame_gives_the_same_picture_and_only_finite_numbers(frame: RingFrame) -> None:
    picture = ring_layout(frame)
    assert ring_json(picture) == ring_json(ring_layout(frame))
    assert all(np.isfinite(column).all() for column in discs(picture))


@SETTINGS
@given(frames())
def test_the_next_body_on_the_way_is_tied_and_one_step_nearer(frame: RingFrame) -> None:
    picture = ring_layout(frame)
    ties = {tuple(sorted(tie)) for tie in frame.ties.tolist()}
    for body, parent in enumerate(picture.parent.tolist()):
        assert (parent >= 0) == (frame.hops[body] > 0)
        if parent >= 0:
            assert frame.hops[parent] == frame.hops[body] - 1
            assert tuple(sorted((body, parent))) in ties


# ---- single cases ---------------------------------------------------------------------------------------------------


def test_rings_say_steps_up_to_four_and_then_no_route() -> None:
    chain = frame_of(8, [(k, k + 1) for k in range(6)])
    picture = ring_layout(chain)
    assert picture.ring.tolist() == [0, 1, 2, 3, 4, 4, 4, 5]
    assert [band.label for band in picture.bands] == ["1 step", "2 steps", "3 steps", "4+ steps", "no route"]


def test_a_lone_centre_stands_in_the_middle_of_empty_wedges() -> None:
    picture = ring_layout(frame_of(1, []))
    assert (picture.x[0], picture.y[0], picture.bands) == (0, 0, ())
    assert [wedge.count for wedge in picture.wedges] == [0, 0, 0, 0]


def test_no_bodies_at_all_give_an_empty_picture_that_can_still_be_sent() -> None:
    picture = ring_layout(RingFrame((), (), (), (), (), (), np.zeros(0), np.zeros(0), -1, np.zeros((0, 2))))
    sent = json.loads(ring_json(picture))
    assert (sent["bodies"]["id"], sent["wedges"], sent["bands"], sent["resting"]) == ([], [], [], [])


def test_without_ties_everybody_but_the_centre_is_beyond_the_dashed_line() -> None:
    picture = ring_layout(frame_of(30, []))
    assert picture.ring.tolist() == [0] + [5] * 29
    assert [band.ring for band in picture.bands] == [5]


def test_a_single_sector_takes_the_whole_circle() -> None:
    picture = ring_layout(replace(star(90), sectors=(("firm", "Business"),)))
    assert len(picture.wedges) == 1
    assert picture.wedges[0].span > 6


def test_a_sector_without_bodies_keeps_a_wedge_that_says_so() -> None:
    picture = ring_layout(star(10))
    assert {wedge.label: wedge.count for wedge in picture.wedges}["Research"] == 0


def test_a_sector_the_frame_does_not_name_gets_a_wedge_of_its_own_at_the_end() -> None:
    picture = ring_layout(frame_of(3, [(0, 1)], ["central", "firm", "guild"]))
    assert picture.wedges[-1].label == "guild"


def test_seven_numbered_discs_in_a_dense_first_ring_stay_apart() -> None:
    picture = ring_layout(replace(star(400), relied_on=(1, 2, 3, 4, 5, 6, 7)))
    x, y = picture.x[1:8], picture.y[1:8]
    apart = np.hypot(x[:, None] - x, y[:, None] - y) + 1e3 * np.eye(7)
    assert apart.min() >= 2 * 17


def test_of_several_shortest_routes_the_one_over_the_own_sector_is_drawn() -> None:
    ties = [(0, 1), (0, 2), (1, 3), (2, 3)]
    picture = ring_layout(frame_of(4, ties, ["central", "firm", "local", "local"]))
    assert picture.parent[3] == 2


def test_of_several_in_one_sector_the_one_most_relied_on_is_drawn() -> None:
    frame = frame_of(4, [(0, 1), (0, 2), (1, 3), (2, 3)], dependency=np.array([0.0, 1.0, 5.0, 0.0]))
    assert ring_layout(frame).parent[3] == 2


def test_a_body_more_relied_on_gets_a_larger_disc() -> None:
    frame = replace(star(4), dependency=np.array([0.0, 0.0, 4.0, 16.0]))
    radius = ring_layout(frame).radius
    assert radius[1] < radius[2] < radius[3]


def test_a_missing_partner_stands_one_step_from_the_centre_in_its_sector() -> None:
    frame = replace(star(20), missing=(MissingPartner("A", "Skills partner", "research", "Wales"),))
    picture = ring_layout(frame)
    wedge = picture.wedges[3]
    angle = (np.arctan2(picture.missing_y[0], picture.missing_x[0]) - wedge.start) % (2 * np.pi)
    distance = np.hypot(picture.missing_x[0], picture.missing_y[0])
    assert 0 < angle < wedge.span
    assert picture.bands[0].inner < distance < picture.bands[0].outer


def test_the_json_lists_every_tie_once_and_no_tie_of_a_body_with_itself() -> None:
    sent = json.loads(ring_json(ring_layout(frame_of(3, [(0, 1), (1, 0), (2, 2), (2, 1)]))))
    assert sent["ties"] == {"counts": [1, 1, 0], "others": [1, 2]}


def test_the_json_rests_at_most_six_thousand_ties() -> None:
    sent = json.loads(ring_json(ring_layout(star(9_000))))
    assert len(sent["resting"]) == 2 * 6_000
    assert sent["resting_routes"] == 6_000


def test_names_travel_as_they_are_up_to_six_hundred_letters() -> None:
    names = ("<b>Unit</b> & 'co'", "مؤسسة 👩‍🚒", "x" * 4000)
    sent = json.loads(ring_json(ring_layout(replace(star(3), name=names))))
    assert sent["bodies"]["name"][:2] == list(names[:2])
    assert sent["bodies"]["name"][2] == "x" * 599 + "…"


def test_half_a_letter_in_a_name_does_not_stop_the_picture() -> None:
    sent = ring_json(ring_layout(replace(star(2), name=("Unit", "broken \ud83d"))))
    assert json.loads(sent)["bodies"]["name"][1].startswith("broken ")


def test_fifty_thousand_bodies_are_laid_out() -> None:
    count = 50_000
    rng = np.random.default_rng(1)
    hops = np.concatenate([[0], np.ones(299), rng.integers(2, 7, count - 300)]).astype(int)
    ties = rng.integers(0, count, (150_000, 2))
    sectors = [SECTORS[k][0] for k in rng.integers(0, 4, count)]
    frame = replace(frame_of(count, [], sectors), hops=hops, ties=ties, dependency=rng.random(count))
    picture = ring_layout(frame)
    assert len(picture.x) == count
    assert np.isfinite(picture.x).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ("one",)}, "name has 1 entries"),
        ({"centre": 9}, "centre is 9"),
        ({"ties": np.array([[0, 7]])}, "position 7"),
        ({"relied_on": (-1,)}, "position -1"),
        ({"relied_on": (0,)}, "position 0, the centre"),
        ({"dependency": np.array([0.0, np.nan, 0.0])}, "not a finite number"),
    ],
)
def test_a_frame_that_contradicts_itself_is_refused_with_the_wrong_value(
    change: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        replace(star(3), **change)  # type: ignore[arg-type]
