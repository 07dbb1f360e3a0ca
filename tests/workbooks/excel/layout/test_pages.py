"""The pages of a local workbook: laid out once with native charts, filled cell by cell, added to an old ledger."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from automation.commands.install import install_into
from automation.ledger.parsing import parse
from automation.ledger.workbook import ColumnEdit, Commit, TabEdit
from automation.pages.dashboard import LATE_LIST, RAN_AT, TILES
from automation.pages.page import Block, Chart
from automation.pages.plans import PLANS
from automation.run.job import JOBS, Request
from automation.run.run import run
from automation.workbooks.excel.layout.new_workbook import new_workbook
from automation.workbooks.excel.layout.upgrade import completed
from automation.workbooks.excel.workbook import ExcelWorkbook
from sheet_schema import LANGUAGES, TAB, Language
from tests.support.ledger_in_memory import NOW
from tests.support.new_ledger import blank as new_file

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
Book = openpyxl.Workbook
every_language = pytest.mark.parametrize("language", LANGUAGES)
every_page = pytest.mark.parametrize("key", PLANS)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("new") / "ledger.xlsx"
    install_into(path, "en", "uk-school", NOW, CLOCK)
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, installed: bytes) -> Path:
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(installed)
    return path


@cache
def blank(language: Language) -> Book:
    """A new ledger, as openpyxl reads it."""
    return opened(new_file(language))


def opened(data: bytes | Path) -> Book:
    return openpyxl.load_workbook(io.BytesIO(data) if isinstance(data, bytes) else data)


def sheet_of(book: Book, title: str) -> Worksheet:
    sheet = book[title]
    assert isinstance(sheet, Worksheet)
    return sheet


def change(path: Path, edit: Callable[[Book], None]) -> None:
    book = opened(path)
    edit(book)
    book.save(path)


def again(path: Path) -> list[str]:
    return install_into(path, None, None, NOW, CLOCK)


def parts(path: Path, under: str) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist() if name.startswith(under)}


def charts(book: Book, title: str) -> list[tuple[str, list[str]]]:
    """Each chart's title and the cells it draws."""
    return [(said(chart.title), list(drawn(chart))) for chart in sheet_of(book, title)._charts]  # type: ignore[attr-defined]


def said(title: Any) -> str:
    return "".join(run.t for paragraph in title.tx.rich.p for run in paragraph.r)


def drawn(chart: Any) -> Iterator[str]:
    for series in chart.series:
        for reference in (series.cat.strRef, series.val.numRef, series.tx.strRef):
            yield reference.f.replace("$", "").replace("'", "")


# Plans.


@every_language
@every_page
def test_the_words_of_a_page_stand_on_it_and_it_knows_itself(key: str, language: Language) -> None:
    page = PLANS[key](language)
    grid = blank(language)[TAB[key].label(language)]
    rows: list[list[Any]] = [["" if cell is None else cell for cell in row] for row in grid.iter_rows(values_only=True)]

    assert {
        place for place in page.texts if not (1 <= place[0] <= page.rows and 1 <= place[1] <= page.columns)
    } == set()
    assert page.is_laid_out(rows)
    assert not page.is_laid_out([[], ["", TAB[key].label(language)]])


@every_language
@every_page
def test_charts_draw_from_headed_columns_and_cover_no_words(key: str, language: Language) -> None:
    page = PLANS[key](language)
    for chart in page.charts:
        heads = [(block.top, block.left) for block in (chart.names, *(series.values for series in chart.series))]
        assert [head for head in heads if not page.texts.get(head)] == []
        assert len({block.bottom - block.top for block in (chart.names, *(one.values for one in chart.series))}) == 1
        covered = covers(chart, page.heights, page.widths)
        assert [place for place in page.texts if place[0] in covered[0] and place[1] in covered[1]] == []


def covers(chart: Chart, heights: Any, widths: Any) -> tuple[range, range]:
    """The rows and columns that a chart covers."""
    row, left = chart.at[0], chart.height * 3 / 4
    while left > 0:
        left -= heights.get(row, 20)
        row += 1
    column, wide = chart.at[1], float(chart.width)
    while wide > 0:
        wide -= widths[column] * 7 + 5
        column += 1
    return range(chart.at[0], row), range(chart.at[1], column)


