"""Whoever brought a case gets a receipt, and is asked how it was handled: only where it may be, and once (docs/design.md#p22.1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from automation.ledger.parsing import habits_of, parse
from automation.ledger.typed.rating import rating_in
from automation.run.job import Result
from automation.run.plan import plan
from sheet_schema import SETTING
from sheet_schema.vocabulary import NoticeKind, NoticeState
from tests.support.ledger_in_memory import PEOPLE, Rows, line, snapshot
from tests.support.small_office import HANDLED, LADDER, RULE, request_at

NEW = {"received_on": "2026-03-16", "contact": "13800000001; chen@home.example", "received_by": "李敏"}
DONE = {
    **HANDLED,
    "decided_on": "2026-03-16",
    "outcome": "支持",
    "replied_on": "2026-03-17",
    "notified_on": "2026-03-17",
}


def run(
    *register: dict[str, object],
    since: str = "2026-03-16",
    people: Rows = PEOPLE,
    first_seen: str = "2026-03-16",
    notices: Rows = (),
    **settings: str,
) -> Result:
    given = {
        "sending": "正式发送",
        "go_live_on": "2026-03-01",
        "petitioners_from": since,
        "school_phone": "010-1",
        "reply_to": "office@school.example",
        **settings,
    }
    rows = [{"name": SETTING[key].label("zh"), "value": value} for key, value in given.items()]
    index = [{"case_no": one["case_no"], "issued_on": "2026-03-01", "first_seen": first_seen} for one in register]
    departments = [{"name": "教务处", "email": "jw@school.example", "head": "王强"}]
    book = snapshot(
        register=register,
        settings=rows,
        index=index,
        people=people,
        departments=departments,
        deadlines=[RULE],
        escalation=[LADDER],
        notices=notices,
    )
    return plan(book, request_at(Path("ledger.xlsx"), "2026-03-18T09:30", Path("out"), named=True))


def told(result: Result) -> list[tuple[str, str]]:
    return sorted((mail.kind, mail.to) for mail in result.mails if mail.kind in ("acknowledged", "rating"))


RECEIPT = [("acknowledged", "chen@home.example")]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({}, RECEIPT, id="a-new-case"),
        pytest.param({"contact": "陈静 邮箱：chen@home.example"}, RECEIPT, id="with-words-around"),
        pytest.param({"contact": "13800000001"}, [], id="no-address"),
        pytest.param(
            {"contact": "chen@home.example；wu@home.example"},
            [*RECEIPT, ("acknowledged", "wu@home.example")],
            id="plainly-several",
        ),
        pytest.param({"contact": "chen@home.example 或 wu@home.example"}, [], id="not-plain-which"),
        pytest.param({"kind": "检举控告", "about": "-"}, [], id="an-allegation"),
        pytest.param(
            {"kind": "检举控告", "about": "-", "restricted": "否", "reason": "公开信"}, [], id="an-open-allegation"
        ),
        pytest.param({"restricted": "是"}, [], id="restricted"),
        pytest.param({"kind": "什么"}, [], id="perhaps-an-allegation"),
        pytest.param({"petitioner": "匿名"}, [], id="anonymous"),
        pytest.param({"contact": "WANGFANG+x@school.example"}, [], id="a-colleagues-address"),
        pytest.param({"contact": "jw@school.example"}, [], id="a-departments"),
        pytest.param({"contact": "office@school.example"}, [], id="the-offices"),
        pytest.param({"about": "王芳"}, RECEIPT, id="about-somebody-who-does-not-read-it"),
        pytest.param({"received_on": "2026-03-15"}, [], id="an-old-case"),
        pytest.param({"decision": "作废", "reason": "误登", "decided_on": "2026-03-17"}, [], id="void"),
        pytest.param({"topic": ""}, [], id="incomplete"),
        pytest.param(DONE, [("rating", "chen@home.example")], id="closed"),
        pytest.param({**DONE, "satisfaction": "满意"}, [], id="rated-already"),
        pytest.param({**DONE, "restricted": "是"}, [], id="closed-restricted"),
    ],
)
def test_who_is_written_to(cells: dict[str, object], expected: list[tuple[str, str]]) -> None:
    assert told(run(line("LV-00001", **{**NEW, **cells}))) == expected


def test_nobody_is_written_to_unless_settings_say_so_nor_of_what_was_there_before() -> None:
    case = line("LV-00001", **NEW)
    found = [
        run(case, since=""),
        run(case, since="2026-03-17"),
        run(case, first_seen="2026-03-10"),
        run(case, sending="暂停"),
    ]
    assert [told(result) for result in found] == [[], [], [], []]


def test_a_repeat_gets_no_second_receipt_and_other_domains_may_be_written_to() -> None:
    rows = [line("LV-00001", **NEW), line("LV-00002", **NEW, repeat_of="LV-00001")]
    assert told(run(*rows, allowed_domains="school.example")) == RECEIPT


def test_an_address_is_told_once_wherever_it_stands_and_a_corrected_one_is_told() -> None:
    first = run(line("LV-00001", **{**NEW, "contact": "chen@home.example"}))
    notices = first.after.tables["notices"]
    sent = [
        {key: notices[key][at] for key in ("key", "case_no", "kind", "slot", "mail_id")}
        | {"state": NoticeState.SENT.label("zh"), "kind": NoticeKind.of(notices["kind"][at]).label("zh")}
        for at in range(len(notices))
    ]
    again = line("LV-00001", **{**NEW, "contact": "wu@home.example; Chen@home.example"})
    assert told(run(again, notices=sent)) == [("acknowledged", "wu@home.example")]


def test_each_case_has_a_mail_of_its_own_also_at_one_address() -> None:
    assert told(run(line("LV-00001", **NEW), line("LV-00002", **{**NEW, "petitioner": "吴"}))) == [*RECEIPT, *RECEIPT]


def test_the_receipt_says_number_dates_and_telephone_and_nothing_of_the_matter() -> None:
    secret = {"petitioner": "MARKER1", "summary": "MARKER2", "topic": line()["topic"], "handler": "王芳"}
    (mail,) = [one for one in run(line("LV-00001", **{**NEW, **secret})).mails if one.kind == "acknowledged"]
    whole = f"{mail.rendered.subject}{mail.rendered.text}{mail.rendered.html}{mail.reader}"
    assert [text for text in ("LV-00001", "3月16日", "010-1") if text not in mail.rendered.text] == []
    assert [text for text in ("MARKER", str(line()["topic"]), "王芳", "教务处", "来访", "申诉") if text in whole] == []


def test_why_nobody_is_written_to_is_said_in_the_row() -> None:
    rows = [
        line("LV-00001", **{**NEW, "contact": "jw@school.example"}),
        line("LV-00002", **{**NEW, "contact": "a@b.example, c@d.example"}),
    ]
    said = run(*rows).after.register["problems"]
    assert ["本单位的邮箱" in said[0], "几个邮箱" in said[1]] == [True, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("满意", "good"), ("满意。", "good"), ("Good", "good"), ("good!\n\nBest, Ann", "good"), ("基本满意", "fair"), ("Fair", "fair"),
        ("不满意", "poor"), ("poor", "poor"), ("\n\n 不满意！\n", "poor"), ("不是很满意，但谢谢", ""), ("Good, but late", ""), ("", ""), ("谢谢", ""),
    ],
)  # fmt: skip
def test_a_rating_is_one_plain_word(text: str, expected: str) -> None:
    assert rating_in(text, habits_of(parse(snapshot()))) == expected
