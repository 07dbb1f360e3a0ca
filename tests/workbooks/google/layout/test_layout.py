"""A spreadsheet that a person made and shared becomes a ledger, on the local server, be it empty or incomplete."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import zip_longest
from typing import Any

import pytest
from google.oauth2.service_account import Credentials

from automation.ledger.errors import LedgerError
from automation.ledger.serial_days import serial
from automation.ledger.workbook import Formula
from automation.pages.start_here import CLOSE_IT, IN_A_SHEET
from automation.workbooks.excel.layout.new_workbook import new_workbook
from automation.workbooks.google.client import EMULATOR, SCOPES, Transport
from automation.workbooks.google.layout.facts import Span
from automation.workbooks.google.layout.requests_for_tabs import laid_out
from automation.workbooks.google.layout.validation import formula
from sheet_schema import LANGUAGES, TAB, USUAL_TABS, Language, Place, Tab
from tests.sheets_api import SERVICE_ACCOUNT, SheetsServer
from tests.support.new_spreadsheet import EMPTY, KINDS, Office, start_rows, whole
from tests.support.workbook_homes import tabs_in

Installed = dict[tuple[Language, str], tuple[Office, list[str]]]
every_kind = pytest.mark.parametrize(("language", "preset"), KINDS, ids=lambda value: value)
every_language = pytest.mark.parametrize("language", LANGUAGES)
ADDED: dict[Language, str] = {"en": "Added the tab {}.", "zh": "已补上“{}”表。"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SheetsServer, Transport]]:
    with SheetsServer(words="zh") as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv(EMULATOR, server.address)
        file = server.key_file(tmp_path_factory.mktemp("key") / "key.json")
        account = Credentials.from_service_account_file(str(file), scopes=list(SCOPES))  # type: ignore[no-untyped-call]
        yield server, Transport(account)


@pytest.fixture(scope="module")
def installed(served: tuple[SheetsServer, Transport]) -> Installed:
    """Each kind of new ledger, and what was said when it was made. To change one, make a `twin`."""
    made = {}
    for language, preset in KINDS:
        office = Office(*served)
        made[language, preset] = (office, office.lay_out(language, preset))
    return made


@pytest.fixture
def english(installed: Installed) -> Office:
    return installed["en", "uk-school"][0].twin()


@pytest.fixture
def chinese(installed: Installed) -> Office:
    return installed["zh", "cn-school"][0].twin()


@pytest.fixture
def empty(served: tuple[SheetsServer, Transport]) -> Office:
    return Office(*served)


@cache
def excel(language: Language, preset: str) -> dict[str, list[list[Any]]]:
    """The cells of a new local workbook of this kind, with dates as numbers, as on Google."""
    return {
        title: [[serial(cell) if isinstance(cell, date) else cell for cell in row] for row in rows]
        for title, rows in tabs_in(new_workbook(language, start_rows(language, preset))).items()
    }


def trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows without blank cells at the end of rows and of the tab."""
    found = []
    for row in rows:
        cells = list(row)
        while cells and cells[-1] == "":
            cells.pop()
        found.append(cells)
    while found and not found[-1]:
        found.pop()
    return found


# A new ledger.


@every_kind
def test_a_new_ledger_holds_what_a_new_workbook_holds(installed: Installed, language: Language, preset: str) -> None:
    office, _ = installed[language, preset]
    wanted = excel(language, preset)

    assert office.book.titles() == list(wanted)
    for tab in USUAL_TABS:
        if tab.key != "start_here":
            title = tab.label(language)
            rows = [
                [formula(cell.text[1:]) if isinstance(cell, Formula) else cell for cell in row] for row in wanted[title]
            ]
            assert office.book.sheet(title).values() == trimmed(rows), title


