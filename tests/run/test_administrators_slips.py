"""What administrators get wrong in their tabs, through whole runs: what is said beside the rows, and what holds meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from automation.commands.check_findings import findings_in
from automation.run.plan import plan
from automation.run.two_worlds import after_run
from tests.support.ledger_in_memory import LEADER_AND_OFFICE, Rows, line, snapshot
from tests.support.new_ledger import settle_new
from tests.support.small_office import (
    CLOCK,
    DEPARTMENTS,
    FANG,
    HANDLED,
    HEAD,
    LADDER,
    RULE,
    at,
    column,
    planned,
    read,
    request_at,
    text_of,
)
from tests.support.workbook_homes import book_at, shown_in, type_in

Row = Mapping[str, object]
OTHERWISE = {"order": 9, "enabled": "启用", "department": "教务处"}
CANTEEN = {"order": 1, "enabled": "启用", "keywords": "食堂", "department": "总务处"}


def office_rows(**tabs: Rows) -> dict[str, Rows]:
    """A small office with these rows in its administrators' tabs, in place of its own."""
    return {
        "register": [line(**HANDLED)], "people": [FANG, *LEADER_AND_OFFICE, HEAD], "departments": DEPARTMENTS,
        "deadlines": [RULE], "escalation": [LADDER], "topics": [{"name": line()["topic"]}], "routing": [OTHERWISE],
        "settings": [{"name": "预留空行", "value": "1"}], **tabs,
    }  # fmt: skip


def office(folder: Path, **tabs: Rows) -> Path:
    """The workbook of such an office."""
    return settle_new(folder / "ledger.xlsx", office_rows(**tabs))


def said(path: Path, tab: str) -> list[str]:
    return [str(one) for (one,) in column(path, tab, "problems")]


def due(path: Path) -> str:
    ((day,),) = column(path, "register", "due_on")[:1]
    return str(day)


DELETE_ONE = "请删除其中一行，或用类别、来源形式、“自”区分适用范围。"


def counts(other: str) -> str:
    return f"第{other}行的适用范围和环节与本行相同，不起作用。{DELETE_ONE}"


def ignored(other: str) -> str:
    return f"上方第{other}行的适用范围和环节与本行相同，本行不起作用。{DELETE_ONE}"


def deadline(**cells: object) -> Row:
    return {**RULE, **cells}


# Received on Monday 2 March. Of rows that are equally specific the upper one counts, and both say so.
@pytest.mark.parametrize(
    ("rules", "problems", "day"),
    [
        ([deadline(), deadline(amount=5)], [counts("3"), ignored("2")], "2026-03-22"),
        ([deadline(amount=5), deadline()], [counts("3"), ignored("2")], "2026-03-07"),
        ([deadline(), deadline(amount=5), deadline(amount=9)], [counts("3、4"), ignored("2"), ignored("2")], "2026-03-22"),
        ([deadline(), deadline()], [counts("3"), ignored("2")], "2026-03-22"),
        ([deadline(kind="申诉求决"), deadline(kind="申诉求决", amount=5)], [counts("3"), ignored("2")], "2026-03-22"),
        ([deadline(), deadline(kind="申诉求决", amount=5)], ["", ""], "2026-03-07"),
        ([deadline(channel="来访"), deadline(kind="申诉求决", amount=5)], ["", ""], "2026-03-07"),
        ([deadline(), deadline(amount=5, enabled="否")], ["", ""], "2026-03-22"),
        ([deadline(), deadline(amount=5, step="法定时限")], ["", ""], "2026-03-07"),
        # a row that is skipped stands in nobody's way
        ([deadline(unit="年"), deadline(amount=5)], ["“单位”：“年”不在列表中。请选择：日、工作日、上课日。改正前本行不起作用。", ""], "2026-03-07"),
    ],
)  # fmt: skip
def test_equal_rows_of_deadlines(rules: Rows, problems: list[str], day: str) -> None:
    after = planned("2026-03-18T09:00", **office_rows(deadlines=rules)).after
    found = after.tables["deadlines"]["problems"].tolist(), str(after.register["due_on"][0])
    assert found == (problems, day)


def rung(**cells: object) -> Row:
    return {**LADDER, **cells}


def both(other: int, roles: str) -> str:
    return (
        f"第{other}行的环节和级别与本行相同，都通知{roles}：只按先到期的一行通知一次。请改为另一级别，或删除其中一行。"
    )


