"""The Form tab in a Google Sheet, calculated by the local server: it shows the case whose number is chosen."""

from __future__ import annotations

from datetime import date

import pytest

from automation.pages.form import CHOOSE, FIRST, LAST, TOP, form_page
from automation.pages.page import Block, Look, Page
from automation.workbooks.google.layout.formats import FONTS, pixels_wide
from automation.workbooks.google.layout.validation import formula
from sheet_schema import FORM, REGISTER, TAB
from sheet_schema.form import FIELDS
from tests.support.letter_widths import really
from tests.support.new_spreadsheet import Office

PAGE: Page = form_page("en", lambda key: TAB[key].label("en"))
HEAD = {"school": (TOP, FIRST), "title": (TOP + 1, FIRST), "number": (TOP + 1, LAST - 3), "says": (1, CHOOSE[2] + 1)}
assert PAGE.paper is not None
END = PAGE.paper.bottom
NOTES = [(END, FIRST), (END, LAST - 4)]
CASE = {
    "case_no": "LV-00007", "channel": "Visit", "petitioner": "Łukasz 陈静", "contact": "013800000001", "kind": "Complaint",
    "topic": "Canteen", "summary": "Cold soup\non Monday", "important": True, "people": 7, "received_on": date(2026, 3, 2),
    "received_by": "Ann", "due_on": date(2026, 4, 1), "department": "East",
}  # fmt: skip
SAID = {
    "Channel": "Visit", "Received on": "2026-03-02", "Received by": "Ann", "Name": "Łukasz 陈静",
    "Contact": "013800000001", "How many people": "7", "Important": "Yes", "Kind": "Complaint", "Topic": "Canteen",
    "Summary": "Cold soup\non Monday", "Department": "East", "Due on": "2026-04-01",
}  # fmt: skip
VISIT, MATTER = "Registration form for reception of visitors", "Registration form for letters and visits"


def put(office: Office, row: int, cells: dict[str, object], tab: str = "register") -> None:
    sheet = office.book.sheet(TAB[tab].label("en"))
    header = sheet.values()[0]
    for key, value in cells.items():
        sheet.type(row, header.index(TAB[tab][key].label("en")) + 1, value)  # type: ignore[arg-type]


def choose(office: Office, number: str) -> None:
    office.book.sheet(FORM.label("en")).type(*CHOOSE[:2], number)


def head(office: Office, *of: str) -> list[str]:
    """What stands around the fields: these of `HEAD`, and the notes below."""
    sheet = office.book.sheet(FORM.label("en"))
    return [sheet.shown(*place) for place in (*(HEAD[one] for one in of), *NOTES)]


def said(office: Office) -> dict[str, str]:
    """The text beside each label, without blanks."""
    sheet = office.book.sheet(FORM.label("en"))
    found, label = {}, ""
    for block in PAGE.merged:
        shown = sheet.shown(block.top, block.left)
        if not str(PAGE.texts.get((block.top, block.left), "")).startswith("="):
            label = shown.split("\n")[0]
        elif shown and block.top not in (1, TOP, TOP + 1, END):
            found[label] = shown
    return found


def test_a_chosen_number_fills_the_page(office: Office) -> None:
    put(office, 2, CASE)
    put(office, 3, {"case_no": "LV-00008", "channel": "Letter", "kind": "Allegation"})
    choose(office, "LV-00007")

    assert said(office) == SAID
    assert head(office, "title", "number", "school") == [VISIT, "LV-00007", "Letters and visits office", "", ""]


@pytest.mark.parametrize(
    ("number", "title", "shown", "note", "advice"),
    [
        ("", VISIT, "", "", "Then print. Nothing is kept here."),
        (" lv-00007 ", VISIT, "LV-00007", "", "Then print. Nothing is kept here."),
        (
            "LV-00008",
            MATTER,
            "LV-00008",
            "Restricted: keep this paper locked away.",
            "Then print. Nothing is kept here.",
        ),
        ("LV-00009", VISIT, "LV-00009", "", "Then print. Nothing is kept here."),
        ("LV-99999", VISIT, "", "", "There is no such number."),
        ("LV-00010", MATTER, "LV-00010", "", "Two lines have this number: see the Register first."),
    ],
)
def test_each_number_says_what_it_is(
    office: Office, number: str, title: str, shown: str, note: str, advice: str
) -> None:
    for row, cells in enumerate((
        CASE, {"case_no": "LV-00008", "channel": "Letter", "kind": "Allegation"}, {"case_no": "LV-00009"},
        {"case_no": "LV-00010", "channel": "Phone"}, {"case_no": "LV-00010"},
    ), start=2):  # fmt: skip
        put(office, row, cells)
    choose(office, number)
    sheet = office.book.sheet(FORM.label("en"))
    seen = [sheet.shown(block.top, block.left) for block in PAGE.merged]

    assert head(office, "title", "number", "says") == [title, shown, advice, note, ""]
    assert [text for text in seen if text.startswith("#") or text in ("0", "FALSE")] == []


def test_a_filed_case_is_found_in_filing(office: Office) -> None:
    put(office, 2, {**CASE, "archive_no": "XF·2026·0001"}, "filing")
    choose(office, "LV-00007")

    assert said(office) == SAID
    assert head(office) == ["", "Filed as XF·2026·0001"]


