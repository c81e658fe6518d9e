"""The referee: what a mission's definitions say, worked out slowly over plain rows, by removing and searching again.

Nothing here is shared with the code that it judges: no frames, no engines, no dominators, no Brandes. A pack is a
dict of tables, a table a list of rows, a row a dict of texts, as they stand in the files; only clean packs come here.
Organisations are ids. A tie of the graph is a pair of ids, the smaller first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from math import prod

Row = dict[str, str]
Tables = dict[str, list[Row]]
Pair = tuple[str, str]

WORSE = ("covered", "thin", "on-paper", "gap")


def active(row: Row, day: str) -> bool:
    """ISO dates stand in the order of their texts."""
    starts, ends = row.get("starts", ""), row.get("ends", "")
    return (not starts or starts <= day) and (not ends or day < ends)


def pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def level_of(tie: Row) -> int:
    if tie.get("level"):
        return int(float(tie["level"]))
    return 1 if tie.get("kind") == "meets" else 2


def strength_of(tie: Row) -> float:
    return float(tie["strength"]) if tie.get("strength") else float(level_of(tie))


def confidence_of(tie: Row) -> float:
    return float(tie["confidence"]) if tie.get("confidence") else 1.0


def weight_of(requirement: Row) -> float:
    return float(requirement["weight"]) if requirement.get("weight") else 1.0


def reached_from(start: str, neighbours: dict[str, set[str]], without: Iterable[str] = ()) -> dict[str, int]:
    """Steps from ``start`` to everybody who can be reached when some are gone."""
    gone = set(without)
    steps = {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there in neighbours[here] - gone - set(steps):
            steps[there] = steps[here] + 1
            queue.append(there)
    return steps


def shortest_paths(a: str, b: str, neighbours: dict[str, set[str]]) -> list[tuple[str, ...]]:
    """Every shortest path from a to b, each written out from end to end."""
    ways = [(a,)]
    seen = {a}
    while ways:
        if arrived := [way for way in ways if way[-1] == b]:
            return arrived
        ways = [(*way, there) for way in ways for there in sorted(neighbours[way[-1]] - seen)]
        seen.update(way[-1] for way in ways)
    return []


def simple_paths(a: str, b: str, neighbours: dict[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Every path from a to b that passes nobody twice."""
    ways = [(a,)]
    while ways:
        way = ways.pop()
        if way[-1] == b:
            yield way
        else:
            ways.extend((*way, there) for there in neighbours[way[-1]] if there not in way)