@every_kind
def test_start_here_says_the_same_but_for_what_is_true_of_a_file_only(
    installed: Installed, language: Language, preset: str
) -> None:
    office, _ = installed[language, preset]
    title = TAB["start_here"].label(language)
    here = {CLOSE_IT: IN_A_SHEET}
    instead = {words.say(language): other.say(language) for words, other in here.items()}
    said = trimmed(excel(language, preset)[title])

    found = office.book.sheet(title).values()

    assert len(found) == len(said)
    for row, (mine, theirs) in enumerate(zip(found, said, strict=True), start=1):
        for cell, other in zip_longest(mine, theirs, fillvalue=""):
            if not isinstance(other, Formula):
                assert cell == instead.get(other, other)
            elif other.text.startswith("=IF(E"):  # the words beside a mark lead to the tab
                assert cell.endswith(f";{formula(other.text[1:])[1:]})")
                assert cell.startswith('=HYPERLINK("#gid=')
            else:
                assert cell == formula(other.text[1:]), row


@every_kind
def test_every_tab_is_said_to_be_added(installed: Installed, language: Language, preset: str) -> None:
    assert installed[language, preset][1] == [ADDED[language].format(tab.label(language)) for tab in USUAL_TABS]


@every_kind
def test_again_there_is_nothing_to_do(installed: Installed, language: Language, preset: str) -> None:
    office, _ = installed[language, preset]
    version = office.book.version

    assert office.lay_out(language, preset) == []
    assert laid_out(office.facts(), language, start_rows(language, preset), ()).requests == []
    assert office.book.version == version


def test_the_spreadsheets_locale_and_time_zone_stay(installed: Installed) -> None:
    office, _ = installed["zh", "cn-school"]

    assert office.get("properties(locale,timeZone)") == {"properties": {"locale": "de_DE", "timeZone": "Asia/Shanghai"}}


@every_language
def test_the_sheets_are_as_large_as_needed_and_frozen_at_the_headers(installed: Installed, language: Language) -> None:
    office, _ = installed[language, "cn-school"]
    fields = "sheets(properties(title,hidden,gridProperties(rowCount,columnCount,frozenRowCount,frozenColumnCount)))"
    found = [sheet["properties"] for sheet in office.get(fields)["sheets"]]

    assert [(one["title"], one.get("hidden", False)) for one in found] == [
        (tab.label(language), tab.key in ("index", "rules_seen")) for tab in USUAL_TABS
    ]
    assert [tuple(one["gridProperties"].get(key, 0) for key in
                  ("rowCount", "columnCount", "frozenRowCount", "frozenColumnCount")) for one in found] == [
        (47, 9, 0, 0), (1000, 71, 1, 4), (53, 13, 0, 0), (46, 21, 0, 0), (1000, 83, 1, 4),
        (500, 15, 1, 0), (500, 9, 1, 0), (500, 14, 1, 0), (500, 4, 1, 0),
        (500, 18, 1, 0), (500, 11, 1, 0), (500, 9, 1, 0), (500, 4 + 1, 1, 0), (500, 4, 1, 0), (500, 6, 1, 0), (500, 4, 1, 0),
        (200, 20, 1, 0), (200, 19, 1, 0), (200, 11, 1, 0), (200, 13, 1, 0), (200, 10, 1, 0), (200, 3, 1, 0), (539, 12, 0, 0),
    ]  # fmt: skip


def test_text_stays_text_and_days_are_days(installed: Installed) -> None:
    register, _ = installed["zh", "cn-school"]
    sheet = register.book.sheet("登记")
    formats = {
        column.key: sheet.cell(1000, position).get("userEnteredFormat", {}).get("numberFormat")
        for position, column in enumerate(TAB["register"], start=1)
    }
    text, day = {"type": "TEXT", "pattern": "@"}, {"type": "DATE", "pattern": "yyyy-mm-dd"}

    assert {key: formats[key] for key in ("case_no", "contact", "summary", "channel", "received_on", "people",
                                          "important")} == {
        "case_no": text, "contact": text, "summary": text, "channel": text, "received_on": day,
        "people": {"type": "NUMBER", "pattern": "0"}, "important": None,
    }  # fmt: skip
    assert register.book.sheet("通知").cell(200, 13)["userEnteredFormat"]["numberFormat"] == {
        "type": "DATE_TIME",
        "pattern": "yyyy-mm-dd hh:mm",
    }


