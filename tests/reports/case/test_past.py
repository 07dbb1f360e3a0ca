"""What has happened to a case: each line with its day, who did it, what, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from automation.ledger.workbook import Grid
from automation.reports.case.one_case import one_case
from automation.reports.case.past import past
from automation.reports.case.to_come import to_come
from automation.reports.case.wording import line as in_words
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from automation.run.two_worlds import edited
from sheet_schema import FILING, LANGUAGES, REGISTER, Language
from tests.support.ledger_in_memory import NOW, Rows, line, snapshot

Row = Mapping[str, object]
CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
DEPARTMENTS: Rows = ({"name": "East"}, {"name": "West"})
ROUTING: Rows = ({"order": 10, "enabled": "yes", "department": "East"},)
INDEX: Row = {"case_no": "LV-00001", "issued_on": "2026-02-20", "first_seen": "2026-03-02"}
BARE = [
    "2026-02-20         job    Number issued",
    "2026-03-02         staff  Received (Visit), by 李敏",
    "2026-03-02         job    First seen by a run",
]


def lines(
    cells: Row,
    language: Language = "en",
    index: Row = INDEX,
    others: Sequence[Row] = (),
    **tabs: Sequence[Row],
) -> list[str]:
    """The story of LV-00001 with these cells. It has a department, so that the next run assigns none."""
    case = line(
        channel="visit",
        kind="complaint",
        topic="Canteen",
        department="East",
        **{"received_on": "2026-03-02", **cells},
    )
    given: dict[str, Sequence[Row]] = {
        "departments": DEPARTMENTS,
        "routing": ROUTING,
        "topics": ({"name": "Canteen"},),
        "index": [index, *({"case_no": one["case_no"], "issued_on": "2026-02-20"} for one in others)],
        **tabs,
    }
    register = [] if "filing" in tabs else [case]
    read = snapshot(language, register=[*register, *others], **given)
    result = plan(read, Request(JOBS["run"], NOW, CLOCK, dry_run=True))
    one = one_case(result, "LV-00001")
    assert one is not None
    return [in_words(event, language) for event in past(one, result.after)]


def history(
    column: str,
    after: object = "",
    why: str = "",
    at: str = "2026-03-02T09:20",
    language: Language = "en",
    **cells: object,
) -> Row:
    """A line the job wrote in History; `column` is a key of the Register."""
    label = REGISTER[column].label(language) if column in REGISTER.keys else column
    written = {"run": at, "at": datetime.fromisoformat(at), "case_no": "LV-00001"}
    return {**written, "column": label, "after": after, "why": why, **cells}


def moment(hour: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-12T{hour}")


def notice(kind: str, state: str, at: str = "2026-03-12T09:00", **cells: object) -> Row:
    times = dict.fromkeys(("claimed_at", "done_at"), datetime.fromisoformat(at))
    return {"key": "k", "case_no": "LV-00001", "kind": kind, "state": state, **times, **cells}


RICH: Row = {
    "received_by": "李敏", "decision": "accept", "decided_on": "2026-03-03", "reason": "Plainly ours", "notified_on": "2026-03-04",
    "handler": "王芳", "extended_to": "2026-04-20", "extension_by": "赵刚", "extension_reason": "Half of them were away",
    "outcome": "supported", "replied_on": "2026-03-16", "review_on": "2026-03-17", "repeat_of": "LV-00002",
}  # fmt: skip


def rich_tabs(language: Language, rule: str, empty: str) -> dict[str, Sequence[Row]]:
    by_rule = "2026-03-02T09:20"
    return {
        "history": [
            history("received_on", "2026-03-02", empty, by_rule, language),
            history("department", "East", rule, by_rule, language),
            history("handler", "王芳", rule, by_rule, language),
            history("received_by", "李敏", "", by_rule, language),
        ],
        "notices": [
            notice("assignment", "sent", by_rule, slot="handler", holder="East · 王芳", to="fang@s.example", level="1"),
            notice("reminder", "superseded", step="reply", due_on="2026-03-19", slot="handler", to="fang@s.example", level="-7"),
            notice("reminder", "sent", step="reply", due_on="2026-03-19", slot="handler", to="fang@s.example", level="-3"),
            notice("escalation", "failed", "2026-03-20T09:00", step="reply", due_on="2026-03-19", slot="leader", to="no@s.example", level="1", error="550 no such user"),
        ],
        "others": [line("LV-00002", received_on="2026-02-21")],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "rule", "empty", "told"),
    [
        (
            "en",
            "Routing row 2 (order 10)",
            "the line was empty earlier today",
            [
                "2026-02-20         job    Number issued",
                "2026-03-02         job    Received (Visit), by 李敏 (the line was empty earlier today)",
                "2026-03-02         staff  Repeats LV-00002",
                "2026-03-02         job    First seen by a run",
                "2026-03-02  09:20  job    Given to East and 王芳 (Routing row 2 (order 10))",
                "2026-03-02  09:20  job    Received by: 李敏",
                "2026-03-02  09:20  job    Mail (assigned, East · 王芳) to handler (fang@s.example): sent",
                "2026-03-03         staff  Decision: Accept",
                "2026-03-04         staff  Acknowledged",
                "2026-03-10         staff  Extended to 2026-04-20, approved by 赵刚 (Half of them were away)",
                "2026-03-11         job    Due date moved, though nobody had touched the row",
                "2026-03-12  09:00  job    Mail (reminder, Reply 2026-03-19) to handler: left out, a later one says it",
                "2026-03-12  09:00  job    Mail (reminder, Reply 2026-03-19) to handler (fang@s.example): sent",
                "2026-03-16         staff  Replied: Upheld",
                "2026-03-17         staff  Stage 2 asked for",
                "2026-03-20  09:00  job    Mail (overdue, Reply 2026-03-19, level 1) to senior leader (no@s.example): failed: 550 no such user",
            ],
        ),
        (
            "zh",
            "“分办规则”第2行（顺序10）",
            "该行今日早些时候还是空行",
            [
                "2026-02-20         系统  编定编号",
                "2026-03-02         系统  收到（来访），接件人：李敏（该行今日早些时候还是空行）",
                "2026-03-02         人工  与LV-00002重复",
                "2026-03-02         系统  系统首次读到",
                "2026-03-02  09:20  系统  交East和王芳承办（“分办规则”第2行（顺序10））",
                "2026-03-02  09:20  系统  接件人：李敏",
                "2026-03-02  09:20  系统  邮件（分办通知，East · 王芳）发给经办人（fang@s.example）：已发送",
                "2026-03-03         人工  受理意见：受理",
                "2026-03-04         人工  已告知信访人",
                "2026-03-10         人工  延期至2026-04-20，批准人赵刚（Half of them were away）",
                "2026-03-11         系统  该行未改动而期限变动",
                "2026-03-12  09:00  系统  邮件（到期提醒，答复 2026-03-19）发给经办人：略去，由后一封代替",
                "2026-03-12  09:00  系统  邮件（到期提醒，答复 2026-03-19）发给经办人（fang@s.example）：已发送",
                "2026-03-16         人工  已答复：支持",
                "2026-03-17         人工  申请复查",
                "2026-03-20  09:00  系统  邮件（超期督办，答复 2026-03-19，第1级）发给分管领导（no@s.example）：失败：550 no such user",
            ],
        ),
    ],
)
def test_a_life_from_its_number_on(language: Language, rule: str, empty: str, told: list[str]) -> None:
    extended = {"extended_to": "2026-04-20", "extension_seen": "2026-03-10", "due_moved_on": "2026-03-11"}
    assert lines(RICH, language, {**INDEX, **extended}, **rich_tabs(language, rule, empty)) == told


# The job did what History says it filled in; all else was staff.
@pytest.mark.parametrize(
    ("cells", "changed", "told"),
    [
        ({"decision": "decline", "decided_on": "2026-03-03", "reason": "Not ours"}, [], ["2026-03-03         staff  Decision: Decline (Not ours)"]),
        (
            {"decision": "decline", "decided_on": "2026-03-03", "reason": "Not ours"},
            [history("decided_on", "2026-03-03", "typed today", "2026-03-03T10:00")],
            ["2026-03-03         job    Decision: Decline (Not ours; typed today)"],
        ),
        (  # a person replaced the day
            {"notified_on": "2026-03-05"},
            [history("notified_on", "2026-03-03", "on the spot", "2026-03-03T10:00")],
            ["2026-03-03  10:00  job    Acknowledged on: 2026-03-03 (on the spot)", "2026-03-05         staff  Acknowledged"],
        ),
        (
            {}, [history("department", "East", "Routing row 2 (order 10)"), history("department", "West", "Routing row 3 (order 20)", "2026-03-05T09:00")],
            ["2026-03-02  09:20  job    Given to East (Routing row 2 (order 10))", "2026-03-05  09:00  job    Given to West (Routing row 3 (order 20))"],
        ),
        # of a case restricted at the time, History only has the column
        ({}, [history("department"), history("received_by")], ["2026-03-02  09:20  job    Given to the department or handler in the ledger", "2026-03-02  09:20  job    Received by filled in"]),
        # restored from a backup: a line of its own; inserted without a number: told with its number
        ({}, [history("case_no", "LV-00001", "put back from b.xlsx")], ["2026-03-02  09:20  job    Case no.: LV-00001 (put back from b.xlsx)"]),
        ({}, [history("a column of another day", "new", "why not", before="old")], ["2026-03-02  09:20  job    a column of another day: old → new (why not)"]),
        ({}, [history("department", "East", "two\nlines\tof  it")], ["2026-03-02  09:20  job    Given to East (two lines of it)"]),
    ],
)  # fmt: skip
def test_who_did_it(cells: Row, changed: Sequence[Row], told: list[str]) -> None:
    assert [one for one in lines(cells, history=changed) if one not in BARE] == told


def test_a_line_that_was_inserted_says_so_with_its_number() -> None:
    inserted = history("case_no", "LV-00001", "given the next one", "2026-02-20T11:00")
    assert lines({}, history=[inserted])[0] == "2026-02-20         job    Number issued (given the next one)"


# Each notice with kind, step, role, time, state and error; superseded ones briefly.
@pytest.mark.parametrize(
    ("notices", "told"),
    [
        ([notice("alert", "written", slot="duty", to="a@s.example"), notice("alert", "written", slot="duty", to="b@s.example")], ["Mail (alert) to duty (a@s.example, b@s.example): written"]),
        ([notice("alert", "written", slot="duty", to="a@s.example"), notice("alert", "failed", slot="duty", to="b@s.example", error="550")], ["Mail (alert) to duty (a@s.example): written", "Mail (alert) to duty (b@s.example): failed: 550"]),
        ([notice("reminder", "claimed", step="decide", due_on="2026-03-19", slot="office", level="-1", done_at="")], ["Mail (reminder, Decide 2026-03-19) to office: claimed"]),
        ([notice("reminder", "retry", slot="office", done_at="", retry_at=moment("09:15"), error="451 later")], ["Mail (reminder) to office: retry, again at 2026-03-12 09:15: 451 later"]),
        ([notice("reminder", "sent", slot="office", done_at=moment("09:40"))], ["Mail (reminder) to office: sent at 2026-03-12 09:40"]),
        ([notice("handed_over", "void", slot="handler", holder="West")], ["Mail (gone elsewhere, West) to handler: void"]),
        ([notice("assignment", "sent", slot="王芳", to="fang@s.example")], ["Mail (assigned) to 王芳 (fang@s.example): sent"]),
        ([notice("assignment", "superseded", slot="handler", holder="East", to="")], ["Mail (assigned, East) to handler: not sent, counted as told when sending became live"]),
        ([notice("assignment", "superseded", slot="handler", holder="East", to="fang@s.example")], ["Mail (assigned, East) to handler (fang@s.example): not sent, as it was given to them before"]),
        (
            [notice("escalation", "superseded", step="reply", slot="head", level="1"), notice("escalation", "superseded", step="reply", slot="head", level="2"), notice("escalation", "sent", step="reply", slot="head", level="3")],
            ["Mail (overdue, Reply) to head of department: 2 left out, a later one says it", "Mail (overdue, Reply, level 3) to head of department: sent"],
        ),
        ([notice("a kind", "sent", slot="nobody in particular", level="first")], ["Mail (a kind) to nobody in particular: sent"]),  # typed by hand
        ([notice("alert", "sent", claimed_at="")], []),
        ([{**notice("alert", "sent"), "case_no": "LV-00002"}], []),
    ],
)  # fmt: skip
def test_mails_and_what_became_of_them(notices: Sequence[Row], told: list[str]) -> None:
    found = [one for one in lines({}, notices=notices) if one not in BARE]
    assert sorted(found) == sorted(f"2026-03-12  09:00  job    {one}" for one in told)


EARLIER, LATER = (
    line("LV-00002", received_on="2026-02-21"),
    line("LV-00003", received_on="2026-03-10", repeat_of="lv-00001"),
)
SECRET: Row = {"restricted": "yes"}


# Of a restricted case it does not even say that the same people brought it.
def test_the_order_of_mails_does_not_tell_which_other_cases_their_readers_have() -> None:
    slots = ("John Smith", "leader", "office", "Ann Lee", "handler")
    rows = [notice("escalation", "sent", slot=slot, to=f"{slot[0].lower()}@s.example") for slot in slots]

    told = lines({}, notices=rows)

    assert [text.partition(" to ")[2].partition(" ")[0] for text in told if "Mail (" in text] == [
        "office", "handler", "senior", "Ann", "John",
    ]  # fmt: skip
    assert lines({}, notices=rows[::-1]) == told


@pytest.mark.parametrize(
    ("cells", "others", "told"),
    [
        ({"repeat_of": "LV-00002"}, [EARLIER], ["2026-03-02         staff  Repeats LV-00002"]),
        ({"repeat_of": "LV-00002"}, [{**EARLIER, **SECRET}], []),
        ({"repeat_of": "none"}, [EARLIER], []),
        ({"repeat_of": "LV-09999"}, [EARLIER], []),
        ({}, [LATER], ["2026-03-10         staff  LV-00003 came in and names this case as the earlier one"]),
        (
            {},
            [{**LATER, "received_on": ""}],
            ["2026-03-18         staff  LV-00003 came in and names this case as the earlier one"],
        ),
        ({}, [{**LATER, **SECRET}], []),
        ({}, [{**LATER, "kind": "allegation"}], []),
        ({"repeat_of": "LV-00001"}, [], []),
    ],
)
def test_cases_that_go_with_it(cells: Row, others: Sequence[Row], told: list[str]) -> None:
    found = [one for one in lines(cells, others=others) if one not in BARE]
    assert [one for one in found if "Repeats" in one or "names this" in one] == told


FILED: Row = {
    **line(channel="visit", kind="complaint", topic="Canteen", department="East", decision="decline"),
    "decided_on": "2026-03-03", "reason": "Not ours", "notified_on": "2026-03-04", "closed_on": "2026-03-04",
    "archive_no": "0001-SS-0001", "filed_on": "2026-03-15", "retention": "years_10", "appraise_on": "2037-01-01",
    "seal_no": 7, "seal": "abc", "taken_over_by": "Olive", "taken_over_on": "2026-03-17",
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            [
                *BARE,
                "2026-03-03         staff  Decision: Decline (Not ours)",
                "2026-03-04         staff  Acknowledged",
                "2026-03-04         job    Closed",
                "2026-03-15         job    Filed as 0001-SS-0001, kept 10 years, seal 7",
                "2026-03-16  10:00  staff  Sealed anew (name misspelt)",
                "2026-03-17         staff  Taken over by Olive",
            ],
        ),
        (
            "zh",
            [
                "2026-02-20         系统  编定编号",
                "2026-03-02         人工  收到（来访），接件人：李敏",
                "2026-03-02         系统  系统首次读到",
                "2026-03-03         人工  受理意见：不予受理（Not ours）",
                "2026-03-04         人工  已告知信访人",
                "2026-03-04         系统  办结",
                "2026-03-15         系统  归档，档号 0001-SS-0001，保管期限10年，封存序号7",
                "2026-03-16  10:00  人工  重新封存（name misspelt）",
                "2026-03-17         人工  Olive接收",
            ],
        ),
    ],
)
def test_a_filed_case_has_its_whole_story(language: Language, told: list[str]) -> None:
    sealed = history(FILING["seal"].label(language), "b", "name misspelt", "2026-03-16T10:00", before="a")
    index = {**INDEX, "filed_on": "2026-03-15", "archive_no": "0001-SS-0001", "closed_on": "2026-03-04"}
    assert lines({}, language, index, filing=[FILED], history=[sealed]) == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_history_is_read_in_either_language(language: Language) -> None:
    """A ledger that was translated has lines in both."""
    changed = history("received_by", "李敏", language=language)
    assert "2026-03-02  09:20  job    Received by: 李敏" in lines({}, history=[changed])


WHY = "changed between 2026-03-02 09:00 and 2026-03-02 09:20"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(history("contact", "138", WHY, before="139"), "Contact: 139 → 138", id="overwritten"),
        pytest.param(history("contact", "", WHY, before="139"), "Contact: 139 → blank", id="emptied"),
        pytest.param(history("contact", "138", WHY), "Contact: blank → 138", id="filled in"),
        pytest.param(history("summary", "", WHY), "Summary changed", id="restricted then"),
        pytest.param(history("department", "West", WHY), "Department: blank → West", id="department"),
        pytest.param(history("case_no", "", WHY, before="LV-00001"), "Row taken out or emptied", id="gone"),
        pytest.param(
            history("handler", "Ash", WHY, case_no="", row="LV-00007, LV-00001, LV-00002"),
            "Handler: blank → Ash",
            id="with others",
        ),
        pytest.param(history("handler", "Ash", WHY, case_no="", row="LV-000012"), "", id="of others"),
        pytest.param(history("Amount", "9", WHY, case_no="", tab="Deadlines", row="LV-00001"), "", id="of a rule"),
    ],
)
def test_what_people_changed_is_theirs(told: Row, expected: str) -> None:
    found = lines({}, history=[{**told, "who": "person"}])
    wanted = [f"2026-03-02  09:20  staff  {expected} ({WHY})"] if expected else []
    assert sorted(found) == sorted([*BARE, *wanted])


def test_what_people_changed_since_the_last_run_has_happened_already() -> None:
    seen = snapshot("en", register=[line(summary="old")], index=[INDEX], routing=(), topics=())
    first = plan(seen, Request(JOBS["run"], NOW, CLOCK))
    kept = edited(edited(seen.grids, first.edits), [])
    title, at = REGISTER.label("en"), REGISTER.keys.index("summary")
    rows = [list(row) for row in kept[title].rows]
    rows[1][at] = "new"
    later = NOW + timedelta(minutes=10)
    result = plan(
        replace(seen, grids={**kept, title: Grid(title, rows)}), Request(JOBS["run"], later, CLOCK, dry_run=True)
    )
    one = one_case(result, "LV-00001")
    assert one is not None
    told = [in_words(event, "en") for event in past(one, result.after)]
    assert [text for text in told if "old → new" in text and " staff " in text] != []
    assert [event for event in to_come(one).events if "new" in str(event.facts)] == []