@dataclass(frozen=True)
class Oracle:
    """One mission on one day. ``gone`` is a body that has left; nothing of it is there any more."""

    tables: Tables
    mission_id: str
    day: str
    min_level: int = 2
    gone: str | None = None

    # ── who and what is there ───────────────────────────────────────────────────────────────────
    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])

    @cached_property
    def mission(self) -> Row:
        return next(row for row in self.rows("missions") if row["mission_id"] == self.mission_id)

    @property
    def centre(self) -> str:
        return self.mission["centre_id"]

    @cached_property
    def register(self) -> dict[str, Row]:
        return {row["organisation_id"]: row for row in self.rows("organisations")}

    @cached_property
    def active_engagements(self) -> list[Row]:
        rows = [row for row in self.rows("engagements") if row["mission_id"] == self.mission_id]
        return [row for row in rows if active(row, self.day) and row["organisation_id"] != self.gone]

    @cached_property
    def with_any_engagement(self) -> set[str]:
        return {row["organisation_id"] for row in self.active_engagements}

    @cached_property
    def taking_part(self) -> set[str]:
        return {row["organisation_id"] for row in self.active_engagements if row["status"] != "withdrawn"}

    @cached_property
    def engaged(self) -> set[str]:
        firm = ("committed", "delivering")
        return {row["organisation_id"] for row in self.active_engagements if row["status"] in firm}

    @cached_property
    def members(self) -> list[str]:
        """Who is a member does not change when somebody else leaves."""
        found = {self.centre} | replace(self, gone=None).taking_part if self.gone else {self.centre} | self.taking_part
        for tie in self.rows("ties"):
            if tie.get("mission_id") == self.mission_id and active(tie, self.day):
                found |= {tie["source_id"], tie["target_id"]}
        return sorted(found - {self.gone})

    @cached_property
    def counted_ties(self) -> dict[Pair, list[Row]]:
        """The tie rows that count, by pair."""
        found: dict[Pair, list[Row]] = {}
        for tie in self.rows("ties"):
            a, b = tie["source_id"], tie["target_id"]
            ours = tie.get("mission_id", "") in ("", self.mission_id)
            if a == b or not ours or not active(tie, self.day) or level_of(tie) < self.min_level:
                continue
            if a in self.members and b in self.members:
                found.setdefault(pair(a, b), []).append(tie)
        return dict(sorted(found.items()))

    @property
    def ties(self) -> list[Pair]:
        return list(self.counted_ties)

    def strength(self, tie: Pair) -> float:
        return sum(strength_of(row) for row in self.counted_ties[tie])

    def confidence(self, tie: Pair) -> float:
        return 1.0 - prod(1.0 - confidence_of(row) for row in self.counted_ties[tie])

    @cached_property
    def neighbours(self) -> dict[str, set[str]]:
        return self._neighbours(self.ties)

    def _neighbours(self, ties: Iterable[Pair]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {member: set() for member in self.members}
        for a, b in ties:
            found[a].add(b)
            found[b].add(a)
        return found

    def load(self, body: str) -> float:
        """Over all missions."""
        rows = [row for row in self.rows("engagements") if row["organisation_id"] == body and active(row, self.day)]
        firm = [row for row in rows if row["status"] in ("committed", "delivering")]
        return sum(float(row["load"]) if row.get("load") else 1.0 for row in firm)

    def capacity(self, body: str) -> float | None:
        text = self.register[body].get("capacity", "")
        return float(text) if text else None

    # ── the need grid ───────────────────────────────────────────────────────────────────────────
    @cached_property
    def requirements(self) -> list[Row]:
        rows = [row for row in self.rows("requirements") if row["mission_id"] == self.mission_id]
        return sorted(rows, key=lambda row: row["requirement_id"])

    def containers(self, place: str) -> set[str]:
        """The place and every place that contains it, in each hierarchy that it lies in."""
        above = {row["place_id"]: row.get("parent_id", "").split("|") for row in self.rows("places")}
        found, new = set(), {place}
        while new:
            found |= new
            new = {parent for name in new for parent in above[name] if parent} - found
        return found

    def providers(self, requirement: Row) -> set[str]:
        places = self.containers(requirement["place_id"])
        found = {
            offer["organisation_id"]
            for offer in self.rows("offers")
            if offer["capability_id"] == requirement["capability_id"] and offer["place_id"] in places
        }
        sector = requirement.get("sector", "")
        found -= {self.centre, self.gone}
        return {body for body in found if not sector or self.register[body]["sector"] == sector}

    def working(self, requirement: Row) -> list[str]:
        return sorted(self.providers(requirement) & self.engaged & set(self.steps))

    def on_paper(self, requirement: Row) -> list[str]:
        return sorted(self.providers(requirement) & self.taking_part - set(self.working(requirement)))

    def candidates(self, requirement: Row) -> list[str]:
        return sorted(self.providers(requirement) - self.with_any_engagement)

    def families(self, bodies: Iterable[str]) -> int:
        """Bodies of one family count once; a body without a family stands alone, whatever it is called."""
        names = [self.register[body].get("family", "") for body in bodies]
        return len({name for name in names if name}) + names.count("")

    def state(self, requirement: Row) -> str:
        working = self.families(self.working(requirement))
        minimum = int(float(requirement["minimum"])) if requirement.get("minimum") else 2
        if working >= minimum:
            return "covered"
        if working:
            return "thin"
        if self.on_paper(requirement):
            return "on-paper"
        recorded = [o for o in self.rows("offers") if requirement["place_id"] in self.containers(o["place_id"])]
        if not self.providers(requirement) and not recorded:
            return "no-data"
        return "gap"

    def sole_provider_weight(self, body: str) -> float:
        """Not in CONTRACT: the weight of the requirements on which this one works and nobody else does."""
        return sum(weight_of(row) for row in self.requirements if self.working(row) == [body])

    def worsens(self, requirement: Row, body: str) -> bool:
        """Does its state get worse when the body leaves?"""
        return _worse(self.state(requirement), replace(self, gone=body).state(requirement))

    def weight_lost(self, body: str) -> float | None:
        if body == self.centre:
            return None
        return sum(weight_of(requirement) for requirement in self.requirements if self.worsens(requirement, body))

    # ── routes from the centre ──────────────────────────────────────────────────────────────────
    @cached_property
    def steps(self) -> dict[str, int]:
        return reached_from(self.centre, self.neighbours)

    def hops(self, member: str) -> int | None:
        return self.steps.get(member)

    def cut_off(self, body: str) -> list[str]:
        """Who had a route to the centre and has none when this one is removed."""
        if body == self.centre:
            return []
        left = reached_from(self.centre, self.neighbours, {body})
        return sorted(set(self.steps) - set(left) - {body})

    def cut_off_by_tie(self, tie: Pair) -> list[str]:
        left = reached_from(self.centre, self._neighbours(set(self.ties) - {tie}))
        return sorted(set(self.steps) - set(left))

    def is_bridge(self, tie: Pair) -> bool:
        return tie[1] not in reached_from(tie[0], self._neighbours(set(self.ties) - {tie}))

    def routes(self, member: str) -> int | None:
        """Menger: as many disjoint routes as others must be removed to part the two, the direct tie apart."""
        if member == self.centre:
            return None
        direct = pair(self.centre, member)
        if direct in self.ties:
            return min(3, 1 + self._to_remove(member, self._neighbours(set(self.ties) - {direct})))
        return self._to_remove(member, self.neighbours)

    def _to_remove(self, member: str, neighbours: dict[str, set[str]]) -> int:
        others = [other for other in self.members if other not in (self.centre, member)]
        for count in range(3):
            for removed in combinations(others, count):
                if member not in reached_from(self.centre, neighbours, removed):
                    return count
        return 3

    def routes_packed(self, member: str) -> int:
        """The same by the word of the definition: write every route out, and take as many disjoint ones as can be."""
        inner = {frozenset(path[1:-1]) for path in simple_paths(self.centre, member, self.neighbours)}
        least = [one for one in inner if not any(other < one for other in inner)]
        if any(not (a & b or a & c or b & c) for a, b, c in combinations(least, 3)):
            return 3
        return 2 if any(not a & b for a, b in combinations(least, 2)) else min(1, len(least))

    # ── between ─────────────────────────────────────────────────────────────────────────────────
    def _share_through(self, body: str, a: str, b: str) -> float:
        paths = shortest_paths(a, b, self.neighbours)
        return sum(body in path for path in paths) / len(paths) if paths else 0.0

    def rooted_dependency(self, body: str) -> float | None:
        if body == self.centre:
            return None
        targets = [member for member in self.members if member not in (self.centre, body)]
        return sum(self._share_through(body, self.centre, target) for target in targets)

    def betweenness(self, body: str) -> float:
        others = [member for member in self.members if member != body]
        return sum(self._share_through(body, a, b) for a, b in combinations(others, 2))

    # ── shape ───────────────────────────────────────────────────────────────────────────────────
    def density(self) -> float | None:
        return _density(len(self.members), len(self.ties))

    def density_without_centre(self) -> float | None:
        return _density(len(self.members) - 1, len([tie for tie in self.ties if self.centre not in tie]))

    def components(self) -> int:
        return len({frozenset(reached_from(member, self.neighbours)) for member in self.members})

    def reach(self, k: int) -> float | None:
        others = [member for member in self.members if member != self.centre]
        near = [member for member in others if self.steps.get(member, k + 1) <= k]
        return len(near) / len(others) if others else None

    def ei_index(self) -> float | None:
        return self._external_less_internal(self.ties)

    def ei_expected(self) -> float | None:
        return self._external_less_internal(combinations(self.members, 2))

    def _external_less_internal(self, pairs: Iterable[Pair]) -> float | None:
        sides = [-1 if self.register[a]["sector"] == self.register[b]["sector"] else 1 for a, b in pairs]
        return sum(sides) / len(sides) if sides else None


def _worse(before: str, after: str) -> bool:
    """What is not known today never gets worse; what is left without any provider is a gap."""
    if before == "no-data":
        return False
    return WORSE.index("gap" if after == "no-data" else after) > WORSE.index(before)


def _density(members: int, ties: int) -> float | None:
    return ties / (members * (members - 1) / 2) if members > 1 else None