@every_language
def test_headers_carry_their_notes(installed: Installed, language: Language) -> None:
    office, _ = installed[language, "uk-school"]
    sheet = office.book.sheet(TAB["register"].label(language))
    notes = [sheet.cell(1, position).get("note", "") for position in range(1, len(TAB["register"].columns) + 1)]

    unfolds = {
        "en": "\n\nThe [+] above unfolds more columns: Extension.",
        "zh": "\n\n单击上方的 [+] 展开“延期”的其余各列。",
    }
    wanted = [column.note(language) for column in TAB["register"]]
    for key in ("superior_ref", "extended_to", "review_on", "former_no"):
        position = TAB["register"].keys.index(key)
        group = TAB["register"][key].group
        assert group is not None
        label = group.label(language)
        wanted[position] += unfolds[language].replace("Extension", label).replace("延期", label)
    assert notes == wanted


@pytest.mark.parametrize(
    ("title", "label", "background", "ink", "line", "below"),
    [
        ("Register", "Case no.", "E3E7EB", "5A626F", "B8C0C9", "SOLID_MEDIUM"),  # the job's
        ("Register", "Summary", "FFFFFF", "2F6F9F", "2F6F9F", "SOLID_THICK"),  # needed
        ("Register", "How many people", "FFFFFF", "1F2933", "2F6F9F", "SOLID_MEDIUM"),
        ("Filing", "Summary", "E3E7EB", "5A626F", "B8C0C9", "SOLID_MEDIUM"),  # came with its row
        ("Filing", "Box", "FFFFFF", "1F2933", "6B7280", "SOLID_MEDIUM"),
        ("Notices", "Key", "E3E7EB", "5A626F", "B8C0C9", "SOLID_MEDIUM"),
    ],
)
def test_headers_are_white_where_people_type_and_grey_where_the_job_does(
    installed: Installed, title: str, label: str, background: str, ink: str, line: str, below: str
) -> None:
    office, _ = installed["en", "uk-school"]
    look = office.book.sheet(title).cell(1, office.header(title).index(label) + 1)["userEnteredFormat"]

    assert hexadecimal(look["backgroundColorStyle"]) == background
    assert (hexadecimal(look["textFormat"]["foregroundColorStyle"]), look["textFormat"]["bold"]) == (
        ink,
        True,
    )
    assert (hexadecimal(look["borders"]["bottom"]["colorStyle"]), look["borders"]["bottom"]["style"]) == (
        line,
        below,
    )


def hexadecimal(colour: dict[str, dict[str, float]]) -> str:
    return "".join(f"{round(colour['rgbColor'].get(part, 0) * 255):02X}" for part in ("red", "green", "blue"))


def test_what_the_job_fills_in_is_shaded_down_to_the_last_row(installed: Installed) -> None:
    office, _ = installed["en", "uk-school"]
    sheet = office.book.sheet("Register")
    shaded = [
        column.key
        for position, column in enumerate(TAB["register"], start=1)
        if "backgroundColorStyle" in sheet.cell(1000, position)["userEnteredFormat"]
    ]

    assert shaded == [column.key for column in TAB["register"] if not column.staff]
    assert hexadecimal(sheet.cell(1000, 1)["userEnteredFormat"]["backgroundColorStyle"]) == "F5F7F9"


def test_columns_are_wide_enough_for_their_headers(installed: Installed) -> None:
    office, _ = installed["en", "uk-school"]
    widths = office.book.sheet("Departments").model.column_properties

    assert [widths[position]["pixelSize"] for position in range(9)] == [155, 155, 245, 155, 110, 125, 230, 110, 305]


