"""Dates what people change in Deadlines, Escalation and Calendar: "an edit ends the row as it was and starts the new one"
(docs/design.md#p3.18).

*Rules seen* has the rows as the last run left them. Each row that was changed since becomes a `RuleEdit`: the row as it was
comes back at the end of the tab with a last day, the changed one gets a first day, or a reason says that it is a correction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from automation.ledger.altered_rows import AlteredRow
from automation.ledger.cells import parse_column
from automation.ledger.dated_tabs import DATED_TABS, DatedRule, DatedTab, decides_before
from automation.ledger.equal_rows import IGNORED, RULE_PROBLEMS, cases_of_rule, equal_rows, never_used
from automation.ledger.model import Ledger
from automation.ledger.parsing import habits_of
from automation.ledger.policy import Deadline
from automation.ledger.rule_successions import SUCCESSIONS, successions
from automation.ledger.rules_seen import altered_rows, rows_seen, rows_typed
from automation.ledger.table import Table
from automation.ledger.typed.cell import Bad
from automation.steps.rules_given_back import A_DAY, GivenBack, given_back
from automation.text.catalogue import msg
from sheet_schema.vocabulary import InForce

CORRECTED = msg("A correction: {reason}. The row holds as if it had always stood so.")
"""What History says of a correction; by this a reason is known to be used up."""


@dataclass(frozen=True)
class RuleEdit:
    """What becomes of a row that people altered. With a `reason` it is a correction, and holds as typed; the row that had ended
    because of it may go on (`resumed`).

    Else `starts` is filled in as its first day, and `ended` is the row as it was, to be added with its last day; either may
    be missing. A row that is only `tried` now is added as it was, and goes on holding.
    """

    tab: DatedTab
    row: AlteredRow
    reason: str = ""
    starts: date | None = None
    ended: Table | None = None
    tried: bool = False
    resumed: GivenBack | None = None


def dated_rules(ledger: Ledger, now: datetime) -> Ledger:
    """The ledger with what people changed in its rules since the last run dated today, unless it is a correction; what ended
    because of a row that one takes away goes on."""
    dated = ledger
    for tab in DATED_TABS:
        edits = [*edits_in(ledger, tab, now.date())]
        if any(one.starts or one.ended or one.resumed for one in edits):
            dated = _with_edits(dated, tab, edits)
    return ledger if dated is ledger else _with_rivals_anew(dated)


def edits_in(ledger: Ledger, tab: DatedTab, today: date) -> Iterator[RuleEdit]:
    """What becomes of each row of the tab that people altered, where it is more than what they typed."""
    altered = altered_rows(ledger, tab.key)
    if not altered:
        return
    before, below = _RowsBefore.of(ledger, tab, altered), ledger.tables[tab.key].last_row + 1
    for row in altered:
        edit = _edit(ledger, tab, row, before, today)
        if edit is not None:
            yield edit if edit.ended is None else replace(edit, ended=_at_row(edit.ended, below))
            below += edit.ended is not None


def _edit(ledger: Ledger, tab: DatedTab, row: AlteredRow, before: _RowsBefore, today: date) -> RuleEdit | None:
    was, now = before.rule(row), _rule_now(ledger, tab, row)
    if _is_tried(ledger, row):
        return None if was is None else RuleEdit(tab, row, ended=_as_it_was(before.alone(row)), tried=True)
    if not row.changed.keys() - tab.days_or_plain and not _days_moved(tab, row, was, now, today):
        first_day = was.days.first if was is not None and _only_emptied(tab, row) else None
        return RuleEdit(tab, row, starts=first_day) if first_day else None
    reason = "" if before.was_tried(row) else _reason(ledger, tab, row)  # a tried row that is set to Yes is a new row
    if reason:
        return RuleEdit(tab, row, reason, resumed=given_back(ledger, tab, row, was, now))
    typed = _first_day_typed(ledger, tab, row, before, today)
    starts = typed or today
    rules, ahead = [rule for rule in (was, now) if rule is not None], max(starts, _extensions_end(ledger) + A_DAY)
    if rules and not any(decides_before(rule, ahead) for rule in rules):
        return None
    ended = None if was is None or _to_come(was, today) else _ended(tab, before.alone(row), starts - A_DAY)
    begins = not typed and (before.was_tried(row) or not _never_used(ledger, row))
    return RuleEdit(tab, row, starts=starts if begins else None, ended=ended)


def _extensions_end(ledger: Ledger) -> date:
    """The last day to which a case is extended: days off before it decide whether it may be (docs/design.md#p3.18)."""
    days = ledger.register["extended_to"]
    known = days[~np.isnat(days)]
    last: date = known.max().item() if len(known) else date.min
    return min(last, date.max - A_DAY)


def _is_tried(ledger: Ledger, row: AlteredRow) -> bool:
    """Whether the row is only tried, and counts nowhere (docs/design.md#p3.19)."""
    return row.at is not None and bool(ledger.tables[row.tab]["enabled"][row.at] == InForce.TRY)


def _days_moved(tab: DatedTab, row: AlteredRow, was: DatedRule | None, now: DatedRule | None, today: date) -> bool:
    """Whether only the days of a row were changed, and so that the row as it was has to be kept: it was over and holds again,
    but not on the days between; or it is to begin later, and held before that all the same; or none of its days are left; or
    it can be used no more, or only now."""
    if was is None or now is None:
        return was is not now and row.at is not None
    over = (was.days.last or today) < today
    again = over and tab.last in row.changed and (now.days.last or date.max) > (was.days.last or date.max)
    later = not _to_come(was, today) and (now.days.first or date.min) > (was.days.first or date.min)
    return again or later or not was.days.overlap(now.days)


def _to_come(rule: DatedRule, today: date) -> bool:
    """Whether the rule is only planned."""
    return (rule.days.first or today) > today


def _only_emptied(tab: DatedTab, row: AlteredRow) -> bool:
    """Whether people only emptied the first day, which would be a rule since always."""
    emptied = bool(row.before.get(tab.first)) and not row.after.get(tab.first)
    return emptied and not row.after.get("correction")


def _reason(ledger: Ledger, tab: DatedTab, row: AlteredRow) -> str:
    """Why the edit corrects a mistake, if it does: what is typed in Correction with it, or was not yet used for another."""
    typed = (row.after or row.before).get("correction", "")
    if not typed or (row.at is not None and "correction" in row.changed):
        return typed
    history = ledger.tables["history"]
    used = history["why"] == CORRECTED.say(ledger.language, reason=typed)
    used = used & (history["tab"] == tab.tab.label(ledger.language))
    return "" if used.any() else typed


def _first_day_typed(ledger: Ledger, tab: DatedTab, row: AlteredRow, before: _RowsBefore, today: date) -> date | None:
    """The first day that people typed in this edit, or that is still ahead; None if the edit counts from today. A day that has
    passed was not typed if it stood in one of the rows they altered: where several were, nobody knows which became which."""
    if row.at is None:
        return None
    day: date | None = ledger.tables[row.tab][tab.first][row.at].item()
    as_before = row.after.get(tab.first, "") in before.days_altered
    return None if day is None or (as_before and day <= today) else day


def _rule_now(ledger: Ledger, tab: DatedTab, row: AlteredRow) -> DatedRule | None:
    """The rule that stands in the row now; None if it is gone or cannot be used."""
    if row.at is None:
        return None
    number = int(ledger.tables[row.tab].rows[row.at])
    return next((rule for rule in tab.rules_of(ledger.policy) if rule.row == number), None)


def _never_used(ledger: Ledger, row: AlteredRow) -> bool:
    """Whether the row is gone, or does not count because another above is for the same cases, and says so."""
    if row.at is None:
        return True
    number = int(ledger.tables[row.tab].rows[row.at])
    return any((one.tab, one.row, one.code) == (row.tab, number, IGNORED) for one in ledger.problems)


@dataclass(frozen=True)
class _RowsBefore:
    """The rows of a tab as the last run left them, and the rules among them that counted, by their position; `unused` are the
    positions of those that never did, and `days_altered` the first days of those that people altered."""

    table: Table
    rules: Mapping[int, DatedRule]
    unused: frozenset[int]
    days_altered: frozenset[str]

    @classmethod
    def of(cls, ledger: Ledger, tab: DatedTab, altered: Iterable[AlteredRow] = ()) -> _RowsBefore:
        table = _parsed(ledger, tab, rows_seen(ledger, tab.key))
        rules = {rule.row: rule for rule in tab.rules_in(table)}
        unused = never_used([rule for rule in rules.values() if isinstance(rule, Deadline)])
        counted = {row: rule for row, rule in rules.items() if row not in unused}
        return cls(table, counted, frozenset(unused), frozenset(one.before.get(tab.first, "") for one in altered))

    def rule(self, row: AlteredRow) -> DatedRule | None:
        """The rule that the row was; None if it is new, could not be used, or never counted."""
        return None if row.was_at is None else self.rules.get(row.was_at)

    def still_unused(self, ledger: Ledger) -> Iterator[int]:
        """The rows of now that nobody altered and that never counted. Of equal rows the first is the one that counted."""
        seen = rows_seen(ledger, self.table.tab.key)
        unused, counted = [seen[at] for at in self.unused], [seen[at] for at in self.rules]
        now = ledger.tables[self.table.tab.key]
        for row, cells in zip(now.rows.tolist(), rows_typed(now) if unused else (), strict=False):
            if cells in counted:
                counted.remove(cells)
            elif cells in unused:
                yield row

    def was_tried(self, row: AlteredRow) -> bool:
        """Whether the row was only tried, so that it takes over from whatever is for the same cases."""
        return row.at is not None and row.was_at is not None and bool(self.table["enabled"][row.was_at] == InForce.TRY)

    def alone(self, row: AlteredRow) -> Table:
        """The row as it was, as a table of its own."""
        return self.table.only(np.array([row.was_at]))


def _parsed(ledger: Ledger, tab: DatedTab, cells: Sequence[Mapping[str, str]]) -> Table:
    """These rows as a table, numbered by their order. One with a cell that cannot be read is blank."""
    habits = habits_of(ledger)
    values, read, bad = {}, {}, np.zeros(len(cells), dtype=bool)
    for column in tab.tab:
        read[column.key] = np.array([row.get(column.key, "") for row in cells], dtype=object)
        values[column.key], said = parse_column(column, read[column.key].tolist(), habits)
        bad[[i for i, one in said.items() if isinstance(one, Bad)]] = True
    read = {key: np.where(bad, "", typed) for key, typed in read.items()}
    return Table(tab.tab, np.arange(len(cells)), values, read, ledger.tables[tab.key].at)


def _ended(tab: DatedTab, old: Table, last: date) -> Table | None:
    """The row with this last day, or its own if that is earlier; None if it then held on no day."""
    day = np.fmin(old[tab.last], np.datetime64(last))
    if old[tab.first][0] > day[0]:
        return None
    return _as_it_was(old).having(**{tab.last: day})


def _as_it_was(old: Table) -> Table:
    """The row without the reason of an earlier correction."""
    return old.having(correction=np.array([""], dtype=object))


def _at_row(ended: Table, row: int) -> Table:
    return replace(ended, rows=np.array([row]))


def _with_edits(ledger: Ledger, tab: DatedTab, edits: Sequence[RuleEdit]) -> Ledger:
    """The ledger with the starts and ends in one of its tabs and in its policy."""
    table = ledger.tables[tab.key]
    number = {one.row.at: int(table.rows[one.row.at]) for one in edits if one.row.at is not None and not one.reason}
    begun = {number[one.row.at]: one.starts for one in edits if one.row.at is not None and one.starts is not None}
    ended = [one.ended for one in edits if one.ended is not None]
    was = [rule for old in ended for rule in tab.rules_in(old)]
    over = [rule for one in edits if one.ended is not None and not one.tried for rule in tab.rules_in(one.ended)]
    if tab.key == "deadlines":
        unused = {*never_used(ledger.policy.deadlines), *_RowsBefore.of(ledger, tab).still_unused(ledger)}
        begun |= _begin_with_others(ledger.policy.deadlines, over, begun, {*number.values()}, unused)
    first = table[tab.first].copy()
    for row, day in begun.items():
        first[table.rows == row] = np.datetime64(day)
    resumed = {one.resumed.at: one.resumed.last for one in edits if one.resumed is not None}
    last = table[tab.last].copy()
    last[[*resumed]] = np.array([*resumed.values()], dtype=last.dtype)
    table = table.having(**{tab.first: first, tab.last: last})
    going_on = {int(table.rows[at]): day for at, day in resumed.items()}
    for old in ended:
        table = table.extended(old.rows.tolist(), **{one.key: old[one.key].tolist() for one in old.tab if one.staff})
    rules = (*_begun(_going_on(tab.rules_of(ledger.policy), going_on), begun), *was)
    return replace(ledger.having(**{tab.key: table}), policy=tab.with_rules(ledger.policy, rules))


def _begin_with_others(
    rules: Sequence[Deadline],
    ended: Iterable[DatedRule],
    begun: Mapping[int, date],
    altered: Collection[int],
    unused: Collection[int],
) -> dict[int, date]:
    """The rules that never counted because of one that has `ended` now, or that were `altered` and do not count
    because of one that has `begun` now, with the day from which they hold: no earlier than that. Those that are over by then
    get it, too, if they are `unused`, and so hold on no day."""
    since = {cases_of_rule(rule): begun[rule.row] for rule in rules if rule.row in begun}
    after = {
        cases_of_rule(rule): rule.days.last + A_DAY for rule in ended if isinstance(rule, Deadline) and rule.days.last
    }
    found = {}
    for rule in rules if since or after else ():
        begins = since.get(cases_of_rule(rule)) if rule.row in altered else None
        day = begins or after.get(cases_of_rule(rule))
        if day and rule.row not in begun and ((rule.days.last or day) >= day or rule.row in unused):
            found[rule.row] = day
    return found


def _going_on(rules: Iterable[DatedRule], last: Mapping[int, date | None]) -> Iterator[DatedRule]:
    """The rules with these last days by their rows."""
    for rule in rules:
        yield replace(rule, days=replace(rule.days, last=last[rule.row])) if rule.row in last else rule


def _begun(rules: Iterable[DatedRule], first: Mapping[int, date]) -> Iterator[DatedRule]:
    """The rules with these first days by their rows, but for those that then hold on no day."""
    for rule in rules:
        days = replace(rule.days, first=first.get(rule.row, rule.days.first))
        if days.overlap(days):
            yield replace(rule, days=days)


def _with_rivals_anew(ledger: Ledger) -> Ledger:
    """The ledger with what its rules say of each other by the days on which they hold now."""
    problems = [one for one in ledger.problems if one.code not in RULE_PROBLEMS]
    notes = [one for one in ledger.notes if one.code not in SUCCESSIONS]
    return replace(
        ledger,
        problems=(*problems, *equal_rows(ledger.policy)),
        notes=(*notes, *successions(ledger.policy)),
    )
