"""Published tables to statements: every row below the headings is kept, set aside or rejected, and counted once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final, NamedTuple

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.intake.evidence.amounts import Amounts, read_currency, shares
from orchestrator.intake.evidence.dates import DATE_ORDERS, DateColumn, DateRule, month_only, sum_of
from orchestrator.intake.evidence.identifiers import joined_identifiers
from orchestrator.intake.evidence.layouts import Headed, Layout, fold
from orchestrator.intake.evidence.mapping import IGNORE, ROLES, EvidenceMapping
from orchestrator.intake.evidence.parties import is_redacted, is_total, is_void
from orchestrator.intake.evidence.sheets import Row
from orchestrator.intake.evidence.statement import Statement
from orchestrator.intake.evidence.tally import Tally
from orchestrator.intake.headings import column_letters
from orchestrator.tables.cells import LONGEST_CELL, UnreadableError

__all__ = ["AsideError", "Cells", "Refine", "Table"]


class Cells(NamedTuple):
    """What one row says, by role; the roles are those of ``ROLES`` in their order.

    >>> Cells._fields == ROLES
    True
    """

    from_name: str
    to_name: str
    from_identifiers: str
    to_identifiers: str
    from_town: str
    to_town: str
    starts: str
    ends: str
    amount: str
    currency: str
    place_name: str
    place_code: str
    title: str
    programme: str
    classification: str
    record_id: str
    part: str
    status: str


#: What a format does with a row before it is read: it may change cells or give one for each body that is listed in one
#: of them, and raise AsideError or UnreadableError.
Refine = Callable[[Cells], Sequence[Cells]]

_new: Final = tuple.__new__  # what a NamedTuple does itself, without looking at what it is given
_DATES: Final = ("starts", "ends")
_IDENTIFIERS: Final = ("from_identifiers", "to_identifiers")
_AT: Final = {role: at for at, role in enumerate(ROLES)}
#: What two columns say of these is put one after the other; of anything else they must say the same.
_DESCRIBING: Final = frozenset({"title", "programme", "classification", "record_id"})
_LISTED: Final = 3
_SOLE: Final = ("from_name", "to_name", "amount", "starts")


class AsideError(Exception):
    """A record is no evidence of anything between two bodies, for this reason."""


@dataclass
class Table:
    """One sheet that is being read: first its dates are looked at as a whole, then its rows are read one by one."""

    headed: Headed
    layout: Layout
    mapping: EvidenceMapping
    publisher: str
    tally: Tally
    refine: Refine | None = None
    dates: dict[tuple[str, str], DateColumn] = field(default_factory=dict)
    amounts: Amounts = field(default_factory=Amounts)
    hidden: dict[str, str] = field(default_factory=dict)
    records: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.kind = self.mapping.fixed.get("kind") or self.layout.kind

    def statements(self) -> Iterator[Statement]:
        """What the rows say, in their order. Raises BadData where the sheet cannot be read as a whole."""
        self._refuse_merged()
        self._look_over()
        pick, width, heading = self._picker(), len(self.headed.headings), [fold(cell) for cell in self.headed.headings]
        tally, refine, one = self.tally, self.refine, self._statement
        for number, row in self.headed.records():
            try:
                cells = pick(row if len(row) == width else _of_width(row, width))
                if not cells.to_name or not cells.amount:
                    self._set_aside_notes(row, cells)
                if refine is None:
                    statement = one(number, cells)
                    tally.read += 1
                    yield statement
                else:
                    yield from self._each(number, row, refine(cells))
            except AsideError as aside:
                self._aside(number, row, str(aside))
            except UnreadableError as unreadable:
                self._unreadable(number, row, unreadable, heading)

    def _each(self, number: int, row: Row, several: Sequence[Cells]) -> Iterator[Statement]:
        """A row that lists several bodies, each a record of its own."""
        for at, cells in enumerate(several):
            try:
                statement = self._statement(number, cells)
            except AsideError as aside:
                self._aside(number, row, str(aside))
            except UnreadableError as unreadable:
                self._unreadable(number, row, unreadable, ())
            else:
                self.tally.read += 1
                yield statement if len(several) == 1 else _part(statement, at, len(several))

    def _unreadable(self, number: int, row: Row, unreadable: UnreadableError, heading: Sequence[str]) -> None:
        if [fold(cell) for cell in row] == heading:
            self._aside(number, row, "the headings again")
        else:
            self._reject(number, row, unreadable)

    def _aside(self, number: int, row: Row, reason: str) -> None:
        self.tally.read += 1
        said = ", ".join(cell.strip() for cell in row if cell.strip())
        self.tally.set_aside(reason, Problem(f"{quoted(said)}.", self.headed.sheet.file, number, value=said))

    # ── what is decided about the sheet as a whole ────────────────────────────────────────────────

    def _refuse_merged(self) -> None:
        """Merged cells above the headings are titles; among the records nobody can say for which rows they hold."""
        harmful = [area for area in self.headed.sheet.merged if area.last_row >= self.headed.number]
        if harmful:
            file, hint = self.headed.sheet.file, "Split them and fill in each."
            what = "the cells {} are merged."
            problems = [
                Problem(what.format(a), file, a.first_row, allowed="One value a cell.", hint=hint) for a in harmful
            ]
            raise BadData(problems)
        if self.headed.number > 1:
            what = f"the headings stand in row {self.headed.number}; what stands above them was left out."
            self.tally.notices.append(Problem(what, self.headed.sheet.file))

    def _look_over(self) -> None:
        """Go through all rows once: what do the dates allow, and is there anything below a blank heading?"""
        rule = DateRule(self.mapping.dates, "", self.layout.dates.months) if self.mapping.dates else self.layout.dates
        part = next(iter(self.headed.columns("part")), None)
        columns = [(role, at) for role in _DATES for at in self.headed.columns(role)]
        blank = [at for at, heading in enumerate(self.headed.headings) if not heading.strip()]
        counts: dict[tuple[str, str, str], int] = {}
        below: dict[int, int] = {}
        width = len(self.headed.headings)
        for number, row in self.headed.records():
            if len(row) < width:
                continue
            name = "" if part is None else row[part].strip()
            for role, at in columns:
                key = (role, name, row[at])
                counts[key] = counts.get(key, 0) + 1
            for at in blank:
                if row[at].strip():
                    below.setdefault(at, number)
        self._refuse_unnamed(below)
        for (role, name, text), count in counts.items():
            self.dates.setdefault((role, name), DateColumn(rule)).look(text, count)
        asked = [self._open(role, name, column) for (role, name), column in self.dates.items() if column.open]
        if asked:
            raise BadData(asked)
        self._tell_dates()

    def _tell_dates(self) -> None:
        """What was decided about dates: for the column or, in a file that was put together, for many parts at once."""
        parts: dict[tuple[str, str], list[str]] = {}
        for (role, name), column in self.dates.items():
            if column.notice():
                parts.setdefault((role, column.decision), []).append(name)
        for (role, _), names in parts.items():
            whole = sum_of([self.dates[role, name] for name in names])
            listed = ", ".join(map(quoted, names[:_LISTED])) + (" …" if len(names) > _LISTED else "")
            of = f"of {len(names):,} files in it ({listed}), " if names != [""] else ""
            self.tally.notices.append(
                Problem(of + whole.notice(), self.headed.sheet.file, column=self.headed.label(role))
            )

    def _refuse_unnamed(self, below: Mapping[int, int]) -> None:
        if below and self.mapping.other_columns != IGNORE:
            hint = f'Name it, or say in the mapping file other_columns = "{IGNORE}".'
            file, what = self.headed.sheet.file, "the heading is blank, but row {} has a cell in this column."
            raise BadData(
                [
                    Problem(what.format(row), file, self.headed.number, column_letters(at), None, "", hint)
                    for at, row in below.items()
                ]
            )

    def _open(self, role: str, part: str, column: DateColumn) -> Problem:
        of = f" of {quoted(part)}" if part else ""
        first = column.first
        what = f"all dates{of} can be read as day and month or as month and day, such as {quoted(first)}."
        hint = " or ".join(f'dates = "{order}"' for order in DATE_ORDERS)
        return Problem(
            what, self.headed.sheet.file, None, self.headed.label(role), first, "", f"Say in the mapping file {hint}."
        )

    # ── what is decided about a row ───────────────────────────────────────────────────────────────

    def _picker(self) -> Callable[[Row], Cells]:
        """The function that takes from a row the cells by role: the only column of it, the filled one, or the fixed."""
        width = len(self.headed.headings)
        ends = [self.mapping.fixed.get(role, "") for role in ROLES]
        columns = {role: self.headed.columns(role) for role in ROLES}
        several = {role: at for role, at in columns.items() if len(at) > 1 or (at and role in _IDENTIFIERS)}
        places = [
            width + at if role in several or not columns[role] else columns[role][0] for at, role in enumerate(ROLES)
        ]
        get = itemgetter(*places)

        def picked(row: Row) -> Cells:
            end = ends
            if several:
                end = list(ends)
                for role, at in several.items():
                    end[_AT[role]] = self._joined(role, row, at)
            return _new(Cells, map(str.strip, get([*row, *end])))

        return picked

    def _joined(self, role: str, row: Row, columns: Sequence[int]) -> str:
        """What several columns of one role say together. Raises UnreadableError where they contradict each other."""
        if role in _IDENTIFIERS:
            return joined_identifiers((fold(self.headed.headings[at]), row[at].strip()) for at in columns)
        if role in self.layout.first_filled:
            return next((row[at].strip() for at in self._in_order(role, columns) if row[at].strip()), "")
        said = list(dict.fromkeys(row[at].strip() for at in columns if row[at].strip()))
        if role in _DESCRIBING:
            return "; ".join(said)
        if len(said) > 1:
            what = f"{quoted(said[0])} and {quoted(said[1])} stand in two columns that hold {role}."
            raise UnreadableError(what, "They say the same, or one of them is blank.")
        return said[0] if said else ""

    def _in_order(self, role: str, columns: Sequence[int]) -> list[int]:
        order = [fold(heading) for heading in self.layout.headings[role]]
        folded = {at: fold(self.headed.headings[at]) for at in columns}
        return sorted(columns, key=lambda at: order.index(folded[at]) if folded[at] in order else len(order))

    def _set_aside_notes(self, row: Row, cells: Cells) -> None:
        if is_total(next(cell for cell in row if cell.strip())):
            raise AsideError("a total of other lines")
        sole = [role for role in _SOLE if self.headed.columns(role)]
        if not any(cells[_AT[role]] for role in sole):
            raise AsideError("a note between the records")

    def _statement(self, number: int, cells: Cells) -> Statement:
        from_name, to_name = cells.from_name, cells.to_name
        if not from_name and self.layout.payer_is_publisher:
            from_name = self.publisher
        if self.hidden.get(to_name) != "" or self.hidden.get(from_name) != "":
            self._name_both(from_name, to_name)
        starts, ends = cells.starts, cells.ends
        if starts:
            starts = self._date("starts", cells, starts)
            if self.layout.dates.months and month_only(cells.starts):
                self._notice(number, "starts", "name a month only; its first day is taken", cells.starts)
        else:
            self._notice(number, "starts", "have no date", "")
        if ends:
            ends = self._date("ends", cells, ends)
        amount, currency = self._amount(number, cells)
        if cells.status and is_void(cells.status):
            raise AsideError(f"its status is {cells.status.casefold()}")
        key = self._key(cells) if self.layout.unique_records else ""
        row = self.headed.sheet.row_label(number)
        said = (row, self.kind, from_name, to_name, *cells[2:6], starts, ends, amount, currency, *cells[10:16], key)
        return _new(Statement, said)

    def _date(self, role: str, cells: Cells, text: str) -> str:
        column = self.dates.get((role, cells.part))
        return (column or DateColumn(self.layout.dates)).read(text)

    def _name_both(self, from_name: str, to_name: str) -> None:
        for role, name in (("to_name", to_name), ("from_name", from_name)):
            if not name:
                raise AsideError(f"nobody is named in {self.headed.label(role)}")
            hidden = self.hidden.get(name)
            if hidden is None:
                if len(name) > LONGEST_CELL:
                    what = f"a name of {len(name):,} characters is too long."
                    raise UnreadableError(what, f"At most {LONGEST_CELL:,} are allowed.")
                hidden = self.hidden[name] = _hidden(name)
            if hidden:
                raise AsideError(hidden)

    def _amount(self, number: int, cells: Cells) -> tuple[int | None, str]:
        if not cells.amount:
            if self.headed.columns("amount"):
                self._notice(number, "amount", "have no amount", "")
            return None, ""
        currency = read_currency(cells.currency) if cells.currency else ""
        found = self.amounts.read(cells.amount, currency)
        currency = currency or found.sign or "GBP"
        if found.rounded:
            self._notice(number, "amount", "have fractions of a penny and were rounded", cells.amount)
        return found.minor, currency

    def _key(self, cells: Cells) -> str:
        """The publisher's own name of the record where there is one without doubles. Raises AsideError for a double."""
        if not cells.record_id:
            return ""
        key = "␟".join((cells.record_id, cells.to_name, cells.to_identifiers))
        if key in self.records:
            raise AsideError("the same record again")
        self.records.add(key)
        return key

    # ── telling ───────────────────────────────────────────────────────────────────────────────────

    def _notice(self, number: int, role: str, what: str, text: str) -> None:
        self.tally.notice(what, Problem(text, self.headed.sheet.file, number, self.headed.label(role), text))

    def _reject(self, number: int, row: Row, unreadable: UnreadableError) -> None:
        self.tally.read += 1
        what, allowed, hint = unreadable.what, unreadable.allowed, unreadable.hint
        value = next((cell for cell in row if cell.strip() and quoted(cell.strip()) in what), None)
        column = None
        if value is not None:
            column = self.headed.headings[list(row).index(value)].strip()
        reason = f"{column}: {_general(what)}" if column else _general(what)
        self.tally.reject(reason, Problem(what, self.headed.sheet.file, number, column, value, allowed, hint))


def _part(statement: Statement, at: int, of: int) -> Statement:
    """The statement on one of several bodies that a row lists: each has an equal share of the amount."""
    amount = None if statement.amount_pence is None else shares(statement.amount_pence, of)[at]
    return statement._replace(row=f"{statement.row} part {at + 1}", amount_pence=amount)


def _hidden(name: str) -> str:
    """Why this name names nobody; '' if it does."""
    if is_total(name):
        return "a total of other lines"
    return "redacted: who it is is not said" if is_redacted(name) else ""


def _of_width(row: Row, width: int) -> Row:
    if len(row) > width and not any(map(str.strip, row[width:])):
        return row[:width]
    count = "1 cell" if len(row) == 1 else f"{len(row)} cells"
    raise UnreadableError(f"the row has {count}.", f"Each row has {width}, as the heading has.", "Was it cut off?")


def _general(what: str) -> str:
    """What is wrong without the value: "'x' is not a date." is one reason, however many values there are."""
    before, mark, rest = what.partition("'")
    return rest.rpartition("'")[2].strip().rstrip(".") if mark and not before else what.rstrip(".")
