from __future__ import annotations

from openpyxl.utils import column_index_from_string, get_column_letter, quote_sheetname

from automation.ledger.cell_names import column_letters, column_number, quoted_title

LAST_OF_EXCEL = 16_384


def test_columns_are_named_as_openpyxl_names_them() -> None:
    for column in range(1, LAST_OF_EXCEL + 1):
        letters = column_letters(column)
        assert (letters, column_number(letters)) == (get_column_letter(column), column_index_from_string(letters))


def test_titles_are_quoted_as_openpyxl_quotes_them() -> None:
    for title in ("登记", "Start here", "Ann's cases", "''"):
        assert quoted_title(title) == quote_sheetname(title)