@every_language
def test_the_charts_are_native_titled_and_labelled(language: Language) -> None:
    page, title = PLANS["report"](language), TAB["report"].label(language)
    found = sheet_of(blank(language), title)._charts  # type: ignore[attr-defined]

    assert [said(chart.title) for chart in found] == [plan.title for plan in page.charts]
    assert [(said(chart.x_axis.title), said(chart.y_axis.title)) for chart in found] == [
        (plan.across, plan.up) for plan in page.charts
    ]
    assert [list(drawn(chart)) for chart in found] == [
        [one for series in plan.series for one in (below(title, plan.names), below(title, series.values), head(title, series.values))]
        for plan in page.charts
    ]  # fmt: skip
    assert len(found) == 5


def below(title: str, block: Block) -> str:
    return f"{title}!{block._replace(top=block.top + 1).name}"


def head(title: str, block: Block) -> str:
    return f"{title}!{block.name.partition(':')[0]}"


def test_the_dashboard_prints_on_one_sheet_and_the_report_on_as_many_as_it_is_long() -> None:
    book = blank("en")
    about = {title: sheet_of(book, title) for title in ("Dashboard", "Report")}

    assert {
        title: (
            sheet.page_setup.orientation,
            sheet.page_setup.fitToWidth,
            sheet.page_setup.fitToHeight,
            len(sheet.row_breaks),
        )
        for title, sheet in about.items()
    } == {"Dashboard": ("portrait", 1, 1, 0), "Report": ("landscape", 1, 0, 4)}
    assert {sheet.protection.sheet for sheet in about.values()} == {True}


# What jobs write.


def test_a_run_leaves_charts_looks_and_colours_byte_for_byte(path: Path) -> None:
    before = {under: parts(path, under) for under in ("xl/charts", "xl/drawings", "xl/styles")}
    type_a_case(path)

    result = run(ExcelWorkbook(path, CLOCK), Request(JOBS["run"], NOW, CLOCK))

    assert "Dashboard" in {edit.title for edit in result.edits}
    assert {under: parts(path, under) for under in before} == before


def type_a_case(path: Path) -> None:
    """Write a case as a run would, without saving through openpyxl."""
    workbook = ExcelWorkbook(path, CLOCK)
    register = parse(workbook.read()).register
    typed: dict[str, Any] = {
        "channel": "Visit",
        "petitioner": "Anna",
        "contact": "01632 960001",
        "kind": "Complaint",
        "topic": "School meals",
        "summary": "Cold food",
        "received_on": datetime(2026, 2, 2),
        "decision": "Accept",
        "decided_on": datetime(2026, 2, 3),
    }
    with workbook.lock():
        cells = [ColumnEdit(register.at[key], [2], [value]) for key, value in typed.items()]
        workbook.commit(Commit(workbook.read(), [TabEdit("Register", cells)]))


def test_what_is_written_looks_as_it_was_laid_out(path: Path) -> None:
    type_a_case(path)
    run(ExcelWorkbook(path, CLOCK), Request(JOBS["run"], NOW, CLOCK))
    sheet = sheet_of(opened(path), "Dashboard")

    found = {
        place: sheet.cell(*place) for place in (RAN_AT, TILES["late"], (LATE_LIST.head + 1, 2), (LATE_LIST.head + 1, 4))
    }
    assert {place: (cell.value, cell.number_format) for place, cell in found.items()} == {
        RAN_AT: (NOW, "yyyy-mm-dd hh:mm"),
        TILES["late"]: (1, "0"),
        (LATE_LIST.head + 1, 2): ("LV-00001", "@"),
        (LATE_LIST.head + 1, 4): (found[LATE_LIST.head + 1, 4].value, "yyyy-mm-dd"),
    }
    assert isinstance(found[LATE_LIST.head + 1, 4].value, datetime)
    assert [cell.font.b for cell in found.values()] == [True, True, True, False]


# Charts stay as they are, our own and other people's.


