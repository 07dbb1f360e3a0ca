"""The pages of a Google Sheet, with formats and native charts; pages that were emptied are drawn again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from google.oauth2.service_account import Credentials

from automation.pages.page import Block
from automation.pages.plans import PLANS
from automation.workbooks.google.client import EMULATOR, SCOPES, Transport
from sheet_schema import TAB
from tests.sheets_api import SheetsServer
from tests.support.new_spreadsheet import Office

CHARTS = "sheets(properties(sheetId,title),charts(spec,position))"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SheetsServer, Transport]]:
    with SheetsServer(words="zh") as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv(EMULATOR, server.address)
        file = server.key_file(tmp_path_factory.mktemp("key") / "key.json")
        account = Credentials.from_service_account_file(str(file), scopes=list(SCOPES))  # type: ignore[no-untyped-call]
        yield server, Transport(account)


@pytest.fixture(scope="module")
def office(served: tuple[SheetsServer, Transport]) -> Office:
    """A new ledger. To change it, make a `twin`."""
    made = Office(*served)
    made.lay_out()
    return made


def charts(office: Office, title: str) -> list[dict[str, Any]]:
    found = {sheet["properties"]["title"]: sheet for sheet in office.get(CHARTS)["sheets"]}
    return list(found[title].get("charts", []))


def source(sheet_id: int, block: Block) -> dict[str, int]:
    return {
        "sheetId": sheet_id,
        "startRowIndex": block.top - 1,
        "endRowIndex": block.bottom,
        "startColumnIndex": block.left - 1,
        "endColumnIndex": block.right,
    }


def drawn(chart: dict[str, Any]) -> list[dict[str, int]]:
    """The cells from which a chart is drawn."""
    basic = chart["spec"]["basicChart"]
    every = [basic["domains"][0]["domain"], *(one["series"] for one in basic["series"])]
    return [one["sourceRange"]["sources"][0] for one in every]


def test_the_charts_are_native_titled_and_labelled_and_draw_from_the_page(office: Office) -> None:
    sheet_id, plan = office.id_of("Report"), PLANS["report"]("en")
    found = charts(office, "Report")

    assert [(chart["spec"]["title"], chart["spec"]["altText"]) for chart in found] == [
        (one.title, one.title) for one in plan.charts
    ]
    assert [{axis["title"] for axis in chart["spec"]["basicChart"]["axis"]} for chart in found] == [
        {one.across, one.up} for one in plan.charts
    ]
    assert [drawn(chart) for chart in found] == [
        [source(sheet_id, block) for block in (one.names, *(series.values for series in one.series))]
        for one in plan.charts
    ]
    assert [chart["spec"]["basicChart"]["headerCount"] for chart in found] == [1] * 5


def test_of_a_chart_that_lies_the_values_go_across(office: Office) -> None:
    kinds = {chart["spec"]["basicChart"]["chartType"]: chart for chart in charts(office, "Report")}

    assert {
        kind: (
            {one["targetAxis"] for one in chart["spec"]["basicChart"]["series"]},
            [axis["title"] for axis in chart["spec"]["basicChart"]["axis"] if axis["position"] == "BOTTOM_AXIS"],
        )
        for kind, chart in kinds.items()
    } == {"COLUMN": ({"LEFT_AXIS"}, ["Open since"]), "BAR": ({"BOTTOM_AXIS"}, ["Cases"])}


@pytest.mark.parametrize("key", PLANS)
def test_the_words_stand_where_they_are_planned(office: Office, key: str) -> None:
    page, rows = PLANS[key]("en"), office.book.sheet(TAB[key].label("en")).values()

    there = {(i, j): cell for i, row in enumerate(rows, 1) for j, cell in enumerate(row, 1) if cell != ""}
    assert there == page.texts
    assert page.is_laid_out(rows)


def test_days_and_numbers_look_like_what_they_are(office: Office) -> None:
    sheet = office.book.sheet("Dashboard")
    look = {place: sheet.cell(*place)["userEnteredFormat"] for place in ((2, 9), (5, 2), (9, 4), (9, 2))}

    assert {place: one["numberFormat"] for place, one in look.items()} == {
        (2, 9): {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm"},
        (5, 2): {"type": "NUMBER", "pattern": "0"},
        (9, 4): {"type": "DATE", "pattern": "yyyy-mm-dd"},
        (9, 2): {"type": "TEXT", "pattern": "@"},
    }


# Pages that a person emptied, or made their own.


def with_pages_saying(office: Office, text: str) -> Office:
    """The ledger with only this text on its pages."""
    old = office.twin()
    for title in ("Dashboard", "Report"):
        old.book.sheet(title).delete()
        size = {"rowCount": 30, "columnCount": 12}
        old.do({"addSheet": {"properties": {"title": title, "index": 2, "gridProperties": size}}})
        old.book.sheet(title).load([["", text]] if text else [])
    return old


def test_blank_pages_are_laid_out_and_nothing_else_is_touched(office: Office) -> None:
    old = with_pages_saying(office, "")
    others = [title for title in old.book.titles() if title not in ("Dashboard", "Report")]
    before = {title: old.model(title) for title in others}

    assert old.lay_out() == ["Added the tab Dashboard.", "Added the tab Report."]
    assert {title: old.model(title) for title in others} == before
    assert [len(charts(old, title)) for title in ("Dashboard", "Report")] == [0, 5]
    for key in PLANS:
        there = old.book.sheet(TAB[key].label("en"))
        assert PLANS[key]("en").is_laid_out(there.values())
        assert there.cell(3, 2).get("userEnteredValue") is None
    assert old.lay_out() == []


def test_pages_that_people_made_their_own_are_left_alone(office: Office) -> None:
    old = with_pages_saying(office, "ours")
    before = {title: old.model(title) for title in old.book.titles()}

    assert old.lay_out() == []
    assert {title: old.model(title) for title in old.book.titles()} == before
