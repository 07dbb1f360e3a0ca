"""What is noted of Notices: the same rows as journal lines, and as cells in the language of the sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pytest

from automation.ledger.notices_journal import notes_of, read_ledger
from automation.ledger.workbook import RowTerms
from sheet_schema import NOTICES, Language
from tests.support.ledger_in_memory import ledger, snapshot

CLAIMED = {
    "key": "k",
    "mail_id": "m",
    "to": "a@b.example",
    "state": "sent",
    "step": "reply",
    "case_no": "LV-00001",
    "attempts": 2.0,
    "due_on": np.datetime64("2026-03-22"),
    "claimed_at": np.datetime64("2026-03-18T09:00:05"),
    "level": "7",
}


@pytest.mark.parametrize(("language", "state", "step"), [("en", "sent", "Reply"), ("zh", "已发送", "答复")])
def test_a_new_row_is_noted_as_a_line_and_as_the_cells_the_tab_will_show(
    language: Language, state: str, step: str
) -> None:
    read = ledger(language, runs=[{"run": "first"}])
    before = read.tables["notices"]
    after = before.extended([5], **{key: [value] for key, value in CLAIMED.items()})

    notes = notes_of(before, after, read, to_come=3)

    (line,) = notes.lines
    assert notes.edit is not None
    cells = {
        NOTICES.columns[column.column - 1].key: cell
        for column in notes.edit.columns
        for row, cell in zip(column.rows, column.values, strict=True)
        if cell != "" and row == 5
    }
    assert cells == {
        "key": "k", "mail_id": "m", "to": "a@b.example", "state": state, "step": step, "case_no": "LV-00001",
        "attempts": 2, "due_on": date(2026, 3, 22), "claimed_at": datetime(2026, 3, 18, 9, 0, 5), "level": "7",
    }  # fmt: skip
    assert type(cells["attempts"]) is int
    assert {key: line[key] for key in ("key", "state", "step", "due_on", "attempts", "ledger")} == {
        "key": "k", "state": "sent", "step": "reply", "due_on": "2026-03-22", "attempts": 2.0, "ledger": "first",
    }  # fmt: skip
    assert notes.edit.terms is not None
    assert (notes.edit.title, notes.edit.terms.rows, notes.edit.terms.claims, notes.to_come) == (
        NOTICES.label(language),
        {5: RowTerms("LV-00001")},
        True,
        3,
    )


def test_what_did_not_change_is_not_noted() -> None:
    read = ledger("en", notices=[{"key": "k", "mail_id": "m", "to": "a@b.example", "state": "claimed"}])
    before = read.tables["notices"]

    assert not notes_of(before, before, read)


@pytest.mark.parametrize(
    ("runs", "mark", "run", "state"),
    [
        (["first"], "first", "R", "sent"),
        (["first"], "other", "S", "claimed"),  # of a ledger that had this name before
        ([], "first", "S", "claimed"),
        ([], "first", "R", "sent"),  # somebody emptied Runs, but Notices has the very row
        (["next"], "first", "R", "sent"),
    ],
)
def test_a_line_counts_if_it_is_of_this_ledger(runs: list[str], mark: str, run: str, state: str) -> None:
    row = {"key": "k", "mail_id": "m", "to": "a@b.example", "state": "claimed", "run": "R"}
    line = {**row, "state": "sent", "run": run, "ledger": mark}
    whole = replace(snapshot("en", notices=[row], runs=[{"run": one} for one in runs]), journal=(line,))
    assert read_ledger(whole)[1].tables["notices"]["state"].tolist() == [state]