@pytest.mark.parametrize("tick", [True, "✓", "yes", "是", 1, "X"])
def test_a_tick_is_a_word(office: Office, tick: object) -> None:
    put(office, 2, {**CASE, "important": tick})
    choose(office, "LV-00007")

    assert said(office)["Important"] == "Yes"


@pytest.mark.parametrize("blank", [False, "no", "", "☐"])
def test_what_is_not_ticked_is_a_blank(office: Office, blank: object) -> None:
    put(office, 2, {**CASE, "important": blank})
    choose(office, "LV-00007")

    assert said(office) == {label: text for label, text in SAID.items() if label != "Important"}


def test_columns_lines_and_tabs_may_move(office: Office) -> None:
    put(office, 4, CASE)
    choose(office, "LV-00007")
    register = office.book.sheet("Register")
    register.insert_column(1)
    register.move_column(register.values()[0].index("Case no.") + 1, 20)
    register.delete_rows(2)
    register.rename("The Register")

    assert said(office) == SAID
    assert head(office, "number")[0] == "LV-00007"


@pytest.mark.parametrize("name", [REGISTER["summary"].label("zh"), "summary", "SUMMARY"])
def test_a_column_is_known_by_its_other_names(office: Office, name: str) -> None:
    put(office, 2, CASE)
    register = office.book.sheet("Register")
    register.type(1, register.values()[0].index("Summary") + 1, name)
    choose(office, "LV-00007")

    assert said(office) == SAID


def test_a_column_that_is_missing_is_a_blank(office: Office) -> None:
    put(office, 2, CASE)
    register = office.book.sheet("Register")
    register.delete_column(register.values()[0].index("Summary") + 1)
    choose(office, "LV-00007")

    assert said(office) == {label: text for label, text in SAID.items() if label != "Summary"}


@pytest.mark.parametrize(
    ("text", "begins", "ends", "longest"),
    [
        ("门" * 9_000, "门门门", "门 … (continues in the ledger)", 1_400),
        ("word\n" * 150, "word word word", "word word ", 750),
        ("one\ntwo", "one\ntwo", "one\ntwo", 7),
    ],
    ids=["cut", "lines-joined", "short"],
)
def test_long_text_is_joined_and_then_cut(office: Office, text: str, begins: str, ends: str, longest: int) -> None:
    put(office, 2, {**CASE, "summary": text})
    choose(office, "LV-00007")
    summary = said(office)["Summary"]

    assert (summary.startswith(begins), summary.endswith(ends), len(summary) <= longest) == (True, True, True)


def test_it_is_laid_out_as_planned(office: Office) -> None:
    sheet = office.book.sheet(FORM.label("en"))
    model = sheet.model
    chosen = sheet.cell(*CHOOSE[:2])
    formulas = [str(text) for text in PAGE.texts.values() if str(text).startswith("=")]

    assert {formula(text[1:]) for text in formulas} <= {str(cell) for cells in sheet.values() for cell in cells}
    assert chosen["dataValidation"]["condition"] == {
        "type": "ONE_OF_RANGE",
        "values": [{"userEnteredValue": "='Register'!$A$2:$A"}],
    }
    assert chosen["dataValidation"].get("strict", False) is False
    assert len(model.merges) == len(PAGE.merged)
    assert [place for place, about in model.column_properties.items() if about.get("hiddenByUser")] == [
        14,
        15,
        16,
        17,
        18,
    ]
    [protected] = model.protected_ranges
    assert (protected["warningOnly"], protected["range"]["startRowIndex"]) == (True, 1)


@pytest.mark.parametrize(
    "long",
    [
        "Department of mathematics and natural sciences ",
        "DEPARTMENT OF MATHEMATICS AND NATURAL SCIENCES ",
        "高三年级教务处、德育处",
        "a line\n",
        "a\n\n",
    ],
)
def test_whatever_a_case_holds_stays_in_its_box(office: Office, long: str) -> None:
    text = (long * 500)[:5_000]
    put(office, 2, {field.key: text for field in FIELDS if field.key != "important"} | {"case_no": "LV-00007"})
    choose(office, "LV-00007")
    sheet = office.book.sheet(FORM.label("en"))
    looks = {place: look for block, look in PAGE.looks for place in block.places}
    shown = {block: (sheet.shown(block.top, block.left), looks[block.top, block.left]) for block in PAGE.merged}

    assert sum(text.endswith(("…", "(continues in the ledger)")) for text, _ in shown.values()) > 20
    assert {block.name: text for block, (text, look) in shown.items() if not fits(block, text, look)} == {}


def fits(block: Block, text: str, look: Look) -> bool:
    """Whether the text fits into these cells, in Arial, which is as wide as Helvetica."""
    _, ordinary = FONTS["Latn"]
    points = ordinary + round(look.size)
    pixels = sum(pixels_wide(PAGE.widths[column]) for column in range(block.left, block.right + 1))
    digits = pixels * 0.75 / (0.556 * points)
    lines = really(text, digits - 1.5 * look.indent, bold=look.bold)
    return lines * 1.2 * points <= PAGE.heights[block.top] if look.wraps else lines <= 1
