"""What is too large to be read is told from what only looks large."""

from __future__ import annotations

import pytest

from automation.workbooks.excel.xml import used_area
from automation.workbooks.excel.xml.used_area import NEAR, TooLarge, too_large


def sheet(*rows: tuple[int, str]) -> bytes:
    """A sheet with one filled cell in each of these rows, or with a cell that only has a look."""
    cells = (f'<row r="{row}"><c r="{letter}{row}"><v>1</v></c></row>' if letter.isupper() else
             f'<row r="{row}"><c r="{letter.upper()}{row}" s="1"/></row>' for row, letter in rows)  # fmt: skip
    return "".join(cells).encode()


@pytest.mark.parametrize(
    ("xml", "found"),
    [
        (sheet((1, "A"), (NEAR, "C")), None),
        (sheet((1, "A"), (NEAR + 1, "C")), TooLarge(f"C{NEAR + 1}")),
        (sheet((1, "A"), (1_000_000, "c")), None),  # only a look
        (sheet(*((row, "a") for row in range(1, 60_000)), (999_999, "AA")), TooLarge("AA999999")),
        (sheet(*((row, "B") for row in range(1, 60_001))), None),
        (sheet(*((row, "B") for row in range(1, 60_001, 2))), None),
        (sheet((1, "A"), (9_000, "XFD")), TooLarge("XFD9000")),
    ],
)
def test_what_is_too_large(xml: bytes, found: TooLarge | None) -> None:
    assert too_large(xml) == found


def test_too_many_filled_cells_lie_nowhere_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(used_area, "MOST_CELLS", 900)
    assert too_large(sheet(*((row, "B") for row in range(1, 1001)))) == TooLarge(None)
