"""What Index remembers of each cell: enough to know it again in another row, too little to read it."""

from __future__ import annotations

import numpy as np
import pytest

from automation.cases.cell_prints import prints, prints_in, unchanged, with_prints, without_prints
from automation.cases.register_lines import fingerprints
from automation.ledger.table import Array
from sheet_schema import REGISTER
from tests.support.ledger_in_memory import Rows, ledger, line

ROW = "9f7d04c4.c2dfca66.0d8f8708219c469e"
CELLS = [{"case_no": "LV-00001", "petitioner": "陈静", "summary": "作业太多", "people": 3, "important": True}]


def made(rows: Rows, before: str = "") -> list[str]:
    register = ledger(register=rows).register
    lines = np.arange(len(register))
    old: Array = np.full(len(register), before, dtype=object)
    return with_prints(fingerprints(register, np.ones(len(lines), dtype=bool)), register, lines, old).tolist()


def test_a_row_with_the_prints_of_its_cells_is_the_same_for_ever() -> None:
    """Index keeps them, and later versions compare them."""
    assert made(CELLS) == [f"{ROW}.cbdb----e1bf"]


def test_the_prints_can_be_read_back() -> None:
    register = ledger(register=CELLS).register
    found = prints_in(made(CELLS)[0])
    assert found == {key: prints(register, key)[0] for key in REGISTER.staff_keys}
    assert [key for key, text in found.items() if text] == ["petitioner", "summary", "important", "people"]


@pytest.mark.parametrize(
    "before", ["", ROW, f"{ROW}.ffff123", "x"], ids=["new", "earlier-version", "other-columns", "odd"]
)
def test_prints_of_another_version_count_as_none_and_are_made_anew(before: str) -> None:
    found = {"petitioner": "9f7", "summary": "c2d"} if before.startswith(ROW) else {}
    assert (prints_in(before), made(CELLS, before)) == (found, made(CELLS))


def test_an_unchanged_row_keeps_what_it_has() -> None:
    kept = made(CELLS)[0] + "kept"
    assert made(CELLS, kept) == [kept]
    assert unchanged(np.array([kept, "", ROW, "x"], dtype=object), np.array([ROW] * 4, dtype=object)).tolist() == [
        True,
        False,
        True,
        False,
    ]


def test_a_row_that_is_gone_keeps_no_prints() -> None:
    assert without_prints(np.array([*made(CELLS), ROW, ""], dtype=object)).tolist() == [ROW, ROW, ""]


def test_the_same_text_has_another_print_in_another_column() -> None:
    register = ledger(register=[line(petitioner="陈静", about="陈静")]).register
    assert prints(register, "petitioner") != prints(register, "about")


def test_many_texts_share_a_print() -> None:
    """So that nobody can find out a telephone number by trying all: each print fits thousands."""
    texts = [line(contact=f"138{n:08}") for n in range(20_000)]
    assert 4000 < len(set(prints(ledger(register=texts).register, "contact"))) <= 4096