def test_dropdowns_reach_down_to_the_last_row(installed: Installed) -> None:
    office, _ = installed["en", "uk-school"]
    sheet = office.book.sheet("Register")

    kinds = {
        column.key: rule["condition"]["type"]
        for position, column in enumerate(TAB["register"], start=1)
        if (rule := sheet.cell(1000, position).get("dataValidation"))
    }
    assert [key for key, kind in kinds.items() if kind == "ONE_OF_LIST"] == [
        "channel", "kind", "restricted", "decision", "procedure", "outcome", "satisfaction", "identity", "letter",
    ]  # fmt: skip
    assert [key for key, kind in kinds.items() if kind == "ONE_OF_RANGE"] == [
        "topic", "received_by", "department", "handler", "extension_by",
    ]  # fmt: skip
    assert [key for key, kind in kinds.items() if kind == "BOOLEAN"] == ["important", "leapfrog"]
    assert [
        sheet.cell(1, position).get("dataValidation") for position in range(1, len(TAB["register"].columns) + 1)
    ] == [None] * len(TAB["register"].columns)
    assert source_of(office, "Register", "Topic") == "='Topics'!$A$2:$A$500"


def source_of(office: Office, title: str, label: str, row: int = 2) -> str:
    """The cells from which a dropdown takes its choices."""
    position = office.header(title).index(label) + 1
    rule = office.book.sheet(title).cell(row, position)["dataValidation"]
    [value] = rule["condition"]["values"]
    assert rule["condition"]["type"] == "ONE_OF_RANGE"
    return str(value["userEnteredValue"])


def test_only_the_long_tables_have_bands_and_each_table_has_its_filter(installed: Installed) -> None:
    office, _ = installed["en", "cn-school"]
    sheets = office.get(
        "sheets(properties(title),basicFilter(range),bandedRanges(range),columnGroups,conditionalFormats(ranges))"
    )["sheets"]
    by_title = {sheet["properties"]["title"]: sheet for sheet in sheets}

    assert [title for title, sheet in by_title.items() if sheet.get("bandedRanges")] == ["Register", "Filing"]
    assert {
        title: sheet["basicFilter"]["range"]["endColumnIndex"]
        for title, sheet in by_title.items()
        if "basicFilter" in sheet
    } == {tab.label("en"): len(tab.columns) for tab in USUAL_TABS if tab.columns}
    assert {
        title: len(sheet["conditionalFormats"]) for title, sheet in by_title.items() if "conditionalFormats" in sheet
    } == {
        "Start here": 2, "Register": 6, "Dashboard": 8, "Report": 8, "Departments": 3, "People": 3, "Routing": 2, "Topics": 2, "Deadlines": 2,
        "Escalation": 2, "Calendar": 2, "Duty": 2, "Settings": 2, "Wording": 2, "Words": 2,
    }  # fmt: skip
    for title in ("Register", "Filing"):
        assert [
            (group["range"]["startIndex"], group["range"]["endIndex"], group["depth"], group["collapsed"])
            for group in by_title[title]["columnGroups"]
        ] == [(29, 34, 1, True), (35, 44, 1, True), (45, 68, 1, True), (69, 71, 1, True)]
    assert [title for title, sheet in by_title.items() if "columnGroups" in sheet] == ["Register", "Filing", "Notices"]


def test_the_colours_come_in_the_order_in_which_they_count(installed: Installed) -> None:
    office, _ = installed["zh", "uk-school"]
    fields = "sheets(properties(title),conditionalFormats(booleanRule(condition(values))))"
    register = office.get(fields)["sheets"][1]

    assert [
        rule["booleanRule"]["condition"]["values"][0]["userEnteredValue"] for rule in register["conditionalFormats"]
    ] == ['=$B2="超期"', '=$B2="临期"', '=$B2="正常"', '=$B2="等待"', '=$C2="办结"', "=COUNTA($E2:$J2)=0"]


