"""docs/columns.md says exactly what `sheet_schema` declares."""

from sheet_schema.reference import PAGE, page


def test_the_page_is_true() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs`"
