"""`report --annual`: the document's whole text in both languages, its charts, and that Word accepts the file."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook

from automation.cases.cases import cases_of
from automation.cases.indicator_text import NAMES
from automation.cases.indicators import Indicator, Value, indicators
from automation.reports.annual.annual import annual_docx, annual_name, blocks
from automation.reports.annual.blocks import Paragraph
from automation.reports.build import report_of
from automation.reports.model import (
    Age,
    Breakdown,
    CaseList,
    Count,
    Earlier,
    Figure,
    Integrity,
    Leapfrog,
    Listed,
    Month,
    OpenCases,
    Period,
    Reminded,
    Report,
    Superior,
    ToldCase,
)
from automation.reports.wording import HOW, NOT_RANKED, NOTHING_DUE, RESTRICTED
from automation.steps.validation import derive
from sheet_schema import Language
from sheet_schema.vocabulary import Channel, Kind
from tests.support.ledger_in_memory import ledger, line

HERE = Path(__file__).parent
YEAR, BEFORE = (Period(date(year, 1, 1), date(year, 12, 31)) for year in (2026, 2025))
NOW = datetime(2027, 1, 8, 9, 30)
BY_KEY: dict[str, Indicator] = {one.key: one for one in indicators(5) if not one.if_any}
NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
W = f"{{{NS['w']}}}"


def nothing(language: Language, **other: object) -> Report:
    """A year in which nothing happened, apart from what is given."""
    none = CaseList(())
    report = Report(
        language, "", "", YEAR, BEFORE, NOW,
        figures=tuple(Figure(one, Value(0, 0), Value(0, 0)) for one in BY_KEY.values()),
        months=tuple(Month(date(2026, month, 1), 0, 0) for month in range(1, 13)),
        breakdowns=tuple(Breakdown(by, (), 0) for by in ("channel", "kind", "topic", "department")),
        open=OpenCases(0, 0, (Age(0, 7, 0, 0), Age(8, None, 0, 0))), late=none, superiors=(), superiors_restricted=0, collective=none, repeats=none,
        leapfrog=(), leapfrog_restricted=0, told=(), told_restricted=0, integrity=Integrity((), (), ()), replied=0,
    )  # fmt: skip
    return replace(report, **other)  # type: ignore[arg-type]


def lines(key: str, label: str, count: int) -> Count:
    """A line of a breakdown, with so many cases."""
    return Count(key, label, tuple(f"LV-{number:05d}" for number in range(1, count + 1)))


def everything(language: Language) -> Report:
    """A report with one of everything it can hold."""
    topic, department, school = (
        ("食堂", "总务处", "实验学校") if language == "zh" else ("Meals", "Estates", "Northfield School")
    )
    figures = {
        "received": Figure(BY_KEY["received"], Value(5, 5), Value(1, 1)),
        "replied_in_time": Figure(BY_KEY["replied_in_time"], Value(2, 6, ("LV-00002",)), Value(1, 1), 3),
        "days_taken": Figure(BY_KEY["days_taken"], Value(12.5, 2, (), 10), Value(0, 0)),
        "leapfrog": Figure(BY_KEY["leapfrog"], Value(1, 1, ("LV-00003",)), Value(0, 0)),
    }
    late = Listed("LV-00002", date(2026, 10, 1), topic, department, "reply", date(2026, 12, 20), 19, 99)
    closed = Listed("LV-00001", date(2026, 3, 2), topic, "", "", None, 0, 8)
    two = (
        lines("visit", Channel.VISIT.label(language), 1),
        lines("letter", Channel.LETTER.label(language), 3),
    )
    handled = Earlier(
        "LV-00001",
        department=department,
        received_on=date(2026, 3, 2),
        due_on=date(2026, 3, 12),
        replied_on=date(2026, 3, 14),
        days_late=2,
        reminded=(
            Reminded("reminder", "handler", date(2026, 3, 9)),
            Reminded("escalation", "leader", date(2026, 3, 13)),
        ),
    )
    return nothing(
        language, school=school, phone="01632 960123", figures=tuple(figures.values()),
        months=(*(Month(date(2026, month, 1), 0, 0) for month in range(1, 11)), Month(date(2026, 11, 1), 4, 0), Month(date(2026, 12, 1), 1, 2)),
        breakdowns=(
            Breakdown("channel", two, 1),
            Breakdown("kind", (lines("complaint", Kind.COMPLAINT.label(language), 5),), 0),
            Breakdown("topic", (lines(topic, topic, 5),), 0),
            Breakdown("department", (lines(department, department, 4), lines("", "–", 1)), 0),
        ),
        open=OpenCases(7, 4, (Age(0, 7, 1, 0), Age(8, None, 2, 1)), restricted=4, restricted_late=3),
        late=CaseList((late,), 3),
        superiors=(
            Superior(late, "superior", "A 7", date(2026, 12, 1), date(2026, 12, 1), in_time=True),
            Superior(closed, "leader", "", None, date(2026, 12, 9), in_time=None),
        ),
        collective=CaseList((closed,)), repeats=CaseList((), 3),
        leapfrog=(Leapfrog(replace(late, number="LV-00003"), (handled,)),),
        told=(
            ToldCase(closed, 12, True, datetime(2026, 3, 2, 8, 5), (("duty", datetime(2026, 3, 2, 8, 7)), ("leader", datetime(2026, 3, 3, 7, 0))), 2, True, False),
            ToldCase(late, 5, False, None, (), None, False, False),
        ),
        told_restricted=4, integrity=Integrity(("LV-00004",), (), (), 3), replied=2,
    )  # fmt: skip


def text(document: bytes) -> list[str]:
    """The document's text: a line for each paragraph or table row; `/` is a line break, `=` a chart."""
    body = etree.fromstring(ZipFile(io.BytesIO(document)).read("word/document.xml"))[0]
    return list(_lines(body))


