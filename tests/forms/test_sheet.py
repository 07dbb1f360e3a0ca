"""The registration form as shapes: each box's text in both languages, whole, and a restricted case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from automation.cases.confidentiality import restricted_cases
from automation.forms.printable import printable
from automation.forms.shapes import Box, Paper
from automation.forms.sheet import empty_form, form_of_case
from automation.ledger.model import Ledger
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from sheet_schema import LANGUAGES, REGISTER, SETTING, Language, Type
from sheet_schema.form import FIELDS
from tests.support.ledger_in_memory import NOW, Rows, line, snapshot

CANARY = "Canary"
CELLS = {
    "channel": "visit", "petitioner": "Łukasz 陈静; Ann", "contact": "013800000001", "kind": "complaint",
    "topic": "Canteen", "summary": "Cold soup\r\n\x07on “Monday”", "people": 7, "important": "✓", "about": "-",
    "received_on": date(2026, 3, 2), "received_by": "李敏", "identity": "parent", "decision": "accept",
    "decided_on": date(2026, 3, 3), "notified_on": date(2026, 3, 4), "department": "East", "handler": "王芳",
    "leader_told": "赵刚", "leader_note": "At once", "result": "New cook", "outcome": "supported",
    "replied_on": date(2026, 3, 5), "satisfaction": "good", "attachments": "https://s.example/1", "restricted": "no",
}  # fmt: skip
LONGEST = {
    "letters": "W" * 30_000, "Chinese": "门" * 30_000, "lines": "门\n" * 9_000, "words": "word " * 6_000,
    "one link": "https://s.example/" + "a" * 5_000, "faces": "😀" * 3_000, "marks": "\x00\x1b\u202e\ud800" * 50 + "，" * 900,
}  # fmt: skip


def ledger(language: Language = "en", *lines: Mapping[str, object], **tabs: Rows) -> Ledger:
    """A ledger after validate, whose school has a name."""
    settings = (
        {"name": SETTING["blank_rows"].label(language), "value": "1"},
        {"name": SETTING["school_name"].label(language), "value": "Hill School"},
    )
    tabs = {
        "topics": ({"name": "Canteen"},),
        "departments": ({"name": "East"},),
        "settings": settings,
        **tabs,
    }
    found = snapshot(language, register=lines or ({**line(), **CELLS},), **tabs)
    return plan(found, Request(JOBS["run"], NOW, datetime(2026, 3, 18, 1, tzinfo=UTC), dry_run=True)).after


def form(at: Ledger, position: int = 0) -> Paper:
    return form_of_case(at, at.register, position, quoted=not restricted_cases(at.register, at.policy)[position])


def boxes(paper: Paper) -> list[Box]:
    [panel] = paper.panels
    return [box for part in panel.parts for box in part.boxes]


def texts_by_label(paper: Paper) -> dict[str, str]:
    return {box.label: box.text for box in boxes(paper) if box.text}


@pytest.mark.parametrize(
    ("language", "title", "headings", "texts"),
    [
        (
            "en", "Registration form for reception of visitors", ("Registration", "Handling", "Signatures and dates"),
            {
                "Channel": "Visit", "Received on": "2026-03-02", "Received by": "李敏", "Name": "Łukasz 陈静; Ann",
                "Contact": "013800000001", "Who they are": "Parent", "How many people": "7", "Important": "Yes", "Kind": "Complaint",
                "Topic": "Canteen", "About whom": "-", "Restricted": "No", "Summary": "Cold soup\non “Monday”",
                "Attachments": "https://s.example/1", "Decision": "Accept", "Decided on": "2026-03-03",
                "Acknowledged on": "2026-03-04", "Department": "East", "Handler": "王芳",
                "Leader told": "赵刚", "Leader's note": "At once", "Result": "New cook", "Outcome": "Upheld",
                "Replied on": "2026-03-05", "Satisfaction": "Good",
            },
        ),
        (
            "zh", "来访登记表", ("登记", "办理", "签名及日期"),
            {
                "来源形式": "来访", "收到日期": "2026-03-02", "接件人": "李敏", "信访人": "Łukasz 陈静; Ann",
                "联系方式": "013800000001", "身份": "家长", "人数": "7", "重要突发": "是", "类别": "申诉求决",
                "事项": "Canteen", "涉及部门或人员": "-", "保密": "否", "反映问题": "Cold soup\non “Monday”",
                "附件": "https://s.example/1", "受理意见": "受理", "决定日期": "2026-03-03", "告知日期": "2026-03-04",
                "承办部门": "East", "经办人": "王芳", "报告领导": "赵刚", "领导批示": "At once",
                "办理结果": "New cook", "结论": "支持", "答复日期": "2026-03-05", "满意度": "满意",
            },
        ),
    ],
)  # fmt: skip
def test_every_cell_stands_in_its_box(
    language: Language, title: str, headings: tuple[str, ...], texts: dict[str, str]
) -> None:
    paper = form(ledger(language))
    [panel] = paper.panels

    assert texts_by_label(paper) == texts
    assert (panel.title, panel.school, panel.number) == (title, "Hill School", "LV-00001")
    assert tuple(part.heading for part in panel.parts) == headings
    assert [box.hint for box in boxes(paper) if box.hint] == [REGISTER["summary"].note(language)]


@pytest.mark.parametrize(
    ("channel", "english", "chinese"),
    [
        ("visit", "Registration form for reception of visitors", "来访登记表"),
        ("letter", "Registration form for letters and visits", "信访登记表"),
        ("", "Registration form for letters and visits", "信访登记表"),
    ],
)
def test_only_a_visit_has_the_visitors_form(channel: str, english: str, chinese: str) -> None:
    titles = [form(ledger(language, {**line(), **CELLS, "channel": channel})).panels[0].title for language in LANGUAGES]

    assert titles == [english, chinese]


def test_what_is_not_filled_in_yet_is_a_blank_to_write_into() -> None:
    paper = form(ledger("en", {"case_no": "LV-00001", "summary": "Cold soup", "received_on": date(2026, 3, 2)}))

    assert texts_by_label(paper) == {"Received on": "2026-03-02", "Summary": "Cold soup", "Due on": "2026-03-09"}
    assert {box.label for box in boxes(paper) if box.ruled} == {"Reason", "Leader's note", "Result"}


def test_a_heading_is_one_line_whatever_the_school_is_called() -> None:
    settings = ({"name": SETTING["school_name"].label("en"), "value": "Hill\nSchool " * 400},)

    assert form(ledger("en", settings=settings)).panels[0].school == ("Hill School " * 5)[:59] + "…"


def test_a_school_without_a_name_is_an_office() -> None:
    assert [form(ledger(language, settings=())).panels[0].school for language in LANGUAGES] == [
        "Letters and visits office",
        "信访办公室",
    ]


# "A restricted case appears … as number, step, date and 'ask the office', nothing else" (docs/design.md#p5.7).


def with_canary(**cells: object) -> dict[str, object]:
    """A case with the canary in every cell that takes text, in an allegation."""
    typed = {
        column.key: f"{CANARY} {column.key}"
        for column in REGISTER
        if column.staff and column.type in (Type.TEXT, Type.LONG)
    }
    return {
        **line(),
        **CELLS,
        **typed,
        "kind": "allegation",
        "restricted": "",
        "decision": "",
        "replied_on": "",
        **cells,
    }


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "Restricted  ·  Decide, due 2026-03-09  ·  ask the office"),
        ("zh", "保密　受理，期限2026-03-09　请向信访办当面了解"),
    ],
)
def test_of_a_restricted_case_it_says_number_step_and_date(language: Language, note: str) -> None:
    paper = form(ledger(language, with_canary()))
    [panel] = paper.panels

    assert (panel.number, panel.notes, texts_by_label(paper)) == ("LV-00001", (note,), {})
    assert panel.title == {"en": "Registration form for letters and visits", "zh": "信访登记表"}[language]
    assert CANARY not in repr(paper)


def test_the_canary_sings_where_the_case_is_not_restricted() -> None:
    assert repr(form(ledger("en", with_canary(restricted="no")))).count(CANARY) > 10


FILED = {**CELLS, "case_no": "LV-00009", "filed_on": date(2026, 3, 10), "archive_no": "XF·2026·D30-0001"}


@pytest.mark.parametrize(
    ("cells", "notes", "petitioner"),
    [
        ({}, ("Filed on 2026-03-10 as XF·2026·D30-0001",), "Łukasz 陈静; Ann"),
        ({"archive_no": ""}, ("Filed on 2026-03-10",), "Łukasz 陈静; Ann"),
        ({"kind": "allegation", "restricted": ""}, ("Restricted  ·  ask the office",), None),
    ],
)
def test_a_filed_case_has_its_form_too(
    cells: Mapping[str, object], notes: tuple[str, ...], petitioner: str | None
) -> None:
    filed = ledger(filing=({**FILED, **cells},))
    quoted = not restricted_cases(filed.filing, filed.policy)[0]
    paper = form_of_case(filed, filed.filing, 0, quoted=quoted)

    assert (paper.panels[0].number, paper.panels[0].notes) == ("LV-00009", notes)
    assert texts_by_label(paper).get("Name") == petitioner


@pytest.mark.parametrize(
    ("language", "aside", "notes"),
    [
        (
            "en",
            "Form to be filled in by hand",
            ("Type it into the line of this number in the ledger as soon as you can.",),
        ),
        ("zh", "手工填写", ("请尽快录入台账中该编号所在的一行。",)),
    ],
)
def test_an_empty_form_has_a_number_and_blanks(language: Language, aside: str, notes: tuple[str, ...]) -> None:
    paper = empty_form(ledger(language), "LV-00002")
    [panel] = paper.panels

    assert (panel.number, panel.aside, panel.notes, texts_by_label(paper)) == ("LV-00002", aside, notes, {})
    assert [box.label for box in boxes(paper) if box.ruled] == [
        REGISTER[field.key].label(language) for field in FIELDS if field.share
    ]


@pytest.mark.parametrize("text", LONGEST.values(), ids=LONGEST)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_cut(language: Language, text: str) -> None:
    everything = {column.key: text for column in REGISTER if column.staff and column.type in (Type.TEXT, Type.LONG)}
    paper = form(ledger(language, {**line(), **CELLS, **everything, "about": "-"}))
    texts = texts_by_label(paper)

    assert {texts[REGISTER[key].label(language)] for key in ("summary", "result", "petitioner", "attachments")} == {
        printable(text)
    }


def test_what_is_left_of_the_sheet_goes_to_where_people_have_most_to_say() -> None:
    shares = {box.label: box.share for box in boxes(form(ledger("en"))) if box.share}

    assert shares == {"Summary": 3, "Reason": 1, "Leader's note": 1, "Result": 2}
    assert {field.key for field in FIELDS if field.share} == {"summary", "reason", "leader_note", "result"}