@every_language
def test_only_the_jobs_own_tabs_are_locked(installed: Installed, language: Language) -> None:
    office, _ = installed[language, "cn-school"]
    found = office.get("sheets(properties(title),protectedRanges(range,warningOnly,editors(users)))")["sheets"]

    locked = {
        sheet["properties"]["title"]: one["editors"]["users"]
        for sheet in found
        for one in sheet.get("protectedRanges", ())
        if not one.get("warningOnly")
    }
    assert list(locked) == [tab.label(language) for tab in USUAL_TABS if tab.place is Place.JOB]
    assert all(SERVICE_ACCOUNT in users for users in locked.values())
    warned = [
        sheet["properties"]["title"]
        for sheet in found
        if any(one.get("warningOnly") for one in sheet.get("protectedRanges", ()))
    ]
    filled = [tab for tab in USUAL_TABS if tab.columns or tab.key in ("dashboard", "form")]
    assert warned == [tab.label(language) for tab in filled if tab.place is not Place.JOB]


def test_the_lists_have_names(installed: Installed) -> None:
    office, _ = installed["en", "uk-school"]
    named = office.get("namedRanges(name,range)")["namedRanges"]

    assert {one["name"]: one["range"] for one in named} == {
        f"list_{tab.key}": {
            "sheetId": office.id_of(tab.label("en")),
            "startRowIndex": 1,
            "endRowIndex": 500,
            "startColumnIndex": 0,
            "endColumnIndex": 1,
        }
        for tab in (TAB["departments"], TAB["people"], TAB["topics"])
    }


def test_the_page_leads_to_every_tab(installed: Installed) -> None:
    office, _ = installed["en", "uk-school"]
    page = office.book.sheet("Start here")
    rows = [row for row, cells in enumerate(page.values(), start=1) if len(cells) > 1 and cells[1] == "Register"]

    ids = {title: office.id_of(title) for title in office.book.titles()}
    [first] = rows
    leads = {}
    for row in range(first, first + 20):
        cell = page.cell(row, 2)
        leads[cell["userEnteredValue"]["stringValue"]] = cell["userEnteredFormat"]["textFormat"]["link"]["uri"]
    assert leads == {
        title: f"#gid={number}" for title, number in ids.items() if title not in ("Start here", "Index", "Rules seen")
    }


# What is there already.


@pytest.mark.parametrize("title", ["Sheet1", "工作表1", "Tabelle1"])
def test_the_one_empty_tab_of_a_new_spreadsheet_becomes_the_first(empty: Office, title: str) -> None:
    empty.book.sheet("Sheet1").rename(title)
    number = empty.id_of(title)

    empty.lay_out("zh", "cn-school")

    assert empty.book.titles() == [tab.label("zh") for tab in USUAL_TABS]
    assert empty.id_of("使用说明") == number


def test_a_tab_with_something_in_it_stays_where_it_is_and_as_it_is(empty: Office) -> None:
    empty.book.sheet("Sheet1").load([["Shopping"], ["Tea", 3]])
    before = empty.model("Sheet1")

    said = empty.lay_out()

    assert empty.book.titles() == [*(tab.label("en") for tab in USUAL_TABS), "Sheet1"]
    assert empty.model("Sheet1") == before
    assert said == [ADDED["en"].format(tab.label("en")) for tab in USUAL_TABS]


def test_peoples_own_tabs_and_columns_are_left_alone(english: Office) -> None:
    english.do({"addSheet": {"properties": {"title": "Birthdays", "index": 2}}})
    english.book.sheet("Birthdays").load([["Who", "When"], ["Li Min", "May"]])
    register = english.book.sheet("Register")
    register.insert_column(5)
    register.type(1, 5, "Room")
    register.type(2, 5, "2.14")
    english.book.sheet("Filing").delete()
    titles = english.book.titles()
    before = {title: english.model(title) for title in titles}

    assert english.lay_out() == ["Added the tab Filing."]

    assert {title: english.model(title) for title in titles} == before
    assert english.book.titles()[:7] == [
        "Start here",
        "Register",
        "Birthdays",
        "Dashboard",
        "Form",
        "Filing",
        "Routing",
    ]
    assert english.lay_out() == []