def _lines(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}tr":
            yield " | ".join("".join(cell.itertext(f"{W}t")) for cell in child.iterfind("w:tc", NS))
        elif child.tag == f"{W}p":
            yield _paragraph(child) or "".join("=" for _ in child.iter(f"{W}drawing"))
        elif child.tag != f"{W}sectPr":
            yield from _lines(child)


def _paragraph(element: etree._Element) -> str:
    return "".join("/" if one.tag == f"{W}br" else one.text or "" for one in element.iter(f"{W}t", f"{W}br"))


def expected(name: str, report: Report) -> list[str]:
    """The lines of that file. Those that begin with @ are words the report uses elsewhere, too."""
    language = report.language
    shared = {
        "@how": [
            f"{NAMES[one.indicator.key].say(language)} | {HOW[one.indicator.key].say(language)}"
            for one in report.figures
        ],
        "@not ranked": [NOT_RANKED.say(language)],
        "@nothing due": [NOTHING_DUE.say(language)],
        "@restricted": [RESTRICTED.say(language)],
    }
    lines = (HERE / f"{name}.{language}.txt").read_text(encoding="utf-8").splitlines()
    return [said for line in lines for said in shared.get(line, [line])]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_of_everything(language: Language) -> None:
    report = everything(language)
    assert text(annual_docx(report)) == expected("everything", report)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_year_in_which_nothing_happened(language: Language) -> None:
    """Where nothing was due it says –, never 100 % (docs/design.md#p4.23)."""
    report = nothing(language)
    assert text(annual_docx(report)) == expected("nothing", report)


def stands(late: int, still: int) -> dict[str, object]:
    """This many open cases, and this many of them late."""
    case = Listed("LV-00001", date(2026, 3, 2), "", "", "", None, 1, 9)
    return {"open": OpenCases(still, late, (Age(0, None, still, late),)), "late": CaseList((case,) * late)}


def received(count: int) -> dict[str, object]:
    return {
        "breakdowns": (Breakdown("channel", (lines("visit", "Visit", count),), 0),),
        "figures": (Figure(BY_KEY["received"], Value(count, count), Value(0, 0)),),
    }


def came_before(count: int) -> dict[str, object]:
    return {"figures": (Figure(BY_KEY["received"], Value(0, 0), Value(count, count)),)}


@pytest.mark.parametrize(
    ("given", "en", "zh"),
    [
        (received(1), "one letter, visit or other matter was received (", "共收到信访事项1件（"),
        (received(1200), "1,200 letters, visits and other matters were received (", "共收到信访事项1200件（"),
        (came_before(1), "(2025: 1)", "（2025年度为1件）"),
        ({"replied": 1}, "One reply was given in that time.", "同期答复1件。"),
        ({"replied": 2}, "2 replies were given", "同期答复2件"),
        (stands(0, 1), "one case was open, and it was not late.", "在办1件，未超期。"),
        (stands(1, 1), "one case was open, and it was late.", "在办1件，已超期。"),
        (stands(0, 2), "2 cases were open, none of them late.", "在办2件，无超期。"),
        (stands(1, 2), "2 cases were open, one of them late.", "在办2件，其中超期1件。"),
        (
            {"now": datetime(2026, 12, 31, 18)},
            "The period is not over: these are its figures up to 31 December 2026.",
            "统计期尚未结束，以上为截至2026年12月31日的数据。",
        ),
    ],
)
def test_the_first_paragraph(given: dict[str, object], en: str, zh: str) -> None:
    for language, said in (("en", en), ("zh", zh)):
        first = next(one for one in blocks(nothing(language, **given)) if isinstance(one, Paragraph))  # type: ignore[arg-type]
        assert said in first.text


