"""A part is cut where its rows say so: a change makes the piece it stands in new, and no other."""

from __future__ import annotations

import pytest

from automation.workbooks.excel.pieces import MOST_PIECES, SMALLEST, cut, stood_there


def sheet(*rows: bytes) -> bytes:
    return b"<worksheet><sheetData>" + b"".join(rows) + b"</sheetData></worksheet>"


def row(number: int, text: str = "") -> bytes:
    return f'<row r="{number}"><c t="inlineStr"><is><t>{text or number * 7919}</t></is></c></row>'.encode()


ROWS = [row(number, f"{number * 7919} {'x' * 900}") for number in range(1, 2001)]
CHANGED = {
    "a cell is changed": sheet(*ROWS[:900], row(901, "changed"), *ROWS[901:]),
    "a row is put in": sheet(*ROWS[:900], row(5000), *ROWS[900:]),
    "a row is taken out": sheet(*ROWS[:900], *ROWS[901:]),
    "a row is added": sheet(*ROWS, row(5000)),
    "nothing is changed": sheet(*ROWS),
}


@pytest.mark.parametrize(("changed", "most_new"), [(key, 2) if "nothing" not in key else (key, 0) for key in CHANGED])
def test_all_pieces_but_those_around_a_change_stay(changed: str, most_new: int) -> None:
    before, after = [*cut(sheet(*ROWS))], [*cut(CHANGED[changed])]
    assert b"".join(after) == CHANGED[changed]
    assert len(before) > 10
    assert len({*after} - {*before}) <= most_new


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x89PNG no rows at all", id="picture"),
        pytest.param(sheet(), id="no row"),
        pytest.param(row(1), id="ends with a row"),
        pytest.param(b"<x:row><x:c/></x:row>" * 900, id="with a prefix"),
        pytest.param(b"<si><t>a</t></si><si><t>b</t></si>" * 900, id="shared strings"),
    ],
)
def test_the_pieces_together_are_the_part(part: bytes) -> None:
    assert b"".join(cut(part)) == part


def test_a_part_is_cut_into_no_more_pieces_than_are_worth_their_names() -> None:
    small, large = sheet(*ROWS), sheet(*(row(number, "x" * 900) for number in range(12_000)))
    assert len(small) / len([*cut(small)]) > SMALLEST / 3
    assert len([*cut(large)]) < 3 * MOST_PIECES


@pytest.mark.parametrize(
    ("before", "now", "stood"),
    [
        pytest.param([1, 2, 3], [1, None, 3], [1, 2, 3], id="a piece is changed"),
        pytest.param([1, 2, 3, 4], [1, None, None, 4], [1, 2, 3, 4], id="two beside each other"),
        pytest.param([1, 2, 3], [1, 2, 3, None], [1, 2, 3, 3], id="rows are added"),
        pytest.param([1, 2, 3], [None, 1, 2, 3], [None, 1, 2, 3], id="rows are put in before the first"),
        pytest.param([1, 2, 3, 4], [1, None, 4], [1, 2, 4], id="two become one"),
        pytest.param([1, 2, 3, 4], [1, 4], [1, 4], id="rows are taken out"),
        pytest.param([1, 2], [1, None, None, None], [1, 2, 2, 2], id="one becomes three"),
        pytest.param([], [None, None], [None, None], id="the first version"),
    ],
)
def test_a_new_piece_is_told_which_stood_in_its_place(
    before: list[int], now: list[int | None], stood: list[int | None]
) -> None:
    assert stood_there(before, now) == stood