def test_what_people_changed_stays_as_they_changed_it(english: Office) -> None:
    routing = english.id_of("Routing")
    english.do(
        {"clearBasicFilter": {"sheetId": routing}},
        {"deleteConditionalFormatRule": {"sheetId": routing, "index": 0}},
        {"updateDimensionProperties": {
            "range": {"sheetId": routing, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 3},
            "properties": {"pixelSize": 33}, "fields": "pixelSize"}},
        {"updateSheetProperties": {
            "properties": {"sheetId": routing, "index": 0, "title": "分办规则", "gridProperties": {"frozenRowCount": 0}},
            "fields": "index,title,gridProperties(frozenRowCount)"}},
        {"repeatCell": {"range": {"sheetId": routing}, "cell": {}, "fields": "userEnteredFormat,dataValidation,note"}},
    )  # fmt: skip
    english.book.sheet("分办规则").move_column(3, 1)
    english.book.sheet("Duty").delete()
    titles = english.book.titles()
    before = {title: english.model(title) for title in titles}

    assert english.lay_out() == ["Added the tab Duty."]

    assert {title: english.model(title) for title in titles} == before


def test_missing_columns_come_after_the_last_one_whole(english: Office) -> None:
    departments = english.book.sheet("Departments")
    departments.insert_column(3)
    departments.type(1, 3, "Floor")
    for header in ("Read by", "Head of department", "Problems"):
        departments.delete_column(departments.values()[0].index(header) + 1)
    before = departments.values()

    assert english.lay_out() == ["Added to Departments: Read by, Head of department, Problems."]

    after = departments.values()
    assert after[0] == [*before[0], "Read by", "Head of department", "Problems"]
    assert after[1:] == before[1:]
    last = len(after[0])
    assert departments.model.column_count == last
    assert departments.cell(1, last - 1)["note"] == "A name from People."
    for header in ("Read by", "Head of department"):
        assert source_of(english, "Departments", header, 500) == "='People'!$A$2:$A$500"
    assert departments.cell(500, last)["userEnteredFormat"]["wrapStrategy"] == "WRAP"
    [warning] = departments.model.protected_ranges
    assert (warning["range"]["startColumnIndex"], warning["range"]["endColumnIndex"]) == (last - 1, last)
    assert [
        rule["booleanRule"]["condition"]["values"][0]["userEnteredValue"]
        for rule in departments.model.conditional_formats
    ][-1] == '=AND(LEN($J2)>0;LEFT($J2;1)<>"ⓘ")'
    assert english.lay_out() == []


def test_what_stands_beside_a_table_without_a_header_moves_along(english: Office) -> None:
    topics = english.book.sheet("Topics")
    topics.type(3, 6, "ask Li Min")
    topics.delete_column(2)

    assert english.lay_out() == ["Added to Topics: Hint."]

    assert topics.values()[0] == ["Topic", "Retention", "Problems", "Hint"]
    assert topics.values()[2][5] == "ask Li Min"


@pytest.mark.parametrize("labels", ["zh", "key"])
def test_a_tab_or_column_under_another_of_its_names_counts_as_there(english: Office, labels: str) -> None:
    for tab in USUAL_TABS:
        sheet = english.book.sheet(tab.label("en"))
        for position, column in enumerate(tab, start=1):
            sheet.type(1, position, column.label("zh") if labels == "zh" else column.key)
        if tab.key not in ("register", "filing"):
            sheet.rename(tab.label("zh") if labels == "zh" else tab.key)

    assert english.lay_out() == []


def test_a_list_that_comes_anew_is_offered_again_everywhere(english: Office) -> None:
    english.book.sheet("People").rename("Staff of 2024")
    english.book.sheet("Topics").delete()

    assert english.lay_out() == ["Added the tab People.", "Added the tab Topics."]

    assert english.book.titles()[6:10] == ["Departments", "People", "Topics", "Staff of 2024"]
    assert {
        (title, label): source_of(english, title, label)
        for title, label in (
            ("Register", "Topic"), ("Register", "Handler"), ("Filing", "Received by"), ("Departments", "Head of department"),
            ("Duty", "Person"), ("Routing", "Topic"), ("Register", "Department"), ("People", "Stand-in"))
    } == {
        ("Register", "Topic"): "='Topics'!$A$2:$A$500", ("Register", "Handler"): "='People'!$A$2:$A$500",
        ("Filing", "Received by"): "='People'!$A$2:$A$500", ("Departments", "Head of department"): "='People'!$A$2:$A$500",
        ("Duty", "Person"): "='People'!$A$2:$A$500", ("Routing", "Topic"): "='Topics'!$A$2:$A$500",
        ("Register", "Department"): "='Departments'!$A$2:$A$500", ("People", "Stand-in"): "='People'!$A$2:$A$500",
    }  # fmt: skip
    named = {one["name"]: one["range"]["sheetId"] for one in english.get("namedRanges(name,range)")["namedRanges"]}
    assert named == {f"list_{key}": english.id_of(TAB[key].label("en")) for key in ("departments", "people", "topics")}
    assert english.lay_out() == []