def test_only_restricted_cases_late_is_not_nothing_late() -> None:
    """They are in no line of the ages, but count as open and as late, and below the list stands how many they are."""
    report = nothing("en", open=OpenCases(2, 2, (Age(0, None, 0, 0),), 2, 2), late=CaseList((), 2))
    said = text(annual_docx(report))
    assert "On 8 January 2027, 2 cases were open, 2 of them late." in " ".join(said)
    assert [line for line in said if "onfidential" in line][:2] == [
        "Confidential, not broken down | 2 | 2",
        "2 of these are confidential: they are counted and not listed.",
    ]


def test_a_long_list_has_every_case() -> None:
    case = Listed("LV-00001", date(2026, 3, 2), "", "", "", None, 0, 9)
    missing = tuple(f"LV-9{number:04d}" for number in range(300))
    report = nothing("en", repeats=CaseList((case,) * 500), integrity=Integrity(missing, (), ()))
    said = text(annual_docx(report))
    assert sum(line.startswith("LV-00001") for line in said) == 500
    assert [line for line in said if all(number in line for number in missing)]


@pytest.mark.parametrize(
    ("first", "last", "en", "zh"),
    [
        ("2026-01-01", "2026-12-31", "Annual summary 2026.docx", "2026年度信访工作总结.docx"),
        ("2025-09-01", "2026-08-31", "Annual summary 2025-26.docx", "2025—2026学年度信访工作总结.docx"),
        ("2025-04-01", "2026-03-31", "Annual summary 2025-26.docx", "2025—2026年度信访工作总结.docx"),
    ],
)
def test_file_names(first: str, last: str, en: str, zh: str) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert [annual_name(nothing(language, period=period, school="../x")) for language in ("en", "zh")] == [
        en,
        zh,
    ]


# The file


def part(document: bytes, name: str) -> etree._Element:
    return etree.fromstring(ZipFile(io.BytesIO(document)).read(name))


def test_charts_hold_what_the_tables_say() -> None:
    """The figures drawn, those in the workbook behind "Edit data" and those in the table are the same."""
    document = annual_docx(everything("en"))
    rows = [line.split(" | ") for line in text(document)]
    tables = {
        "chart1": ("Month", "Received", "Answered"),
        "chart2": ("Kind", "Cases"),
        "chart3": ("Topic", "Cases"),
    }
    for name, header in tables.items():
        chart, columns = part(document, f"word/charts/{name}.xml"), len(header)
        begin = next(i for i, row in enumerate(rows) if tuple(row[:columns]) == header)
        end = next(i for i, row in enumerate(rows) if i > begin and row[0] == "Total")
        table = [row[:columns] for row in rows[begin + 1 : end]]
        labels, *values = (
            [[one.text for one in cache.iterfind(".//c:v", NS)] for cache in chart.iterfind(path, NS)]
            for path in (".//c:cat//c:strCache", ".//c:val//c:numCache")
        )
        assert [list(row) for row in zip(labels[0], *values[0], strict=True)] == table
        assert [one.text for one in chart.iterfind(".//c:tx//c:v", NS)] == list(header[1:])
        book = ZipFile(io.BytesIO(document)).read(f"word/embeddings/Microsoft_Excel_Sheet{name[-1]}.xlsx")
        cells = [
            ["" if cell is None else str(cell) for cell in row]
            for row in load_workbook(io.BytesIO(book)).worksheets[0].values
        ]
        assert cells == [["", *header[1:]], *table]


def test_every_chart_says_what_it_shows() -> None:
    shown = part(annual_docx(everything("en")), "word/document.xml").findall(".//wp:docPr", NS)
    assert [one.get("descr") for one in shown] == [
        "Columns: cases received and cases answered in each of the months from Jan to Dec. The figures stand in the table before it.",
        "Bars: Cases received by kind, from top to bottom in the order of the table before it.",
        "Bars: Cases received by topic, from top to bottom in the order of the table before it.",
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_package_is_whole(language: Language) -> None:
    """Every relation leads somewhere, every part is related and typed, all is XML: Word has nothing to repair."""
    archive = ZipFile(io.BytesIO(annual_docx(everything(language))))
    names = set(archive.namelist()) - {"[Content_Types].xml"}
    types = etree.fromstring(archive.read("[Content_Types].xml"))
    extensions, parts = ({one.get(key) for one in types} - {None} for key in ("Extension", "PartName"))
    reached = set()
    for name in names:
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(archive.read(name))
        if name.endswith(".rels"):
            reached.add(name)
            folder = posixpath.dirname(posixpath.dirname(name))
            reached |= {posixpath.normpath(posixpath.join(folder, one.get("Target", ""))) for one in root}
    assert reached == names
    assert {name for name in names if f"/{name}" not in parts and name.rsplit(".", 1)[1] not in extensions} == set()
    assert {f"/{name}" for name in names} >= parts
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]