# Late since Sunday 22 March; on Friday the 27th every row here has come due. 赵刚 is the leader, 李敏 the office.
@pytest.mark.parametrize(
    ("ladder", "problems", "told"),
    [
        ([rung(), rung(after=3)], [both(3, "分管领导"), both(2, "分管领导")], ["gang@s.example"]),
        ([rung(), rung(after=3, to="分管领导；信访办")], [both(3, "分管领导"), both(2, "分管领导")], ["gang@s.example", "min@s.example"]),
        ([rung(), rung(to="信访办")], ["", ""], ["gang@s.example", "min@s.example"]),
        ([rung(), rung(level=2, after=3)], ["", ""], ["gang@s.example"]),
        ([rung(), rung(step="法定时限")], ["", ""], ["gang@s.example"]),
    ],
)  # fmt: skip
def test_equal_rows_of_escalation(ladder: Rows, problems: list[str], told: list[str]) -> None:
    book, path = snapshot(**office_rows(escalation=ladder)), Path("ledger.xlsx")
    first = plan(book, request_at(path, "2026-03-18T09:00"))
    second = plan(after_run(book, first), request_at(path, "2026-03-27T09:00"))
    found = [(mail.to, mail.rendered.subject) for mail in (*first.mails, *second.mails)]
    late = [to for to, subject in found if "超期" in subject and "简报" not in subject]
    assert (second.after.tables["escalation"]["problems"].tolist(), sorted(late)) == (problems, told)


@pytest.mark.parametrize(
    ("rules", "problems"),
    [
        ([CANTEEN, {**CANTEEN, "order": 2}, OTHERWISE], [
            "第3行的适用范围与本行相同，不起作用。请删除其中一行。", "本规则适用的情形都已先由第2行匹配。请把顺序调小，或删除本行。", "",
        ]),
        ([CANTEEN, {**CANTEEN, "order": 2, "keywords": "食堂饭菜"}, OTHERWISE], ["", "本规则适用的情形都已先由第2行匹配。请把顺序调小，或删除本行。", ""]),
        # the same conditions, but somebody else: tried where the first leads to somebody who may not know of the case
        ([CANTEEN, {**CANTEEN, "order": 2, "department": "教务处"}, OTHERWISE], [
            "", "ⓘ 上方第2行的适用范围与本行相同：只有按该行会交给须回避的人时才用本行。若应以本行为准，请删除该行。", "",
        ]),
    ],
)  # fmt: skip
def test_equal_rows_of_routing(rules: Rows, problems: list[str]) -> None:
    after = planned("2026-03-18T09:00", **office_rows(routing=rules)).after
    assert after.tables["routing"]["problems"].tolist() == problems


NO_USE = "改正前本行不起作用。"
BLANK = "改正前此格按空白处理。"


