"""Dates what people change in Deadlines and Escalation: "an edit ends the row as it was and starts the new one" (docs/design.md#p3.18)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

import numpy as np

from automation.ledger.admin_tabs import deadlines_in, rungs_in
from automation.ledger.altered_rows import AlteredRow
from automation.ledger.cells import parse_column
from automation.ledger.equal_rows import IGNORED, RULE_PROBLEMS, cases_of_rule, equal_rows
from automation.ledger.history import run_mark, with_lines
from automation.ledger.model import Ledger
from automation.ledger.packed import Texts
from automation.ledger.parsing import habits_of
from automation.ledger.policy import Deadline, Policy, Rung
from automation.ledger.rule_successions import SUCCESSIONS, successions
from automation.ledger.rules_seen import altered_rows, rows_seen
from automation.ledger.table import Table
from automation.ledger.typed.cell import Bad
from automation.text.catalogue import Message, Sentences, msg
from sheet_schema import TAB

Dated = TypeVar("Dated", Deadline, Rung)
_FREE: Mapping[str, frozenset[str]] = {
    "deadlines": frozenset({"from", "until", "correction", "basis", "remind_before", "who"}),
    "escalation": frozenset({"from", "until", "correction"}),
}
"""The tabs of dated rules, with the columns in which an edit moves no due day, or says itself from when on."""
_TEXTS: Mapping[str, Message] = {
    "changed": msg("Row {row} was changed. What began before stays with the rule as it was, now in row {other}."),
    "added": msg("Row {row} is new, or held on no day before: it holds from this day on."),
    "taken_out": msg(
        "The row was taken out. What began before stays with it, so it stands in row {other}, with its last day."
    ),
    "corrected": msg("A correction: {reason}. The row holds as if it had always stood so."),
}


@dataclass(frozen=True)
class DatedRules:
    """The ledger with its rules dated, and what History says of it: cells by column key, a mapping a line."""

    ledger: Ledger
    lines: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class _Dating:
    """What becomes of a row that people altered. With a `reason` it is a correction, and holds as typed.

    Else `starts` is what is filled in as its first day, and `ended` the row as it was, to be added with its last day.
    """

    row: AlteredRow
    reason: str = ""
    starts: date | None = None
    ended: Table | None = None


def dated_rules(ledger: Ledger, now: datetime) -> DatedRules:
    """The ledger with what people changed in its rules since the last run dated today, unless it is a correction."""
    dated, lines = ledger, list[Mapping[str, str]]()
    for key in _FREE:
        datings = [*_datings(ledger, key, now.date())]
        lines += [line for one in datings for line in _lines(ledger, key, one)]
        if any(one.starts or one.ended for one in datings):
            dated = _with_tab(dated, key, datings)
    return DatedRules(ledger if dated is ledger else _with_rivals_anew(dated), tuple(lines))


def with_rule_history(ledger: Ledger, before: Ledger, now: datetime) -> Ledger:
    """The ledger with a line in History for each rule of `before` that was ended, started or corrected."""
    lines = dated_rules(before, now).lines
    if not lines:
        return ledger
    cells = {key: [line.get(key, "") for line in lines] for key in ("tab", "row", "column", "before", "after", "why")}
    return with_lines(ledger, run_mark(now), now, cells)


def _datings(ledger: Ledger, key: str, today: date) -> Iterator[_Dating]:
    altered = altered_rows(ledger, key)
    old = _as_they_were(ledger, key) if altered else None
    end = ledger.tables[key].last_row
    for row in altered:
        moves = row.changed.keys() - _FREE[key]
        was = None if old is None else _row_of(old, rows_seen(ledger, key), row)
        if reason := _reason(ledger, key, row) if moves else "":
            yield _Dating(row, reason)
        elif moves:
            typed = _first_day(ledger, row, today)
            starts = typed or today
            ended = None if was is None else _ended(was, starts - timedelta(days=1), end + 1)
            end += ended is not None
            yield _Dating(row, starts=None if typed or _never_used(ledger, row) else starts, ended=ended)
        elif was is not None and _emptied(row):
            yield _Dating(row, starts=was["from"][0].item())


def _first_day(ledger: Ledger, row: AlteredRow, today: date) -> date | None:
    """The first day that people typed in this edit, or that is still ahead; None if the edit counts from today."""
    if row.at is None:
        return None
    day: date | None = ledger.tables[row.tab]["from"][row.at].item()
    as_before = row.after.get("from", "") == row.before.get("from", "")
    return None if day is None or (as_before and day <= today) else day


def _emptied(row: AlteredRow) -> bool:
    """Whether people only emptied the first day, which would be a rule since always."""
    return bool(row.before.get("from")) and not row.after.get("from") and not row.after.get("correction")


def _never_used(ledger: Ledger, row: AlteredRow) -> bool:
    """Whether the row is gone, or does not count because another above is for the same cases, and says so."""
    if row.at is None:
        return True
    number = int(ledger.tables[row.tab].rows[row.at])
    return any((one.tab, one.row, one.code) == (row.tab, number, IGNORED) for one in ledger.problems)


def _reason(ledger: Ledger, key: str, row: AlteredRow) -> str:
    """Why the edit corrects a mistake, if it does: what is typed in Correction with it, or was not yet used for another."""
    typed = (row.after or row.before).get("correction", "")
    if not typed or (row.at is not None and "correction" in row.changed):
        return typed
    said = Sentences(_TEXTS, ledger.language).say("corrected", reason=typed)
    history = ledger.tables["history"]
    used = (history["why"] == said) & (history["tab"] == TAB[key].label(ledger.language))
    return "" if used.any() else typed


def _as_they_were(ledger: Ledger, key: str) -> Table:
    """The tab as the last run left it, its rows numbered by their order."""
    seen, habits = rows_seen(ledger, key), habits_of(ledger)
    values, read, bad = {}, {}, np.zeros(len(seen), dtype=bool)
    for column in TAB[key]:
        read[column.key] = np.array([row.get(column.key, "") for row in seen], dtype=object)
        values[column.key], said = parse_column(column, read[column.key].tolist(), habits)
        bad[[i for i, one in said.items() if isinstance(one, Bad)]] = True
    read = {at: np.where(bad, "", cells) for at, cells in read.items()}
    return Table(TAB[key], np.arange(len(seen)), values, read, ledger.tables[key].at)


def _row_of(old: Table, seen: Sequence[Texts], row: AlteredRow) -> Table | None:
    """The row as it was, as a table of its own; None if it was no rule, or one that never counted."""
    rules = {rule.row: rule for rule in _rules_in(old)}
    rule = rules.get(seen.index(row.before)) if row.before in seen else None
    if rule is None:
        return None
    rivals = (one for one in rules.values() if isinstance(one, Deadline) and one.row < rule.row)
    if isinstance(rule, Deadline) and cases_of_rule(rule) in map(cases_of_rule, rivals):
        return None
    at = [rule.row]
    return replace(
        old,
        rows=old.rows[at],
        values={key: cells[at] for key, cells in old.values.items()},
        read={key: cells[at] for key, cells in old.read.items()},
    )


def _rules_in(table: Table) -> tuple[Deadline, ...] | tuple[Rung, ...]:
    return deadlines_in(table) if table.tab.key == "deadlines" else rungs_in(table)


def _ended(old: Table, last: date, row: int) -> Table | None:
    """The row with this last day, or its own if that is earlier, at this row of the sheet; None if it then held on no day."""
    day = np.fmin(old["until"], np.datetime64(last))
    ended = replace(old, rows=np.array([row])).having(until=day, correction=np.array([""], dtype=object))
    return None if old["from"][0] > day[0] else ended


def _with_tab(ledger: Ledger, key: str, datings: Sequence[_Dating]) -> Ledger:
    """The ledger with the starts and ends in one of its tabs and in its policy."""
    table = ledger.tables[key]
    first = table["from"].copy()
    begun = {}
    for one in datings:
        if one.row.at is not None and one.starts is not None:
            first[one.row.at] = np.datetime64(one.starts)
            begun[int(table.rows[one.row.at])] = one.starts
    ended = [one.ended for one in datings if one.ended is not None]
    altered = {int(table.rows[one.row.at]) for one in datings if one.row.at is not None}
    for row, day in _twins(ledger.policy, ended, begun, altered).items():
        first[table.rows == row], begun[row] = np.datetime64(day), day
    table = table.having(**{"from": first})
    for old in ended:
        table = table.extended(old.rows.tolist(), **{one.key: old[one.key].tolist() for one in old.tab if one.staff})
    return replace(ledger.having(**{key: table}), policy=_with_days(ledger.policy, key, begun, ended))


def _twins(
    policy: Policy, ended: Sequence[Table], begun: Mapping[int, date], altered: Collection[int]
) -> dict[int, date]:
    """The rows that never counted because of one that has ended now, or that were `altered` and do not count because of one
    that begins now, with its day: they hold no earlier than that."""
    since = {cases_of_rule(one): begun[one.row] for one in policy.deadlines if one.row in begun}
    until = {
        cases_of_rule(was): was.days.last + timedelta(days=1)
        for old in ended
        for was in _rules_in(old)
        if isinstance(was, Deadline) and was.days.last
    }
    found = {}
    for rule in policy.deadlines:
        day = until.get(cases_of_rule(rule)) or (since.get(cases_of_rule(rule)) if rule.row in altered else None)
        if day and rule.row not in begun and (rule.days.last or day) >= day:
            found[rule.row] = day
    return found


def _with_days(policy: Policy, key: str, begun: Mapping[int, date], ended: Sequence[Table]) -> Policy:
    """The policy with the first days of these rows, and with the rows that ended."""
    if key == "deadlines":
        old = [rule for table in ended for rule in deadlines_in(table)]
        return replace(policy, deadlines=(*_begun(policy.deadlines, begun), *old))
    was = [rung for table in ended for rung in rungs_in(table)]
    return replace(policy, ladder=(*_begun(policy.ladder, begun), *was))


def _begun(rules: Sequence[Dated], first: Mapping[int, date]) -> Iterator[Dated]:
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


def _lines(ledger: Ledger, key: str, one: _Dating) -> Iterator[Mapping[str, str]]:
    """What History says of it, beside what people changed."""
    row, tab, language = one.row, TAB[key], ledger.language
    texts = Sentences(_TEXTS, language)
    named = {"tab": tab.label(language), "row": row.name}
    number = "" if row.at is None else int(ledger.tables[key].rows[row.at])
    other = "" if one.ended is None else int(one.ended.rows[0])
    if one.reason:
        said = texts.say("corrected", reason=one.reason)
        yield {**named, "column": tab["correction"].label(language), "after": one.reason, "why": said}
    elif row.at is None and one.ended is not None:
        last = str(one.ended["until"][0])
        yield {
            **named,
            "column": tab["until"].label(language),
            "after": last,
            "why": texts.say("taken_out", other=other),
        }
    elif one.ended is not None or one.starts is not None:
        said = texts.say("added" if one.ended is None else "changed", row=number, other=other)
        first = {"before": row.before.get("from", ""), "after": str(one.starts)} if one.starts else {}
        yield {**named, "column": tab["from"].label(language), **first, "why": said}
