"""A ledger gets the tab of reception days by `install`, once the Setting is on, and loses no cell."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from automation.ledger.parsing import parse
from jobs import main
from sheet_schema import REGISTER, By
from tests.support.ledger_in_memory import line
from tests.support.new_ledger import settle_new
from tests.support.small_office import at, set_to
from tests.support.workbook_homes import read_now, shown_in

TAB = "领导接访"


def typed_cells(path: Path) -> list[object]:
    """The headers of the Register, and what people typed in its first row."""
    header, first = shown_in(path, "登记")[:2]
    return [*header, *[first[at] for at, column in enumerate(REGISTER) if column.by is By.STAFF and at < len(first)]]


def test_an_older_ledger_gets_the_tab_once_it_is_turned_on(tmp_path: Path) -> None:
    path = settle_new(tmp_path / "ledger.xlsx", {"register": [line(summary="原样")]})
    untouched = at(path, "2026-03-18 09:00")
    assert TAB not in read_now(path).grids
    assert not any("接访" in one.say("zh") for one in untouched.problems)

    set_to(path, "reception_days", "是")
    asked = at(path, "2026-03-18 09:10")
    assert [one.code for one in asked.after.problems if one.tab == "settings"] == ["reception_no_tab"]

    before = typed_cells(path)
    for said in ("接访", "不缺"):  # the second time there is nothing to add
        done = CliRunner().invoke(main, ["--language", "zh", "install", "--workbook", str(path), "--now", "2026-03-18"])
        assert done.exit_code == 0, done.output
        assert said in done.output, done.output
    assert typed_cells(path) == before
    assert parse(read_now(path)).tables["receptions"].at
    assert not [one for one in at(path, "2026-03-18 09:20").after.problems if one.tab in ("settings", "receptions")]
