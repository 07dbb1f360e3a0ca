"""gspread 6 talks to the server unmodified: what its own tests do, done here from end to end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gspread
import pytest
from gspread.utils import (
    ExportFormat,
    MergeType,
    ValidationConditionType,
    ValueInputOption,
    ValueRenderOption,
)

from . import OWNER, SERVICE_ACCOUNT
from .calling import Desk


@pytest.fixture
def worksheet(desk: Desk, client: gspread.Client) -> gspread.Worksheet:
    return client.open_by_key(desk.book.id).sheet1


ROWS: list[list[Any]] = [["id", "name", "days"], ["a", "Ann", "3"], ["b", "Bob", ""], ["c", "", "7"]]


def test_cells_and_ranges_are_read_and_found(worksheet: gspread.Worksheet) -> None:
    worksheet.update(ROWS, "A1", value_input_option=ValueInputOption.user_entered)
    assert worksheet.get_all_values() == ROWS
    assert (worksheet.acell("B2").value, worksheet.cell(2, 3).numeric_value) == ("Ann", 3)
    assert worksheet.row_values(3) == ["b", "Bob"]
    assert worksheet.col_values(3) == ["days", "3", "", "7"]
    assert [cell.value for cell in worksheet.range("A1:B2")] == ["id", "name", "a", "Ann"]
    found = worksheet.find("Bob")
    assert found is not None
    assert (found.row, found.col) == (3, 2)
    assert [cell.address for cell in worksheet.findall("7")] == ["C4"]
    assert worksheet.get_all_records() == [
        {"id": "a", "name": "Ann", "days": 3},
        {"id": "b", "name": "Bob", "days": ""},
        {"id": "c", "name": "", "days": 7},
    ]
    assert worksheet.batch_get(["A1:B1", "C2"]) == [[["id", "name"]], [["3"]]]
    assert worksheet.get("C2", value_render_option=ValueRenderOption.unformatted) == [[3]]


def test_cells_are_written_in_every_way(worksheet: gspread.Worksheet) -> None:
    worksheet.update_acell("A1", "= 1 / 1024")
    worksheet.update_cell(1, 2, "0042")
    cells = worksheet.range("C1:D2")
    for number, cell in enumerate(cells):
        cell.value = str(number)
    worksheet.update_cells(cells)
    worksheet.batch_update([{"range": "A2:B2", "values": [["x", "y"]]}])
    assert worksheet.get_all_values() == [["0.0009765625", "42", "0", "1"], ["x", "y", "2", "3"]]
    worksheet.batch_clear(["A1:B1", "D2"])
    assert worksheet.get_all_values() == [["", "", "0", "1"], ["x", "y", "2", ""]]
    worksheet.clear()
    assert worksheet.get_all_values() == [[]]


def test_rows_and_columns_are_appended_inserted_and_deleted(desk: Desk, worksheet: gspread.Worksheet) -> None:
    worksheet.append_rows([["a", "b"], ["c", "d"]])
    worksheet.append_row(["e"])
    worksheet.insert_row(["new"], 2)
    worksheet.insert_cols([["x", "y"]], 2)
    assert worksheet.get_all_values() == [["a", "x", "b"], ["new", "y", ""], ["c", "", "d"], ["e", "", ""]]
    worksheet.delete_rows(2, 3)
    worksheet.delete_columns(2)
    assert worksheet.get_all_values() == [["a", "b"], ["e", ""]]
    worksheet.add_rows(5)
    worksheet.add_cols(1)
    grid = desk.book.sheet("Sheet1").model
    assert (worksheet.row_count, worksheet.col_count) == (grid.row_count, grid.column_count)
    worksheet.resize(10, 3)
    assert worksheet.spreadsheet.sheet1.row_count == 10


def test_sheets_come_go_and_move(desk: Desk, client: gspread.Client) -> None:
    spreadsheet = client.open_by_key(desk.book.id)
    second = spreadsheet.add_worksheet("Second", 5, 5, index=0)
    twin = spreadsheet.duplicate_sheet(second.id, new_sheet_name="Third")
    assert desk.book.titles() == ["Third", "Second", "Sheet1"]
    spreadsheet.reorder_worksheets([spreadsheet.worksheet("Sheet1"), second, twin])
    twin.update_title("Last")
    twin.hide()
    twin.update_tab_color("#ff0080")
    assert spreadsheet.worksheet("Last").tab_color == "#FF0080"
    assert [sheet.title for sheet in spreadsheet.worksheets(exclude_hidden=True)] == ["Sheet1", "Second"]
    second.freeze(rows=1)
    second.hide_gridlines()
    grid = desk.look(fields="sheets.properties.gridProperties")["sheets"][1]["properties"]["gridProperties"]
    assert grid == {"rowCount": 5, "columnCount": 5, "frozenRowCount": 1, "hideGridlines": True}
    spreadsheet.del_worksheet(twin)
    other = client.create("Other")
    second.copy_to(other.id)
    assert [sheet.title for sheet in other.worksheets()] == ["Sheet1", "Copy of Second"]


def test_what_lies_on_cells_is_set_and_read(worksheet: gspread.Worksheet) -> None:
    worksheet.update([["1", "", "2"], ["", "", "x"]], "A1", value_input_option=ValueInputOption.user_entered)
    worksheet.merge_cells("A1:B2", MergeType.merge_all)
    assert worksheet.get("A1:C2", combine_merged_cells=True) == [["1", "1", "2"], ["1", "1", "x"]]
    worksheet.unmerge_cells("A1:B2")
    worksheet.update_note("C1", "a note")
    worksheet.insert_notes({"A2": "another"})
    assert (worksheet.get_note("C1"), worksheet.get_notes()) == (
        "a note",
        [["", "", "a note"], ["another", "", ""]],
    )
    worksheet.clear_note("C1")
    assert worksheet.get_note("C1") == ""
    worksheet.format("A1:B1", {"textFormat": {"bold": True}})
    worksheet.add_validation("D1:D5", ValidationConditionType.one_of_list, ["yes", "no"], strict=True)
    worksheet.set_basic_filter("A1:C5")
    worksheet.clear_basic_filter()
    worksheet.add_dimension_group_rows(0, 2)
    assert worksheet.list_dimension_group_rows() == [
        {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 2}, "depth": 1}
    ]
    worksheet.hide_rows(1, 2)
    worksheet.columns_auto_resize(0, 1)
    worksheet.sort((3, "des"), range="A1:C2")
    worksheet.copy_range("A1:C1", "A5:C5")
    worksheet.cut_range("A5:C5", "A7")
    assert worksheet.get("A7:C7") == worksheet.get("A1:C1")


def test_ranges_are_named_and_protected(desk: Desk, worksheet: gspread.Worksheet) -> None:
    worksheet.update([["x"]], "B2")
    worksheet.define_named_range("A1:B2", "Letters")
    assert worksheet.spreadsheet.values_get("Letters")["values"] == [[], ["", "x"]]
    (named,) = worksheet.spreadsheet.list_named_ranges()
    worksheet.delete_named_range(named["namedRangeId"])
    assert worksheet.spreadsheet.list_named_ranges() == []
    worksheet.add_protected_range("A1:B2", editor_users_emails=[SERVICE_ACCOUNT])
    (protected,) = worksheet.spreadsheet.list_protected_ranges(worksheet.id)
    assert protected["editors"] == {"users": [SERVICE_ACCOUNT, OWNER]}
    worksheet.delete_protected_range(protected["protectedRangeId"])
    assert worksheet.spreadsheet.list_protected_ranges(worksheet.id) == []


def test_files_are_made_listed_copied_shared_and_deleted(desk: Desk, client: gspread.Client) -> None:
    made = client.create("Made")
    made.sheet1.update([["a,b", "2"]], "A1")
    assert [file["name"] for file in client.list_spreadsheet_files()] == ["Made", "Ledger"]
    assert client.open("Made").id == made.id
    assert client.export(made.id, ExportFormat.CSV) == b'"a,b",2'
    copied = client.copy(made.id, "Copied")
    assert copied.sheet1.get_all_values() == [["a,b", "2"]]
    made.share("someone@example.org", perm_type="user", role="reader")
    emails = {entry["emailAddress"]: entry["role"] for entry in made.list_permissions()}
    assert emails == {SERVICE_ACCOUNT: "owner", "someone@example.org": "reader"}
    made.remove_permissions("someone@example.org")
    assert len(made.list_permissions()) == 1
    client.import_csv(copied.id, "1,x\n2,y")
    assert client.open_by_key(copied.id).sheet1.get_all_values() == [["1", "x"], ["2", "y"]]
    for spreadsheet in (made, copied):
        client.del_spreadsheet(spreadsheet.id)
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open("Made")
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key(made.id)


def test_the_spreadsheet_tells_about_itself(desk: Desk, client: gspread.Client) -> None:
    spreadsheet = client.open_by_key(desk.book.id)
    assert (spreadsheet.title, spreadsheet.locale, spreadsheet.timezone) == (
        "Ledger",
        "en_GB",
        "Europe/London",
    )
    before = spreadsheet.get_lastUpdateTime()
    spreadsheet.update_title("Register")
    spreadsheet.update_timezone("Asia/Shanghai")
    spreadsheet.update_locale("zh_CN")
    again = client.open_by_key(desk.book.id)
    assert (again.title, again.locale, again.timezone) == ("Register", "zh_CN", "Asia/Shanghai")
    assert again.get_lastUpdateTime() >= before
    assert again.creationTime <= before


def test_errors_come_as_gspread_knows_them(desk: Desk, client: gspread.Client, tmp_path: Path) -> None:
    with pytest.raises(gspread.WorksheetNotFound):
        client.open_by_key(desk.book.id).worksheet("Nowhere")
    with pytest.raises(PermissionError):
        client.open_by_key(desk.server.new_spreadsheet("Private", shared=False).id)
    with pytest.raises(gspread.exceptions.APIError, match="Unable to parse range: nothing") as error:
        client.open_by_key(desk.book.id).values_get("nothing")
    assert error.value.code == 400
