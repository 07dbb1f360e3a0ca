"""What History says of rules that were ended, started or corrected, beside what people changed (docs/design.md#p3.18)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from automation.ledger.altered_rows import AlteredRow
from automation.ledger.dated_tabs import DATED_TABS
from automation.ledger.history import run_mark, with_lines
from automation.ledger.model import Ledger
from automation.ledger.rules_seen import rows_typed
from automation.steps.rule_edits import CORRECTED, RuleEdit, edits_in
from automation.text.catalogue import Message, msg

_COLUMNS = ("tab", "row", "column", "before", "after", "why")
_CHANGED = msg("Row {row} was changed. What began before stays with the rule as it was, now in row {other}.")
_ADDED = msg("Row {row} is new, or held on no day before: it holds from this day on.")
_TAKEN_OUT = msg(
    "The row was taken out. What began before stays with it, so it stands in row {other}, with its last day."
)
_TRIED = msg("Row {row} is only tried. As it was it still holds, and stands in row {other}.")
_RESUMED = msg(
    "What came after row {row} was corrected as a mistake, so the row goes on as if it had not ended because of it."
)
_OF_CALENDAR: Mapping[Message, Message] = {
    _CHANGED: msg("Row {row} was changed. What was due before goes by the row as it was, now row {other}."),
    _ADDED: msg("Row {row} is new, or could not be used before: what was due before this day stays due."),
    _TAKEN_OUT: msg(
        "The row was taken out. What was due before goes by it, so it stands in row {other}, with its last day."
    ),
}


def with_rule_history(ledger: Ledger, before: Ledger, now: datetime) -> Ledger:
    """The ledger with a line in History for each rule of `before` that was ended, started or corrected."""
    edits = [edit for tab in DATED_TABS for edit in edits_in(before, tab, now.date())]
    lines = [line for edit in edits for line in (_line(before, edit), _line_of_resumed(before, edit)) if line]
    if not lines:
        return ledger
    cells = {key: [line.get(key, "") for line in lines] for key in _COLUMNS}
    return with_lines(ledger, run_mark(now), now, cells)


def _line(ledger: Ledger, edit: RuleEdit) -> Mapping[str, str]:
    row, tab, language = edit.row, edit.tab.tab, ledger.language
    named = {"tab": tab.label(language), "row": row.name}
    if edit.reason:
        why = CORRECTED.say(language, reason=edit.reason)
        return {**named, "column": tab["correction"].label(language), "after": edit.reason, "why": why}
    if edit.tried:
        told = {"before": row.before.get("enabled", ""), "after": row.after["enabled"]}
        return {**named, "column": tab["enabled"].label(language), **told, "why": _why(ledger, edit, _TRIED)}
    if row.at is None and edit.ended is not None:
        last = str(edit.ended[edit.tab.last][0])
        return {
            **named,
            "column": tab[edit.tab.last].label(language),
            "after": last,
            "why": _why(ledger, edit, _TAKEN_OUT),
        }
    if edit.starts is None and edit.ended is None:
        return {}
    why = _why(ledger, edit, _ADDED if edit.ended is None else _CHANGED)
    first = {"before": row.before.get(edit.tab.first, ""), "after": str(edit.starts)} if edit.starts else {}
    return {**named, "column": tab[edit.tab.first].label(language), **first, "why": why}


def _line_of_resumed(ledger: Ledger, edit: RuleEdit) -> Mapping[str, str]:
    """What History says of the row that goes on because another one was a mistake."""
    found, tab, language = edit.resumed, edit.tab.tab, ledger.language
    if found is None:
        return {}
    table = ledger.tables[edit.tab.key]
    cells = rows_typed(table)[found.at]
    return {
        "tab": tab.label(language),
        "row": AlteredRow(edit.tab.key, found.at, cells, cells).name,
        "column": tab[edit.tab.last].label(language),
        "before": str(found.before),
        "after": str(found.last or ""),
        "why": _RESUMED.say(language, row=int(table.rows[found.at])),
    }


def _why(ledger: Ledger, edit: RuleEdit, why: Message) -> str:
    said, language = _OF_CALENDAR.get(why, why) if edit.tab.key == "calendar" else why, ledger.language
    number = "" if edit.row.at is None else int(ledger.tables[edit.tab.key].rows[edit.row.at])
    other = "" if edit.ended is None else int(edit.ended.rows[0])
    return said.say(language, row=number, other=other)
