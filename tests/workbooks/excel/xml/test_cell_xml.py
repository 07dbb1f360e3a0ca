"""Any text comes back from a cell unchanged, read by calamine or openpyxl, or is refused in words."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from automation.ledger.errors import LedgerError
from automation.ledger.workbook import Cell, ColumnEdit, TabEdit
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.excel.xml.cell_edits import with_edits
from automation.workbooks.excel.xml.package import Package

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
bounded = settings(max_examples=60, derandomize=True, deadline=None, database=None)

HARD = st.sampled_from(
    [*map(chr, range(0x20)), "\x7f", "\x85", "\u2028", "\ufeff", "_", "x", "_x", "_x000D_", "_x005F_", "_xd800_",
     "_X0041_", "&", "&amp;", "<", "]]>", '"', "'", "=", "+", "@", " ", "\u3000", "信访", "e\u0301", "\U0001f600"]
)  # fmt: skip
"""What programs stumble over: what XML has no place for, what looks like its escapes, formulas, or nothing."""
CHARACTER = st.one_of(HARD, st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"))
TEXTS = st.lists(st.lists(CHARACTER, min_size=1, max_size=12).map("".join), min_size=1, max_size=8)
"""Hard texts: characters XML forbids, look-alikes of its escapes, formulas, blanks."""


@cache
def empty() -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "T"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_column(values: list[Cell]) -> bytes:
    rows = range(1, len(values) + 1)
    return with_edits(Package(empty(), "ledger.xlsx"), [TabEdit("T", [ColumnEdit(1, rows, values)])])


def through_calamine(path: Path, data: bytes) -> list[Cell]:
    path.write_bytes(data)
    return [row[0] for row in ExcelWorkbook(path, CLOCK).read().grids["T"].rows]


def through_openpyxl(data: bytes) -> list[tuple[str, str]]:
    """Value and type. openpyxl leaves it to the caller to undo `_xHHHH_`."""
    sheet = openpyxl.load_workbook(io.BytesIO(data))["T"]
    return [(unescape(str(cell.value)), cell.data_type) for (cell,) in sheet.iter_rows(max_col=1)]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("text") / "ledger.xlsx"


# Text stays text, whatever it looks like (`ColumnEdit`).
@bounded
@given(texts=TEXTS)
@example(texts=["=cmd()", "00123", "1e5", "2026-3-2", "TRUE", "#REF!", "'quoted", " 1 ", "1,5", "5%", "-", "+86"])
@example(texts=["a\r\nb", "a\rb", "a\nb", "\t", "\x00", "_x000D_", "_x005F_x000D_", "__x0041_", "\n", "  "])
def test_any_text_comes_back_as_it_went_in(path: Path, texts: list[str]) -> None:
    data = with_column([*texts])

    assert through_calamine(path, data) == texts
    assert through_openpyxl(data) == [(text, "s") for text in texts]


@bounded
@given(texts=TEXTS)
def test_what_was_read_can_be_written_again_and_again(path: Path, texts: list[str]) -> None:
    once = with_column([*texts])

    assert with_column(through_calamine(path, once)) == once


NO_CHARACTERS = st.one_of(st.characters(categories=["Cs"]), st.sampled_from("\ufffe\uffff"))


@bounded
@given(before=st.text(max_size=3), stray=NO_CHARACTERS, after=st.text(max_size=3))
def test_half_a_character_is_refused_in_words(before: str, stray: str, after: str) -> None:
    before = re.sub("[\ufffe\uffff]", "", before)

    with pytest.raises(LedgerError) as refused:
        with_column([f"{before}{stray}{after}"])

    assert (refused.value.say("en"), refused.value.say("zh")) == (
        f"Tab “T”, cell A1: the text holds U+{ord(stray):04X}, which is no character; type it again.",
        f"工作表“T”单元格 A1：文字中含有 U+{ord(stray):04X}，它不是字符；请重新输入。",
    )


# Excel cuts a text of more than 32,767 UTF-16 units; a character beyond U+FFFF takes two of them.
@pytest.mark.parametrize(
    ("text", "fits"),
    [
        pytest.param("a" * 32_767, True, id="the-longest"),
        pytest.param("a" * 32_768, False, id="one-more"),
        pytest.param("\U0001f600" * 16_383 + "a", True, id="the-longest-of-pairs"),
        pytest.param("\U0001f600" * 16_384, False, id="one-more-of-pairs"),
        pytest.param("\x00" * 32_767, True, id="escapes-do-not-count"),
    ],
)
def test_a_text_is_written_whole_or_refused(path: Path, text: str, *, fits: bool) -> None:
    if fits:
        assert through_calamine(path, with_column([text])) == [text]
        return
    with pytest.raises(LedgerError) as refused:
        with_column([text])

    assert refused.value.say("en") == (
        "Tab “T”, cell A1: the text is longer than the 32,767 characters a cell can hold; shorten it."
    )