def in_excels_dialect(data: bytes) -> bytes:
    """As Excel writes it: a prefix on everything in a chart, and extra parts for its colours."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        found = {name: package.read(name) for name in package.namelist()}
    for name in [name for name in found if name.startswith("xl/charts/chart")]:
        text = found[name].decode()
        text = re.sub(r"<(/?)(?!/?a:|\?)", r"<\1c:", text).replace("xmlns=", "xmlns:c=")
        found[name] = text.replace("'Report'!", "Report!").encode()
        number = re.sub(r"\D", "", name)
        found[f"xl/charts/colors{number}.xml"] = b"<cs:colorStyle xmlns:cs='urn:cs'/>"
        found[f"xl/charts/_rels/chart{number}.xml.rels"] = (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
            b' Type="http://schemas.microsoft.com/office/2011/relationships/chartColorStyle" Target="colors%b.xml"/></Relationships>'
            % number.encode()
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in found.items():
            package.writestr(name, content)
    return out.getvalue()


def edited(edit: Callable[[Book], None]) -> bytes:
    """A new ledger that somebody changed, without one of its tabs."""
    book = opened(new_file("en"))
    del book["Duty"]
    edit(book)
    return bytes_of(book)


def bytes_of(book: Book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def finished(data: bytes) -> tuple[Book, list[str]]:
    made, said_then = completed(data, "ledger.xlsx", "en", {})
    assert completed(made, "ledger.xlsx", "en", {}) == (made, [])
    return opened(made), said_then


@pytest.mark.parametrize("dialect", [lambda data: data, in_excels_dialect], ids=["ours", "Excel's"])
def test_a_ledger_that_lacks_a_tab_is_completed_and_keeps_the_charts(
    dialect: Callable[[bytes], bytes],
) -> None:
    book, said_then = finished(dialect(edited(lambda _: None)))

    assert said_then == ["Added the tab Duty."]
    assert charts(book, "Report") == charts(blank("en"), "Report")


def test_a_chart_that_was_deleted_does_not_come_back() -> None:
    def torn(book: Book) -> None:
        del sheet_of(book, "Report")._charts[1:]  # type: ignore[attr-defined]

    book, _ = finished(edited(torn))

    assert [title for title, _ in charts(book, "Report")] == ["Received and answered, month by month"]


# Pages that a person emptied, or made their own.


def with_blank_pages(book: Book, *, dashboard: str | None = None) -> None:
    for title, text in (("Dashboard", dashboard), ("Report", None)):
        place = book.sheetnames.index(title)
        del book[title]
        book.create_sheet(title, place)["B3"] = text


def test_blank_pages_are_laid_out_once_and_nothing_else_is_touched(path: Path) -> None:
    def with_chart(book: Book) -> None:
        with_blank_pages(book)
        own = book.create_sheet("Own")
        chart = BarChart()
        chart.add_data(Reference(own, min_col=1, min_row=1, max_row=2))
        own.add_chart(chart, "C3")

    change(path, with_chart)
    before, drawn = others(path), parts(path, "xl/charts/")

    said_first, said_again = again(path), again(path)

    assert (said_first, said_again) == (
        ["Laid out the page Dashboard.", "Laid out the page Report."],
        ["ledger.xlsx lacks nothing."],
    )
    assert others(path) == before
    assert drawn.items() <= parts(path, "xl/charts/").items()
    assert len(charts(opened(path), "Report")) == 5
    assert sheet_of(opened(path), "Dashboard")["B3"].value is None
    assert sheet_of(opened(path), "Dashboard").cell(*RAN_AT).value is not None


def others(path: Path) -> dict[str, object]:
    grids = ExcelWorkbook(path, CLOCK).read().grids
    return {title: grid for title, grid in grids.items() if title not in ("Dashboard", "Report", "Runs")}


def test_a_page_that_people_made_their_own_is_left_alone(path: Path) -> None:
    change(path, lambda book: with_blank_pages(book, dashboard="Our own notes"))

    assert again(path) == ["Laid out the page Report."]
    assert sheet_of(opened(path), "Dashboard")["B3"].value == "Our own notes"
    assert again(path) == ["ledger.xlsx lacks nothing."]


def test_beside_tabs_of_peoples_own_the_charts_are_just_as_they_were() -> None:
    plain = new_file("zh")
    beside = new_workbook("zh", {}, {"自己的": [["a"]]})

    def drawings(data: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [name for name in package.namelist() if re.match(r"xl/(charts|drawings)/\w+\.xml", name)]
            return {name: package.read(name) for name in names}

    assert drawings(beside) == drawings(plain) != {}