# What is said of a row that cannot be read is true: it is skipped, or only the cell counts as blank, or neither.
@pytest.mark.parametrize(
    ("tab", "row", "problem", "used"),
    [
        ("routing", {**CANTEEN, "order": "第一"}, f"“顺序”：“第一”不是整数。请只写数字，如12。{NO_USE}", False),
        ("routing", {**CANTEEN, "order": ""}, f"缺少“顺序”。请填写。{NO_USE}", False),
        ("routing", {**CANTEEN, "department": ""}, f"规则没有写承办部门。请填写承办部门。{NO_USE}", False),
        ("routing", {**CANTEEN, "department": "餐饮部"}, f"“承办部门”：“餐饮部”不在“部门”表中。请从列表选择，或在“部门”表中添加。{NO_USE}", False),
        ("routing", {**CANTEEN, "topic": "飞碟"}, f"“事项”：“飞碟”不在“事项”表中。请从列表选择，或在“事项”表中添加。{NO_USE}", False),
        ("routing", {**CANTEEN, "note": 1.5}, "", True),
        ("people", {"name": "钱进", "role": "厨师"}, NO_USE, False),
        ("people", {"name": "钱进", "role": "经办人", "digest": "每小时"}, BLANK, True),
        ("people", {"name": "钱进", "role": "经办人", "absent_from": "下周"}, NO_USE, False),
        ("people", {"name": "钱进", "role": "经办人", "absent_from": "2026-03-20", "absent_until": "2026-03-01"}, "“离岗至”早于开始日期。请核对两个日期；改正前视为在岗。", True),
        ("people", {"name": "钱进", "role": "经办人", "email": "qian at s"}, "“邮箱”：“qian at s”不是邮箱地址。请写成 name@school.example。", True),
        ("people", {"name": "钱进", "role": "经办人", "stand_in": "无名氏"}, "“无名氏”不在“人员”表中。请核对姓名，或在“人员”表中添加。", True),
        ("duty", {"date": "2026-03-18", "person": "无名氏"}, NO_USE, False),
        ("duty", {"date": "2026-03-18", "person": "李敏；无名氏"}, "在“人员”表中添加。", True),
        ("calendar", {"date": "2026-03-20", "kind": "郊游"}, NO_USE, False),
        ("calendar", {"date": "2026-03-20", "until": "2026-03-01", "kind": "放假"}, f"请核对两个日期。{NO_USE}", False),
        ("calendar", {"date": "2026-03-20", "kind": "放假"}, "", True),
        ("deadlines", {**RULE, "step": "法定时限", "starts_from": "答复日期"}, f"请改选起算。{NO_USE}", False),
        ("deadlines", {**RULE, "step": "法定时限", "remind_before": "尽早"}, "本行不提醒。", True),
        ("escalation", {**LADDER, "level": 2, "to": "厨师"}, NO_USE, False),
        ("escalation", {**LADDER, "level": 2, "to": ""}, f"请填写。{NO_USE}", False),
        ("topics", {"name": "食堂", "retention": "20年"}, NO_USE, False),
        ("words", {"column": "来源形式", "word": "飞鸽", "means": "信鸽"}, f"请核对。{NO_USE}", False),
        ("words", {"column": "天气", "word": "晴", "means": "来信"}, NO_USE, False),
        ("words", {"column": "来源形式", "word": "来信", "means": "来访"}, f"请换一个词。{NO_USE}", False),
        ("words", {"column": "来源形式", "word": "飞鸽", "means": "来信"}, "", True),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_says_truly_what_becomes_of_it(
    tab: str, row: Row, problem: str, *, used: bool
) -> None:
    others = {
        "routing": [OTHERWISE],
        "people": [FANG, *LEADER_AND_OFFICE, HEAD],
        "deadlines": [RULE],
        "escalation": [LADDER],
    }
    rows = [*others.get(tab, [{"name": line()["topic"]}] if tab == "topics" else []), row]
    ledger = planned("2026-03-18T09:00", **office_rows(**{tab: rows})).after
    told = str(ledger.tables[tab]["problems"][-1])
    assert (told[-len(problem) :] if problem else told) == problem
    assert (NO_USE in told, BLANK in told) == (not used, problem == BLANK)
    last = ledger.tables[tab].rows.max()
    policy = ledger.policy
    read = {
        "routing": policy.rules, "people": policy.people, "duty": policy.duty, "deadlines": policy.deadlines,
        "escalation": policy.ladder, "topics": policy.topics,
    }  # fmt: skip
    if tab in read:
        assert (last in [one.row for one in read[tab]]) == used  # type: ignore[attr-defined]
    elif tab == "calendar":
        assert (not policy.calendar.is_workday(ledger.tables[tab]["date"][-1:])[0]) == used


def test_a_row_that_is_put_right_says_nothing_more(tmp_path: Path) -> None:
    path = office(tmp_path, deadlines=[deadline(), deadline(amount=5)])
    at(path, "2026-03-18T09:00")
    assert said(path, "deadlines") == [counts("3"), ignored("2")]
    keys = [str(key) for key in at(path, "2026-03-18T09:10").after.tables["deadlines"].at]
    type_in(path, "时限", 3, keys.index("enabled") + 1, "否")
    at(path, "2026-03-18T09:20")
    assert (said(path, "deadlines"), due(path)) == (["", ""], "2026-03-22")


BREAKS = "有时限按上课日计算，但没有填写校历假期，假期中的工作日都会计入。请在本表填写各假期，类型选“校历假期”。"


def test_breaks_that_are_missing_are_said_in_the_digest_and_by_check(tmp_path: Path) -> None:
    """Received on Monday 2 March, five school days: Monday the 9th, though school is closed all week."""
    people = [FANG, {**LEADER_AND_OFFICE[1], "role": "信访办；管理员", "digest": "每日"}, LEADER_AND_OFFICE[0], HEAD]
    path = office(tmp_path, deadlines=[deadline(amount=5, unit="上课日", remind_before="")], people=people)
    at(path, "2026-03-03T08:00")
    digests = [text_of(mail) for mail in read(tmp_path / "out") if "简报" in str(mail["Subject"])]
    assert (due(path), [BREAKS in text for text in digests]) == ("2026-03-09", [True])
    checked = findings_in(book_at(path, CLOCK), book_at(path, CLOCK).read(), request_at(path, "2026-03-03T08:00"))
    assert [one for one in checked.findings if BREAKS in one]

    labels = shown_in(path, "日历")[0]
    for row, days in enumerate((("2026-03-02", "2026-03-06", "春假"), ("2026-07-11", "2026-08-31", "暑假")), start=2):
        for label, cell in zip(("日期", "至", "名称"), days, strict=True):
            type_in(path, "日历", row, labels.index(label) + 1, cell)
        type_in(path, "日历", row, labels.index("类型") + 1, "校历假期")
    result = at(path, "2026-03-03T09:00")
    assert (due(path), [one.code for one in result.problems if one.tab == "calendar"]) == ("2026-03-13", [])
