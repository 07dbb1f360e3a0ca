"""A tab that is read a second time and is the same is the same object; whatever looks like a formula is found."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from automation.ledger.workbook import Cell, Formula, Grid
from automation.workbooks.google.reading import Cells, _formulas, _texts_with_equals, with_known

ROWS: Sequence[Sequence[Cell]] = [["编号", "人数"], ["LV-00001", 1]]
DIFFERENT: Sequence[Sequence[Sequence[Cell]]] = [
    [["编号", "人数"], ["LV-00001", True]],
    [["编号", "人数"], ["LV-00001", "1"]],
    [["编号", "人数"], ["LV-00001", Formula("=1")]],
    [["编号", "人数"], ["LV-00001"]],
    [["编号", "人数"], ["LV-00001", 1], ["LV-00002", 1]],
    [["编号", "人数"]],
]


def cells(rows: Sequence[Sequence[Cell]], **more: Grid) -> Cells:
    return Cells({"登记": Grid("登记", rows), **more}, {}, (), "v", {})


@pytest.mark.parametrize("rows", DIFFERENT)
def test_a_tab_in_which_any_cell_is_another_is_read_anew(rows: Sequence[Sequence[Cell]]) -> None:
    before, now = cells(ROWS), cells(rows)
    assert with_known(now, before).grids["登记"] is now.grids["登记"]


def test_a_tab_that_is_the_same_keeps_what_was_worked_out_of_it() -> None:
    before, now = cells(ROWS, gone=Grid("gone", [])), cells([list(row) for row in ROWS])
    assert with_known(now, before).grids == {"登记": before.grids["登记"]}
    assert with_known(now, before).grids["登记"] is before.grids["登记"]
    assert with_known(now, None) is now


TEXTS = ["=1", "=A1&\"x\"", "= 2", "a=b", "\"=b", "x\\", "=\\\"\"", "=求和", "=", " =1", "=a\n=b"]  # fmt: skip


@pytest.mark.parametrize("as_google", [False, True])
def test_every_text_that_begins_like_a_formula_is_found_in_the_reply(as_google: bool) -> None:
    reply = json.dumps({"values": [[text, 1, True, ""] for text in TEXTS]}, ensure_ascii=as_google)
    found = _texts_with_equals(reply.replace("=", "\\u003d") if as_google else reply)
    rows = [[text, 1, True, ""] for text in TEXTS]
    assert list(_formulas(rows, found)) == [
        (at, 1, text) for at, text in enumerate(TEXTS, start=1) if text[:1] == "=" and len(text) > 1
    ]