def test_python_docx_reads_it_back() -> None:
    document = annual_docx(everything("zh"))
    word = Document(io.BytesIO(document))
    about = word.core_properties
    assert (about.title, about.author, about.language, about.created) == (
        "实验学校2026年度信访工作总结",
        "实验学校",
        "zh-CN",
        NOW.replace(tzinfo=UTC),
    )
    styles = {one.style.name for one in word.paragraphs if one.style is not None}
    assert styles == {
        "Title",
        "Subtitle",
        "Heading 1",
        "Heading 2",
        "Body Text",
        "List Bullet",
        "Caption",
        "Figure",
        "Signature",
    }
    page, footer = word.sections[0], part(document, "word/footer1.xml")
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)  # type: ignore[union-attr]
    assert "".join(footer.itertext(f"{W}t")) == "— 1 —"
    assert {table.style.name for table in word.tables if table.style is not None} == {"Report Table"}
    assert all(table.rows[0]._tr.findall(".//w:tblHeader", NS) for table in word.tables)


def test_places_to_write_are_content_controls() -> None:
    controls = part(annual_docx(everything("en")), "word/document.xml").findall(".//w:sdt", NS)
    assert [one.find(".//w:tag", NS).get(f"{W}val") for one in controls] == [  # type: ignore[union-attr]
        "done", "learnt", "change", "drawn_up_by", "approved_by", "signed_on",
    ]  # fmt: skip
    assert all(one.findall(".//w:showingPlcHdr", NS) for one in controls)


def test_the_same_report_gives_the_same_bytes() -> None:
    """Neither the document nor its charts' workbooks hold any time but the report's."""
    document = annual_docx(everything("en"))
    archive = ZipFile(io.BytesIO(document))
    books = [archive.read(name) for name in archive.namelist() if name.endswith(".xlsx")]
    archives = [archive, *(ZipFile(io.BytesIO(book)) for book in books)]
    assert {entry.date_time for one in archives for entry in one.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    dated = [load_workbook(io.BytesIO(book)).properties for book in books]
    assert {(one.created, one.modified) for one in dated} == {(NOW, NOW)}
    assert document == annual_docx(everything("en"))


def test_cell_text_is_data() -> None:
    """No formula in the chart's workbook, no markup, nothing that breaks the XML."""
    topic = '=HYPERLINK("x")</w:t>&amp;\x00\x0b\ud800\n{{ 1 }}'
    clean = '=HYPERLINK("x")</w:t>&amp; {{ 1 }}'
    counts = tuple(Breakdown(by, (lines(topic, topic, 2),), 0) for by in ("channel", "kind", "topic", "department"))
    document = annual_docx(nothing("en", school=topic, **{**received(2), "breakdowns": counts}))  # type: ignore[arg-type]
    assert f"{clean} | 2 | 100%" in text(document)
    assert Document(io.BytesIO(document)).core_properties.author == clean
    book = ZipFile(io.BytesIO(document)).read("word/embeddings/Microsoft_Excel_Sheet2.xlsx")
    cell = load_workbook(io.BytesIO(book)).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (clean, "s")


def test_nothing_of_a_restricted_case_gets_into_it() -> None:
    """Restricted cases that are late, collective, from superiors, leapfrogs or wrong only show as counts."""
    secret = {
        "kind": "检举控告", "about": "-", "summary": "孔雀", "petitioner": "黄鹂", "people": 9, "important": "✓",
        "leapfrog": "✓", "channel": "上级交办", "superior_ref": "喜鹊", "superior_due": "2026-03-10", "decision": "受理", "decided_on": "2026-03-02",
        "repeat_of": "LV-00001",
    }  # fmt: skip
    register = [
        line(),
        *(line(f"LV-7700{i}", **secret, topic=f"天鹅{i}", department=f"鹦鹉{i}") for i in range(4)),
    ]
    index = [{"case_no": row["case_no"], "first_seen": "2026-03-02", "issued_on": "2026-03-02"} for row in register]
    now = datetime(2026, 6, 18, 9)
    report = report_of(cases_of(derive(ledger(register=register, index=index), now).ledger, now), YEAR, BEFORE)
    archive = ZipFile(io.BytesIO(annual_docx(report)))
    held = [archive.read(name) for name in archive.namelist()]
    books = [
        ZipFile(io.BytesIO(data)) for name, data in zip(archive.namelist(), held, strict=True) if name.endswith("xlsx")
    ]
    held += [book.read(name) for book in books for name in book.namelist()]
    everywhere = b"".join(held).decode("utf-8", "ignore")
    assert report.received == 5
    assert "其中保密件4件，只计数，不列出。" in everywhere
    assert [word for word in ("天鹅", "鹦鹉", "孔雀", "黄鹂", "喜鹊", "7700") if word in everywhere] == []
