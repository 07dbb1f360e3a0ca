"""What `install` adds is put beside what people have: all else stays byte for byte, whatever it is (docs/design.md#p8.11)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from html import unescape
from typing import Any
from xml.sax.saxutils import quoteattr

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from automation.ledger.errors import LedgerError
from automation.workbooks.excel.graft.fresh import Fresh
from automation.workbooks.excel.layout.new_workbook import new_workbook
from automation.workbooks.excel.layout.upgrade import completed
from automation.workbooks.excel.sheets_read import grids_of
from automation.workbooks.excel.xml.children import WORKSHEET, Children, items_of, own_attribute, with_items
from automation.workbooks.excel.xml.package import Package
from tests.support.a_bit_of_everything import (
    CELLS,
    FOREIGN,
    IN_THE_BOOK,
    ON_A_TAB,
    as_strict,
    said_in,
    with_everything,
    zipped,
)
from tests.support.new_ledger import blank
from tests.support.sound_package import faults, parts_of

ADDED = [
    "Added the tab Start here.",
    "Added the tab Form.",
    "Added the tab Duty.",
    "Added the tab Index.",
    "Added to Register: Told of extension on, Closed on.",
    "Added to Calendar: Until.",
    "Mended the dropdown list of Topics.",
    "Laid out the page Report.",
]
CHANGED = {"Register", "Calendar", "Report"}
"""The tabs that an older ledger has, and in which something is added."""


@cache
def older() -> bytes:
    """A ledger that lacks something of each kind, saved by a program of other habits than ours."""
    book = openpyxl.load_workbook(io.BytesIO(new_workbook("en", {"people": [{"name": "Ruth"}]})))
    for title in ("Start here", "Form", "Duty", "Index", "Report"):
        del book[title]
    book.create_sheet("Report")
    for title, headers in (("Register", ("Told of extension on", "Closed on")), ("Calendar", ("Until",))):
        for header in headers:
            book[title].delete_cols(next(cell.column for cell in book[title][1] if cell.value == header))
    book["Calendar"].legacy_drawing = None
    for row in book["Calendar"].iter_rows():
        for cell in row:
            cell.comment = None
    book.defined_names["list_topics"] = DefinedName("list_topics", attr_text="#REF!")
    book.defined_names["Ours"] = DefinedName("Ours", attr_text="People!$A$2")
    book.move_sheet("Register", 1)  # now behind the Dashboard
    book.active = book["People"]
    for sheet in book:
        sheet.sheet_view.tabSelected = sheet.title == "People"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def made_of(data: bytes) -> tuple[bytes, list[str]]:
    """What install makes of it: the same each time, and nothing more when repeated."""
    made, said = completed(data, "ledger.xlsx", "en", {})
    assert completed(data, "ledger.xlsx", "en", {}) == (made, said)
    assert completed(made, "ledger.xlsx", "en", {}) == (made, [])
    return made, said


@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
def test_everything_that_people_have_stays_byte_for_byte(*, strict: bool) -> None:
    data = with_everything(older(), strict=strict)
    assert faults(data) == []

    made, said = made_of(data)

    assert said == ADDED
    assert faults(made) == []
    before, after = parts_of(data), parts_of(made)
    touched = {name for name in before if after[name] != before[name]}
    tabs = {name for name in touched if name.startswith("xl/worksheets/sheet")}
    assert {title for title, part in titles(before).items() if part in tabs} == CHANGED
    assert not touched & FOREIGN.keys()
    assert touched - tabs <= {
        *("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"),
        *(name for name in before if re.search(r"_rels/sheet\d+\.xml\.rels|comment", name)),
    }
    told = after["xl/worksheets/sheet2.xml"] + after["xl/workbook.xml"]
    fragments = [*ON_A_TAB.values(), CELLS, *IN_THE_BOOK.values()]
    assert [one for one in fragments if said_in(one, strict=strict) not in told] == []


def titles(parts: dict[str, bytes]) -> dict[str, str]:
    """The part of each tab that is a table."""
    ids = dict(
        re.findall(
            r'Target="/?(?:xl/)?(worksheets/\w+\.xml)"[^>]*Id="(\w+)"', parts["xl/_rels/workbook.xml.rels"].decode()
        )
    )
    by_id = {id_: part for part, id_ in ids.items()}
    found = re.findall(r'<sheet [^>]*?name="([^"]+)"[^>]*?r:id="(\w+)"', parts["xl/workbook.xml"].decode())
    return {title: f"xl/{by_id[id_]}" for title, id_ in found if id_ in by_id}


def test_new_tabs_stand_in_their_place_and_what_counts_tabs_counts_them_too() -> None:
    made, _ = made_of(with_everything(older()))
    parts = parts_of(made)
    book = parts["xl/workbook.xml"].decode()
    listed = re.findall(r'<sheet [^>]*?name="([^"]+)"', book)

    assert [listed[at] for at in (0, 1, 2, 3, 12, 16, -1)] == [
        *("Start here", "Dashboard", "Form", "Register", "Duty", "Index", "Bars"),
    ]
    assert re.findall(r'name="Index"[^>]*state="(\w+)"', book) == ["hidden"]
    assert listed[int(re.findall(r'activeTab="(\d+)"', book)[0])] == "People"
    for name, at, meaning in re.findall(r'<definedName name="_xlnm.(\w+)" localSheetId="(\d+)"[^>]*>([^<]*)<', book):
        assert meaning.startswith(f"'{listed[int(at)]}'!"), name
    assert re.findall(r'<definedName name="(Ours|list_\w+)">(?:OFFSET)?([^!]+)!', book) == [
        ("list_departments", "('Departments'"),
        ("list_people", "('People'"),
        ("Ours", "People"),
        ("list_topics", "('Topics'"),
    ]


def changed(data: bytes, edit: Callable[[dict[str, bytes]], None]) -> bytes:
    parts = parts_of(data)
    edit(parts)
    return zipped(parts)


def in_the_book(old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def edit(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts["xl/workbook.xml"]
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(old.encode(), new.encode(), 1)

    return edit


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            lambda parts: parts.update({"_xmlsignatures/sig1.xml": b"<Signature/>"}),
            "ledger.xlsx is digitally signed, and any change would break the signature: remove it first.",
        ),
        (
            in_the_book("<workbookProtection/>", '<workbookProtection workbookPassword="CC1A" lockStructure="1"/>'),
            "The structure of ledger.xlsx is protected, so Start here, Form, Duty and Index cannot be added: take the protection"
            " off (Review, Protect Workbook), then install again.",
        ),
        (
            in_the_book('name="Bars"', 'name="DUTY"'),
            "In ledger.xlsx, what is called Duty is no table: give it another name, then install again.",
        ),
    ],
    ids=["signed", "locked", "a chart of that name"],
)
def test_what_cannot_be_added_to_is_refused_in_one_sentence(
    edit: Callable[[dict[str, bytes]], None], said: str
) -> None:
    with pytest.raises(LedgerError) as refused:
        completed(changed(with_everything(older()), edit), "ledger.xlsx", "en", {})

    assert refused.value.say("en") == said


def test_a_signed_file_that_lacks_nothing_is_refused_all_the_same() -> None:
    """Its tabs may lack rows, and lines are numbered afterwards."""
    signed = changed(blank("en"), lambda parts: parts.update({"_XMLSignatures/sig1.xml": b"<Signature/>"}))
    with pytest.raises(LedgerError, match="digitally signed"):
        completed(signed, "ledger.xlsx", "en", {})


def without_styles(parts: dict[str, bytes]) -> None:
    del parts["xl/styles.xml"]
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = re.sub(rb"<(?:Override|Relationship) [^<>]*styles[^<>]*/>", b"", parts[name])
    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = re.sub(rb'\s(?:s|style|dxfId)="\d+"', b"", parts[name])


def without_what_may_be_left_out(parts: dict[str, bytes]) -> None:
    """No windows, no names, and no list of looks; a list that is there and empty."""
    book = re.sub(
        rb"<bookViews>.*?</bookViews>|<definedNames>.*?</definedNames>|<calcPr[^>]*/>", b"", parts["xl/workbook.xml"]
    )
    parts["xl/workbook.xml"] = book
    styles = re.sub(rb"<dxfs.*?</dxfs>", b'<dxfs count="0"/>', parts["xl/styles.xml"], flags=re.DOTALL)
    parts["xl/styles.xml"] = re.sub(rb"<numFmts.*?</numFmts>", b"", styles, flags=re.DOTALL)
    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            sheet = parts[name].replace(b' tabSelected="1"', b"")
            sheet = re.sub(rb"<(cols|dataValidations|conditionalFormatting)[ >].*?</\1>", b"", sheet, flags=re.DOTALL)
            parts[name] = re.sub(rb'\sdxfId="\d+"', b"", sheet)


@pytest.mark.parametrize("edit", [without_styles, without_what_may_be_left_out])
def test_a_file_may_leave_out_whatever_the_format_lets_it(edit: Callable[[dict[str, bytes]], None]) -> None:
    made, _ = made_of(changed(older(), edit))

    assert faults(made) == []
    book = openpyxl.load_workbook(io.BytesIO(made))
    fresh = openpyxl.load_workbook(io.BytesIO(blank("en")))
    for title, place in (("Duty", "A1"), ("Report", "B2"), ("Form", "B2")):
        assert looks(book[title][place]) == looks(fresh[title][place])
    assert looks(book["Register"].cell(1, book["Register"].max_column)) == looks(named(fresh["Register"], "Closed on"))


def looks(cell: Any) -> tuple[object, ...]:
    return (
        cell.value,
        cell.font.b,
        cell.font.color and cell.font.color.rgb,
        cell.fill.fgColor.rgb,
        cell.border.bottom.style,
    )


def named(sheet: Any, header: str) -> Any:
    return next(cell for cell in sheet[1] if cell.value == header)


def test_a_new_column_is_as_in_a_new_ledger_and_lies_beyond_all_that_is_there() -> None:
    """Even beyond what only a table or a merged cell takes; a width that people gave to many columns stays for the others."""

    def edit(parts: dict[str, bytes]) -> None:
        sheet = Children(parts["xl/worksheets/sheet2.xml"], WORKSHEET)
        sheet.put("mergeCells", b'<mergeCells count="1"><mergeCell ref="BR2:BT3"/></mergeCells>')
        sheet.put(
            "cols", with_items(sheet.get("cols") or b"", [b'<col min="72" max="107" width="3" customWidth="1"/>'])
        )
        parts["xl/worksheets/sheet2.xml"] = sheet.xml()

    made, _ = made_of(changed(older(), edit))
    sheet = openpyxl.load_workbook(io.BytesIO(made))["Register"]
    fresh = openpyxl.load_workbook(io.BytesIO(blank("en")))["Register"]

    assert faults(made) == []
    assert [cell.coordinate for cell in sheet[1] if cell.value in ("Told of extension on", "Closed on")] == [
        "BU1",
        "BV1",
    ]
    for header in ("Told of extension on", "Closed on"):
        new, model = named(sheet, header), named(fresh, header)
        assert (new.comment.text, looks(new)) == (model.comment.text, looks(model))
        assert rules(sheet, new.column_letter) == rules(fresh, model.column_letter)
    spans = re.findall(r'<col [^>]*?min="(\d+)" max="(\d+)"', parts_of(made)["xl/worksheets/sheet2.xml"].decode())
    assert spans[-4:] == [("72", "72"), ("73", "73"), ("74", "74"), ("75", "107")]


def rules(sheet: Any, letter: str) -> list[tuple[object, ...]]:
    found = [rule for rule in sheet.data_validations.dataValidation if str(rule.sqref).startswith(f"{letter}2:")]
    return [
        (rule.type, rule.formula1, rule.formula2, rule.error, str(rule.sqref).partition(":")[2][len(letter) :])
        for rule in found
    ]


def test_days_count_from_1904_where_the_file_counts_so() -> None:
    day = date(2026, 3, 2)
    data = changed(older(), in_the_book("<workbookPr/>", '<workbookPr date1904="1"/>'))
    made, _ = completed(data, "ledger.xlsx", "en", {"duty": [{"date": day, "person": "Ruth"}]})

    assert grids_of(made, Package(made, "ledger.xlsx"))["Duty"].rows[1][0] == day


def with_a_table(parts: dict[str, bytes], ref: str, headers: Sequence[str]) -> None:
    columns = "".join(f'<tableColumn id="{at}" name={quoteattr(text)}/>' for at, text in enumerate(headers, start=1))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/tables/table1.xml"] = (
        f'<table xmlns="{space}" id="1" name="T" displayName="T" ref="{ref}"><autoFilter ref="{ref}"/>'
        f'<tableColumns count="{len(headers)}">{columns}</tableColumns></table>'
    ).encode()
    for name, tag in (
        ("[Content_Types].xml", '<Override PartName="/xl/tables/table1.xml" ContentType="application/vnd.table+xml"/>'),
        (
            "xl/worksheets/_rels/sheet2.xml.rels",
            '<Relationship Id="own9" Target="/xl/tables/table1.xml"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"/>',
        ),
    ):
        listed = Children(parts[name])
        listed.add("any", tag.encode())
        parts[name] = listed.xml()


@pytest.mark.parametrize(("short_of_the_end", "grows"), [(0, True), (1, False)])
def test_a_filter_and_a_table_up_to_the_last_column_reach_over_the_new_ones(
    *, short_of_the_end: int, grows: bool
) -> None:
    """Sorted by one that does not, the new cells would stay behind and belong to other cases."""
    headers = [str(cell) for cell in grids_of(older(), Package(older(), ""))["Register"].rows[0]]
    last, new = (
        get_column_letter(len(headers) + more) for more in (-short_of_the_end, 2 if grows else -short_of_the_end)
    )

    def edit(parts: dict[str, bytes]) -> None:
        sheet = Children(parts["xl/worksheets/sheet2.xml"], WORKSHEET)
        sheet.put("autoFilter", f'<autoFilter ref="A1:{last}9"/>'.encode())
        parts["xl/worksheets/sheet2.xml"] = sheet.xml()
        book = parts["xl/workbook.xml"].decode()
        parts["xl/workbook.xml"] = re.sub(r"'Register'!\$A\$1:\$\w+\$\d", f"'Register'!$A$1:${last}$9", book).encode()
        with_a_table(parts, f"A1:{last}9", headers[: len(headers) - short_of_the_end])

    made, _ = made_of(changed(older(), edit))

    parts = parts_of(made)
    table = parts["xl/tables/table1.xml"].decode()
    names = [unescape(text) for text in re.findall(r'<tableColumn [^>]*name="([^"]*)"', table)]
    assert faults(made) == []
    assert f'<autoFilter ref="A1:{new}9"/>' in parts["xl/worksheets/sheet2.xml"].decode()
    assert f"'Register'!$A$1:${new}$9<" in parts["xl/workbook.xml"].decode()
    assert re.findall(r'ref="([^"]+)"', table) == [f"A1:{new}9"] * 2
    assert names == [str(cell) for cell in grids_of(made, Package(made, ""))["Register"].rows[0]][: len(names)]
    assert len(names) == len(headers) + (2 if grows else -short_of_the_end)


def test_a_blank_page_keeps_what_does_not_make_it_a_page() -> None:
    """And no new part gets the name of one that is listed, though it is gone."""
    kept = {
        "sheetProtection": b'<sheetProtection password="CC1A" sheet="1"/>',
        "dataValidations": b'<dataValidations count="1"><dataValidation type="whole" sqref="Z9"/></dataValidations>',
        "conditionalFormatting": b'<conditionalFormatting sqref="Z9"><cfRule type="duplicateValues" priority="9"/></conditionalFormatting>',
        "extLst": b'<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"/></extLst>',
    }

    def edit(parts: dict[str, bytes]) -> None:
        page = Children(parts[titles(parts)["Report"]], WORKSHEET)
        for name, xml in kept.items():
            page.put(name, xml)
        page.put("sheetPr", b'<sheetPr codeName="Sheet17"/>')
        parts[titles(parts)["Report"]] = page.xml()
        types = Children(parts["[Content_Types].xml"])
        types.add("any", f'<Override PartName="/xl/worksheets/{gone}" ContentType="application/xml"/>'.encode())
        parts["[Content_Types].xml"] = types.xml()

    there = parts_of(older())
    gone = next(name for at in range(1, 99) if f"xl/worksheets/{(name := f'sheet{at}.xml')}" not in there)
    data = changed(older(), edit)
    made, _ = made_of(data)

    page = Children(parts_of(made)[titles(parts_of(made))["Report"]], WORKSHEET)
    assert faults(made) == faults(data) == [f"xl/worksheets/{gone}: a type, and no part"]
    assert [name for name, xml in kept.items() if (items_of(xml) or [xml])[0] not in b"".join(page.of(name))] == []
    assert own_attribute(page.get("sheetPr") or b"", "codeName") == "Sheet17"
    assert page.get("drawing") is not None


@pytest.mark.parametrize(
    ("strict", "says"),
    [
        (False, ['gapWidth val="60"', 'overlap val="0"', 'lblOffset val="100"', "right", "2006/main"]),
        (True, ['gapWidth val="60%"', 'overlap val="0%"', 'lblOffset val="100%"', "end", "ooxml/drawingml/main"]),
    ],
)
def test_fresh_charts_and_borders_read_as_the_file_does(*, strict: bool, says: Sequence[str]) -> None:
    """Strict Open XML has percentages with their sign, and no left and right: Arabic is written the other way."""
    data = zipped(as_strict(parts_of(older()))) if strict else older()
    fresh = Fresh(blank("en"), Package(data, "ledger.xlsx"))

    chart, styles = fresh.part("xl/charts/chart1.xml").decode(), fresh.styles.decode()

    assert [word for word in (*says[:3], says[4]) if word not in chart] == []
    assert set(re.findall(r"<(left|right|start|end)\b", styles)) >= {says[3]}
    assert (re.search(r"<(left|right)\b", styles) is None) == strict