def test_a_list_column_that_comes_anew_is_offered_from_where_it_stands(english: Office) -> None:
    english.book.sheet("Departments").delete_column(1)

    assert english.lay_out() == ["Added to Departments: Name.", "Mended the dropdown list of Departments."]

    assert source_of(english, "Register", "Department") == "='Departments'!$I$2:$I$500"
    named = {one["name"]: one["range"] for one in english.get("namedRanges(name,range)")["namedRanges"]}
    assert named["list_departments"] == {
        "sheetId": english.id_of("Departments"),
        "startRowIndex": 1,
        "endRowIndex": 500,
        "startColumnIndex": 8,
        "endColumnIndex": 9,
    }
    assert english.lay_out() == []


def test_a_name_that_was_deleted_is_given_again_and_nothing_else(chinese: Office) -> None:
    named = {one["name"]: one["namedRangeId"] for one in chinese.get("namedRanges(name,namedRangeId)")["namedRanges"]}
    chinese.do({"deleteNamedRange": {"namedRangeId": named["list_people"]}})
    before = {title: chinese.model(title) for title in chinese.book.titles()}

    assert chinese.lay_out("zh", "cn-school") == ["已修复“人员”的下拉列表。"]

    assert {title: chinese.model(title) for title in chinese.book.titles()} == before
    assert chinese.lay_out("zh", "cn-school") == []


def test_an_empty_tab_under_one_of_our_names_is_laid_out_where_it_stands(empty: Office) -> None:
    empty.book.sheet("Sheet1").load([["x"]])
    empty.do({"addSheet": {"properties": {"title": "登记", "sheetId": 5}}})

    empty.lay_out()

    assert empty.book.titles() == [
        "Start here",
        "Sheet1",
        "登记",
        *(tab.label("en") for tab in USUAL_TABS if tab.key not in ("start_here", "register")),
    ]
    assert empty.id_of("登记") == 5
    assert empty.header("登记") == [column.label("en") for column in TAB["register"]]
    assert empty.lay_out() == []


def test_the_programs_own_lock_is_no_reason_to_keep_an_empty_tab(empty: Office) -> None:
    empty.do({"addSheet": {"properties": {"title": "_lock", "hidden": True}}})
    empty.book.sheet("_lock").load([["owner", 46000]])

    empty.lay_out()

    assert empty.book.titles() == [*(tab.label("en") for tab in USUAL_TABS), "_lock"]


# What is asked for, request by request.


def test_room_is_made_between_the_last_header_and_what_follows() -> None:
    """The new columns do not inherit from the one before, which may be folded or hidden."""
    narrow, wide = (
        whole("en", topics={"headers": ["Topic", "Hint", "Retention"], "columns": columns}) for columns in (3, 26)
    )
    number = USUAL_TABS.index(TAB["topics"]) + 1

    assert laid_out(narrow, "en", {}, ()).requests[0] == {
        "appendDimension": {"sheetId": number, "dimension": "COLUMNS", "length": 1}
    }
    assert laid_out(wide, "en", {}, ()).requests[0] == {
        "insertDimension": {
            "range": {"sheetId": number, "dimension": "COLUMNS", "startIndex": 3, "endIndex": 4},
            "inheritFromBefore": False,
        }
    }


