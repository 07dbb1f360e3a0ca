"""The program's own tabs say in words what they remember, and are read back exactly (docs/design.md#p2.18)."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from automation.ledger.cells import parse_column
from automation.ledger.changes import as_cells
from automation.ledger.notices import NO_CASE, Notice
from automation.ledger.parsing import parse
from automation.ledger.workbook import Grid, Snapshot
from sheet_schema import NOTICES, RUNS, TABS, Column, Type
from sheet_schema.languages import LANGUAGES
from sheet_schema.model import Place
from sheet_schema.vocabulary import NoticeKind, Role

WORDS = [column for tab in TABS if tab.place is Place.JOB for column in tab if column.choices is not None]
IN_WORDS = {("notices", key) for key in ("kind", "step", "slot", "state")}
IN_WORDS |= {("runs", key) for key in ("command", "mail", "outcome")}


def test_what_is_said_in_words() -> None:
    found = {(tab.key, column.key) for tab in (NOTICES, RUNS) for column in tab if column.type is Type.CHOICE}
    assert found == IN_WORDS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("column", WORDS, ids=lambda column: column.key)
def test_every_word_is_read_back(column: Column, language: str) -> None:
    assert column.choices is not None
    keys = [word.key for word in column.choices]
    values = np.asarray([*keys, ""], dtype=object)
    cells = as_cells(column, values, language)
    assert len(set(cells)) == len(cells), "two of them are called alike"
    for written in (cells, values.tolist()):  # in words; and as earlier versions wrote them
        read, wrong = parse_column(column, written)
        assert (read.tolist(), wrong) == ([*keys, ""], {})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", [*(role.label(code) for role in Role for code in LANGUAGES), "office", "A | B", "赵敏"]
)
def test_a_reader_called_like_a_role_is_still_that_reader(name: str, language: str) -> None:
    notice = Notice(NoticeKind.DIGEST_OFFICE.key, "", NO_CASE, "", None, 1, name, date(2026, 3, 2))
    rows = {"key": notice.key, "kind": notice.kind, "slot": name}
    grids = {
        tab.label(language): Grid(tab.label(language), (tuple(column.label(language) for column in tab),))
        for tab in TABS
    }
    title = NOTICES.label(language)
    line = [
        as_cells(c, np.asarray([rows.get(c.key, "")], dtype=object), language)[0] if c.key in rows else ""
        for c in NOTICES
    ]
    grids[title] = Grid(title, (grids[title].rows[0], tuple(line)))
    notices = parse(Snapshot(grids, "")).tables["notices"]
    assert (notices["slot"].tolist(), notices["kind"].tolist()) == ([name], [notice.kind])
