"""The receipt: number, day, telephone and what is owed by when; nothing else, whether the case is restricted or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from automation.cases.cases import cases_of
from automation.forms.receipt import receipt_of_case, receipt_of_filed
from automation.forms.shapes import Paper
from automation.run.job import JOBS, Request, Result
from automation.run.plan import plan
from sheet_schema import LANGUAGES, REGISTER, SETTING, Language, Type
from tests.support.ledger_in_memory import NOW, Rows, line, snapshot

# Choices are given by their keys, which are read in both languages.
DEADLINES: Rows = tuple(
    {"enabled": "yes", "step": step, "who": "office", "starts_from": start, "amount": days, "unit": "day", "roll_forward": "no"}
    for step, start, days in (
        ("decide", "received", 5), ("notify", "received", 15), ("reply", "accepted", 30), ("legal_limit", "accepted", 60),
        ("feedback", "received", 9), ("review", "review", 30), ("objection_period", "replied", 20),
    )
)  # fmt: skip
RECEIVED = {"received_on": date(2026, 3, 2), "channel": "superior", "kind": "complaint"}
ACCEPTED = {**RECEIVED, "decision": "accept", "decided_on": date(2026, 3, 4)}
TOLD = {**ACCEPTED, "notified_on": date(2026, 3, 4)}
REPLIED = {**TOLD, "outcome": "supported", "result": "Done", "replied_on": date(2026, 3, 10)}


def steps_done(language: Language, cells: Mapping[str, object], **tabs: Rows) -> Result:
    settings = (
        {"name": SETTING["school_name"].label(language), "value": "Hill School"},
        {"name": SETTING["school_phone"].label(language), "value": "01632 960000"},
    )
    tabs = {"deadlines": DEADLINES, "settings": settings, **tabs}
    found = snapshot(language, register=({**line(), **cells},), **tabs)
    return plan(found, Request(JOBS["run"], NOW, datetime(2026, 3, 18, 1, tzinfo=UTC), dry_run=True))


def receipt(language: Language, cells: Mapping[str, object]) -> Paper:
    result = steps_done(language, cells)
    return receipt_of_case(cases_of(result.after, result.now), 0)


def texts_by_label(paper: Paper) -> dict[str, str]:
    return {box.label: box.text for part in paper.panels[0].parts for box in part.boxes}


@pytest.mark.parametrize(
    ("cells", "english", "chinese"),
    [
        pytest.param(
            RECEIVED,
            [
                "a decision whether it is taken up, by 7 March 2026",
                "word of that decision, by 17 March 2026",
                "if it is taken up, a reply: by 1 April 2026, or as many days later as it is taken up later",
            ],
            [
                "不迟于2026年3月7日决定是否受理",
                "不迟于2026年3月17日告知受理情况",
                "如受理，不迟于2026年4月1日答复（受理日期顺延的，相应顺延）",
            ],
            id="received",
        ),
        pytest.param(
            ACCEPTED,
            [
                "word of that decision, by 17 March 2026",
                "a reply, by 3 April 2026",
                "at the very latest, by the rules, by 3 May 2026",
            ],
            ["不迟于2026年3月17日告知受理情况", "不迟于2026年4月3日答复", "依规定最迟于2026年5月3日办结"],
            id="accepted",
        ),
        pytest.param(
            TOLD,
            ["a reply, by 3 April 2026", "at the very latest, by the rules, by 3 May 2026"],
            ["不迟于2026年4月3日答复", "依规定最迟于2026年5月3日办结"],
            id="told",
        ),
        pytest.param(
            {**TOLD, "decision": "decline", "reason": "Not ours"},
            ["No date is open any more: ask the office for the answer."],
            ["各环节均已办理，办理结果请向信访办查询。"],
            id="declined",
        ),
        pytest.param(
            REPLIED,
            ["No date is open any more: ask the office for the answer."],
            ["各环节均已办理，办理结果请向信访办查询。"],
            id="replied",
        ),
        pytest.param(
            {**REPLIED, "review_on": date(2026, 3, 12)},
            ["the answer at stage 2, by 11 April 2026"],
            ["不迟于2026年4月11日答复复查申请"],
            id="in-review",
        ),
    ],
)
def test_what_is_owed_by_when(cells: Mapping[str, object], english: list[str], chinese: list[str]) -> None:
    owed = [texts_by_label(receipt("en", cells))["What you are owed"], texts_by_label(receipt("zh", cells))["答复安排"]]

    assert [text.replace("· ", "").split("\n") for text in owed] == [english, chinese]


@pytest.mark.parametrize(
    ("language", "title", "copies", "note", "known"),
    [
        (
            "en",
            "Receipt",
            ["Office’s copy", "Visitor’s copy"],
            "Please keep this number. Whoever tells it to the office can hear how far the matter is.",
            {"Received on": "2 March 2026", "Office telephone": "01632 960000", "For the office": "", "Taken by": ""},
        ),
        (
            "zh",
            "信访回执",
            ["存根联", "信访人联"],
            "请妥善保管本编号，凭编号可向信访办询问办理进度。",
            {"收到日期": "2026年3月2日", "信访电话": "01632 960000", "信访办（签章）": "", "领取人（签名）": ""},
        ),
    ],
)
def test_there_are_two_copies_on_one_sheet(
    language: Language, title: str, copies: list[str], note: str, known: dict[str, str]
) -> None:
    paper = receipt(language, RECEIVED)

    assert len(paper.sheets) == 1
    assert [panel.aside for panel in paper.panels] == copies
    assert {(panel.title, panel.number, panel.school, panel.notes) for panel in paper.panels} == {
        (title, "LV-00001", "Hill School", (note,))
    }
    assert paper.panels[0].parts == paper.panels[1].parts
    owed = {"What you are owed", "答复安排"}
    assert {label: text for label, text in texts_by_label(paper).items() if label not in owed} == known


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_carries_nothing_else_of_a_case(language: Language) -> None:
    """So a restricted case's receipt looks like any other."""
    text = {column.key: "Canary" for column in REGISTER if column.staff and column.type in (Type.TEXT, Type.LONG)}
    restricted, open_to_see = (
        receipt(language, {**text, **RECEIVED, "restricted": texts_by_label}) for texts_by_label in ("yes", "no")
    )

    assert restricted == open_to_see == receipt(language, RECEIVED)
    assert "Canary" not in repr(restricted)


def test_under_a_free_number_day_and_dates_are_blanks() -> None:
    blank = {column.key: "" for column in REGISTER if column.staff}

    assert texts_by_label(receipt("en", blank)) == {
        "Received on": "", "What you are owed": "", "Office telephone": "01632 960000", "For the office": "", "Taken by": "",
    }  # fmt: skip


def test_a_day_that_nobody_typed_is_the_day_it_was_first_seen() -> None:
    index = ({"case_no": "LV-00001", "issued_on": date(2026, 3, 1), "first_seen": date(2026, 3, 9)},)
    result = steps_done("en", {"received_on": ""}, index=index)

    assert texts_by_label(receipt_of_case(cases_of(result.after, result.now), 0))["Received on"] == "9 March 2026"


def test_of_a_filed_case_nothing_is_owed() -> None:
    ledger = steps_done("en", {}, filing=({**line("LV-00009"), **REPLIED},)).after
    paper = receipt_of_filed(ledger, 0)

    assert (
        paper.panels[0].number,
        texts_by_label(paper)["Received on"],
        texts_by_label(paper)["What you are owed"],
    ) == (
        "LV-00009",
        "2 March 2026",
        "No date is open any more: ask the office for the answer.",
    )