def test_what_is_protected_already_is_not_protected_again() -> None:
    lacking = {"headers": ["Topic", "Hint", "Retention"], "columns": 4, "protected": [Span(1, 4)]}

    kinds = {kind for request in laid_out(whole("en", topics=lacking), "en", {}, ()).requests for kind in request}

    assert "addConditionalFormatRule" in kinds
    assert "addProtectedRange" not in kinds


@pytest.mark.parametrize(
    ("there", "left_out"),
    [
        ({"filtered": True}, "setBasicFilter"),
        ({"banded": True}, "addBanding"),
        ({"grouped": True}, "addDimensionGroup"),
        ({"colours": 1}, "addConditionalFormatRule"),
        ({"protected": [Span(1, 71)]}, "addProtectedRange"),
    ],
)
def test_an_empty_tab_keeps_what_a_person_gave_it(there: dict[str, Any], left_out: str) -> None:
    plain, dressed = (whole("en", register={"filled": 0, **more}) for more in ({}, there))

    all_kinds, kinds = (
        {kind for request in laid_out(facts, "en", {}, ()).requests for kind in request} for facts in (plain, dressed)
    )

    assert all_kinds - kinds == {left_out} | ({"updateDimensionGroup"} if left_out == "addDimensionGroup" else set())


def test_an_empty_page_keeps_its_colours() -> None:
    facts = whole("en", start_here={"filled": 0, "colours": 3})

    assert "addConditionalFormatRule" not in str(laid_out(facts, "en", {}, ()).requests)


def test_a_dropdown_reaches_no_further_than_its_list() -> None:
    facts = whole("en", topics={"rows": 30}, routing={"headers": ["Order"]})

    [rule] = [
        request["setDataValidation"]["rule"]["condition"]["values"]
        for request in laid_out(facts, "en", {}, ()).requests
        if "Topics" in str(request.get("setDataValidation"))
    ]

    assert rule == [{"userEnteredValue": "='Topics'!$A$2:$A$30"}]


# Numbers of sheets, and what cannot be written.


@every_language
def test_a_number_in_use_is_not_given_again(language: Language) -> None:
    usual = new_ids(laid_out(EMPTY, language, {}, ()).requests)
    facts = dataclasses.replace(
        whole(language), sheets=[dataclasses.replace(EMPTY.sheets[0], sheet_id=usual[0], filled=1)]
    )

    other = new_ids(laid_out(facts, language, {}, ()).requests)

    assert len(set(usual)) == len(USUAL_TABS) - 1
    assert all(0 <= number < 2**31 for number in usual)
    assert usual == new_ids(laid_out(EMPTY, language, {}, ()).requests)
    assert usual[0] not in other
    assert len(set(other)) == len(USUAL_TABS)


def new_ids(requests: list[dict[str, Any]]) -> list[int]:
    return [request["addSheet"]["properties"]["sheetId"] for request in requests if "addSheet" in request]


def test_nothing_is_missing_from_a_whole_ledger() -> None:
    for language in LANGUAGES:
        layout = laid_out(whole(language), language, start_rows(language, "cn-school"), ("a@x.org",))
        assert (layout.requests, layout.added) == ([], [])


def test_a_text_too_long_for_a_cell_is_named() -> None:
    rows = {"departments": [{"name": "Office"}, {"name": "Canteen", "note": "x" * 50_001}]}

    with pytest.raises(LedgerError, match="The cell Departments!G3 would hold more than the 50,000 characters"):
        laid_out(EMPTY, "en", rows, ())


def test_a_tab_that_starts_with_many_rows_has_room_for_them() -> None:
    rows = {"register": [{"case_no": f"LV-{number:05}"} for number in range(1, 2001)]}
    tab: Tab = TAB["register"]

    [made] = [
        request["addSheet"]["properties"]
        for request in laid_out(EMPTY, "en", rows, ()).requests
        if request.get("addSheet", {}).get("properties", {}).get("title") == tab.label("en")
    ]

    assert made["gridProperties"]["rowCount"] == 2101
