"""A column sorted by itself stops the run with one mail; what an office does to whole columns on purpose does not."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from automation.ledger.workbook import Snapshot
from automation.run.job import Result
from automation.run.plan import plan
from automation.run.run import run
from sheet_schema import REGISTER, TAB
from tests.support.edited_register import (
    Edit,
    added,
    copied,
    do,
    done,
    filled,
    in_turn,
    permuted,
    replaced,
    shifted,
    sorted_alone,
    sorted_whole,
    swapped,
    typed,
)
from tests.support.ledger_in_memory import line
from tests.support.small_office import (
    ADMIN,
    CLOCK,
    FANG,
    at,
    column,
    ledger_at,
    mails,
    read,
    request_at,
    set_to,
    setting,
    text_of,
)
from tests.support.workbook_homes import Kept, book_at, kept, on_google_now, shown_in, type_cells

ON_BOTH = IN_TURN = True
CASES = 30
_ANY = random.Random(16)
NAMES = _ANY.sample([first + second for first in "赵钱孙李周吴郑王" for second in "安平康宁静远明"], CASES)
KINDS = [("申诉求决", "建议", "咨询")[n * 3 % 5 % 3] for n in range(CASES)]
SHUFFLED = _ANY.sample(range(CASES), CASES)


def office(folder: Path) -> Path:
    """Thirty cases of every kind, half of them replied to, seen by two runs."""
    return _office(on_google_now()).put(folder)


@cache
def _office(on_google: bool) -> Kept:
    def make(folder: Path) -> Path:
        path = ledger_at(folder, [case(n) for n in range(CASES)], [FANG, ADMIN], blank_rows="12")
        at(path, "2026-03-18T09:00")
        at(path, "2026-03-18T09:10")
        return path

    return kept(make)


def case(n: int) -> dict[str, object]:
    received = date(2026, 3, 2) + timedelta(days=n * 7 % 11)
    replied = {
        "decision": "受理",
        "decided_on": received,
        "result": f"第{n}件已答复",
        "outcome": ("支持", "不支持", "部分支持")[n % 3],
    }
    return line(
        f"LV-{n + 1:05}",
        petitioner=NAMES[n],
        contact=f"138{n * 7919 % 99991:08}",
        summary=f"{NAMES[n]}反映{n}班作业太多",
        channel=("来访", "来信", "来电")[n * 5 % 7 % 3],
        kind=KINDS[n],
        received_on=received,
        department=("教务处", "总务处")[n % 2],
        about="-",
        restricted="是" if n in (4, 11, 23) else "",
        satisfaction="满意" if n in (10, 11, 12) else "",
        identity="家长" if n in (6, 9) else "",
        attachments=f"附件{n % 3 + 1}页",
        **(replied if n % 2 else {}),
    )


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The office's ledger, read once for all edits."""
    return book_at(office(tmp_path_factory.mktemp("seen")), CLOCK).read()


def stopped_by(seen: Snapshot, edit: Edit) -> list[tuple[str, str]]:
    """Do it, and return the problems that stop the next run."""
    edited = replace(seen, grids={**seen.grids, "登记": done(seen.grids["登记"], edit)})
    return stops(plan(edited, request_at(Path("ledger.xlsx"), "2026-03-18T09:20")))


def accepting(path: Path, moment: str, why: str) -> Result:
    """Do one run at this moment with `--accept-stop`."""
    request = replace(request_at(path, moment), accepted_stop=why)
    return run(book_at(path, request.real_time), request)


def stops(result: Result) -> list[tuple[str, str]]:
    return [(one.code, one.said[0].say("zh")) for one in result.problems if one.stops]


def said(columns: str, first: int, last: int, count: int, code: str = "torn_columns") -> list[tuple[str, str]]:
    return [(code, f"第{first}行至第{last}行之间，有{count}行{SAYS[code]}：{columns}。")]


SAYS = {
    "torn_columns": "的单元格与本件其余内容错开，像是只对部分列排了序",
    "copied_over": "原本不同的内容，被换成了其他行的内容，像是误用了向下填充",
    "counted_on": "原有的内容，被换成了逐行递增（或递减）的序列，像是误拖了填充柄",
}


TYPED_IN = tuple(key for key in REGISTER.staff_keys)
BACKWARDS = range(CASES - 1, -1, -1)

# "A column that came apart from its rows stops the run" (docs/design.md#p2.20): what was done, the columns named, the first and
# last row, how many rows.
TORN: Mapping[str, tuple[Edit, str, int, int, int]] = {
    "petitioners sorted": (sorted_alone("petitioner"), "信访人", 2, 31, 30),
    "contacts sorted": (sorted_alone("contact"), "联系方式", 3, 31, 28),
    "summaries sorted downwards": (sorted_alone("summary", down=True), "反映问题", 2, 31, 28),
    "days received sorted": (sorted_alone("received_on"), "收到日期", 3, 31, 28),
    "channels sorted": (sorted_alone("channel"), "来源形式", 2, 30, 20),
    "kinds sorted": (sorted_alone("kind"), "类别", 2, 31, 20),
    "departments sorted": (sorted_alone("department"), "承办部门", 2, 31, 16),
    "three restricted cases sorted to the top": (sorted_alone("restricted"), "保密", 2, 25, 6),
    "outcomes, half of them blank": (sorted_alone("outcome"), "结论", 2, 31, 20),
    "one decision in half of the rows": (sorted_alone("decision"), "受理意见", 2, 31, 16),
    "two cells sorted to the top": (sorted_alone("identity"), "身份", 2, 11, 4),
    "two columns together": (sorted_alone("petitioner", "contact"), "信访人、联系方式", 2, 31, 30),
    "three columns by one with few values": (
        sorted_alone("kind", "contact", "summary"),
        "联系方式、类别、反映问题",
        2,
        31,
        30,
    ),
    "some rows of one column": (sorted_alone("petitioner", rows=slice(5, 17)), "信访人", 7, 18, 11),
    "everything but the numbers": (
        sorted_alone(*TYPED_IN, by="petitioner"),
        "来源形式、信访人、联系方式、类别、反映问题、保密及另外9列",
        2,
        31,
        30,
    ),
    "the numbers alone": (
        sorted_alone("case_no", down=True, rows=slice(CASES)),
        "来源形式、信访人、联系方式、类别、反映问题、保密及另外9列",
        2,
        31,
        30,
    ),
    "a cell inserted": (shifted("summary", 1, 4), "反映问题", 6, 31, 26),
    "a cell deleted": (shifted("contact", -1, 4), "联系方式", 6, 31, 26),
    "a cell inserted in a column of two values": (shifted("department", 1), "承办部门", 2, 31, 30),
    "pasted back in the wrong order": (permuted("contact", SHUFFLED), "联系方式", 2, 31, 30),
    "upside down": (permuted("petitioner", BACKWARDS), "信访人", 2, 31, 30),
    "sorted, then three typed": (
        in_turn(sorted_alone("contact"), typed("contact", {3: "13911110000", 8: "13911110001"})),
        "联系方式",
        3,
        31,
        28,
    ),
    "six in a ring": (permuted("petitioner", [1, 2, 3, 4, 5, 0, *range(6, CASES)]), "信访人", 2, 7, 6),
}

# "Where ten cells or more that held something gave way to what stands in other
# rows" (docs/design.md#p2.21).
COPIED_OVER: Mapping[str, tuple[Edit, str, int, int, int]] = {
    "a kind filled down over twenty": (filled("kind", "建议", range(4, 24)), "类别", 6, 23, 12),
    "a kind for all": (filled("kind", "咨询"), "类别", 2, 30, 24),
    "a department filled down over every second": (filled("department", "教务处", range(3, 25)), "承办部门", 5, 25, 11),
    "one day received for all": (filled("received_on", date(2026, 3, 6)), "收到日期", 2, 31, 28),
    "a day of decision for most": (filled("decided_on", date(2026, 3, 6), range(6, CASES)), "决定日期", 9, 31, 11),
    "a channel over twenty-four, under a filter": (
        filled("channel", "网络", [n for n in range(CASES) if n % 5]),
        "来源形式",
        3,
        31,
        24,
    ),
    "a new kind of attachment over most": (filled("attachments", "见邮件", range(14)), "附件", 2, 15, 14),
    "a kind and a day": (
        in_turn(filled("kind", "建议", range(4, 24)), filled("received_on", date(2026, 3, 6), range(4, 24))),
        "类别、收到日期",
        6,
        25,
        20,
    ),
    "a summary filled down over ten": (filled("summary", case(3)["summary"], range(3, 14)), "反映问题", 6, 15, 10),
    "a contact filled up over all": (filled("contact", case(29)["contact"]), "联系方式", 2, 30, 29),
    "a new name typed over ten": (filled("petitioner", "张三", range(10)), "信访人", 2, 11, 10),
    "one result over those of ten": (filled("result", "已答复", range(20)), "办理结果", 3, 21, 10),
    "ten rows copied over ten others": (
        copied(range(10), range(12, 22), "petitioner", "contact", "summary"),
        "信访人、联系方式、反映问题",
        14,
        23,
        10,
    ),
}

DRAGGED: Mapping[str, tuple[Edit, str, int, int, int]] = {
    "telephones": (typed("contact", {n: f"555-{101 + n:04}" for n in range(3, 14)}), "联系方式", 5, 15, 11),
    "telephones, downwards": (typed("contact", {n: f"{13900000099 - n}" for n in range(10)}), "联系方式", 2, 11, 10),
    "rooms": (typed("summary", {n: f"第{n}教室" for n in range(5, 20)}), "反映问题", 7, 21, 15),
    "every second one": (typed("petitioner", {n: f"家长 {2 * n}" for n in range(12)}), "信访人", 2, 13, 12),
    "days": (typed("received_on", {n: date(2026, 2, 20) + timedelta(n) for n in range(13)}), "收到日期", 2, 14, 13),
    "days as text": (typed("received_on", {n: f"2月{n + 3}日" for n in range(12)}), "收到日期", 2, 13, 12),
    "months": (typed("decided_on", {n: date(2025 + n // 12, n % 12 + 1, 5) for n in range(24)}), "决定日期", 3, 25, 12),
}

# "All cells stand under another number than before" (docs/design.md#p2.20): positions, and the numbers typed there.
RENUMBERED: Mapping[str, tuple[Mapping[int, int], int, int, str]] = {
    "two exchanged": ({3: 8, 8: 3}, 5, 10, "LV-00004、LV-00009"),
    "filled down by one, to the pad": (
        {at: at + 1 for at in range(26, CASES)},
        28,
        31,
        "LV-00027、LV-00028、LV-00029、LV-00030",
    ),
    "two torn off to the pad": ({28: 31, 29: 32}, 30, 31, "LV-00029、LV-00030"),
}

# What an office does to many cells on purpose goes through.
HONEST: Mapping[str, Edit] = {
    "nothing": lambda lines: lines,
    "whole rows sorted by petitioner": sorted_whole("petitioner"),
    "whole rows sorted by department": sorted_whole("department"),
    "two petitioners swapped": swapped("petitioner", (3, 8)),
    "one case moved to a line of the pad": typed("case_no", {29: "LV-00032"}),
    "two pairs swapped": swapped("summary", (3, 8), (5, 20)),
    "a department renamed everywhere": replaced("department", {"教务处": "总务处"}),
    "two departments exchange all their cases": replaced("department", {"教务处": "总务处", "总务处": "教务处"}),
    "a word replaced in all summaries": replaced("summary", {"作业": "功课"}),
    "twenty cases change places between two departments": swapped(
        "department", *((at, at + 1) for at in range(0, 20, 2))
    ),
    "an empty column filled in": filled("handler", "王芳"),
    "the blank cells of a column filled in": filled("outcome", "支持", blank=True),
    "a decision for all": filled("decision", "受理"),
    "ten closed with one outcome and day": in_turn(
        filled("outcome", "支持", range(10)), filled("replied_on", date(2026, 3, 17), range(10))
    ),
    "another department for five": filled("department", "教务处", (1, 3, 5, 7, 9)),
    "a summary filled down over nine": filled("summary", case(3)["summary"], range(3, 13)),
    "a result for the rows that have none": filled("result", "已答复", blank=True),
    "a handler and a department for all": in_turn(filled("handler", "王芳"), filled("department", "总务处")),
    "two channels merged into a fourth": replaced("channel", {"来信": "网络", "来电": "网络"}),
    "a kind for most that were of one kind": filled(
        "kind", "建议", [n for n in range(CASES) if KINDS[n] == "申诉求决"][:11]
    ),
    "one day for ten that had none": filled("replied_on", date(2026, 3, 17), range(1, 21, 2)),
    "a day that ten had wrongly": in_turn(
        filled("decided_on", None), filled("replied_on", date(2026, 3, 17), range(20))
    ),
    "ten cases closed on one day": in_turn(
        filled("outcome", "支持", range(0, 20, 2)),
        filled("replied_on", date(2026, 3, 17), range(20)),
        filled("notified_on", date(2026, 3, 17), range(20)),
    ),
    "all ticked": filled("important", True),
    "telephones for ten rows counted on in blank cells": typed("leader_told", {n: f"电话{n}" for n in range(12)}),
    "nine telephones counted on": typed("contact", {n: f"555-01{n:02}" for n in range(9)}),
    "twelve telephones put right": typed("contact", {n: f"555-{n * 37 % 100:04}" for n in range(12)}),
    "three cells typed three rows too low": in_turn(
        filled("satisfaction", None, (10, 11, 12)), filled("satisfaction", "满意", (7, 8, 9))
    ),
    "two cells that belonged to others": in_turn(filled("identity", None, (6, 9)), filled("identity", "家长", (2, 3))),
    "two cells that belonged to three others": in_turn(
        filled("identity", None, (6, 9)), filled("identity", "家长", (0, 1, 2))
    ),
    "one word for what three words said before": filled("attachments", "附件"),
    "all names removed": in_turn(filled("petitioner", "匿名"), filled("contact", "无"), filled("about", None)),
    "a result that ten have in another form": replaced("result", {f"第{n}件已答复": "已答复" for n in range(1, 18, 2)}),
    "five contacts put right": typed("contact", {i: f"1390000000{i}" for i in range(5)}),
    "five cells in a ring": permuted("petitioner", [1, 2, 3, 4, 0, *range(5, CASES)]),
    "three unrestricted, three others restricted": in_turn(
        filled("restricted", None, (4, 11, 23)), filled("restricted", "是", (3, 14, 26))
    ),
    "three rows pasted that are like others": added(*({**case(n), "case_no": f"LV-{n + 31:05}"} for n in range(3))),
}


@pytest.mark.file_only
@pytest.mark.parametrize("name", TORN)
def test_a_torn_column_stops_the_run(seen: Snapshot, name: str) -> None:
    edit, columns, first, last, count = TORN[name]
    assert stopped_by(seen, edit) == said(columns, first, last, count)


@pytest.mark.file_only
@pytest.mark.parametrize("name", RENUMBERED)
def test_cases_under_other_numbers_stop_the_run(seen: Snapshot, name: str) -> None:
    places, first, last, value = RENUMBERED[name]
    edit = typed("case_no", {at: f"LV-{other + 1:05}" for at, other in places.items()})
    says = f"第{first}行至第{last}行之间，有{len(places)}件换成了别的编号，像是把编号列向下填充过：{value}。"
    assert stopped_by(seen, edit) == [("torn_numbers", says)]


@pytest.mark.file_only
def test_a_stop_is_accepted_in_settings_by_its_own_code_only(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [case(n) for n in range(CASES)], [FANG, ADMIN], stop_accepted="")
    at(path, "2026-03-18T09:00")
    do(path, sorted_alone("contact"))
    stopped = at(path, "2026-03-18T09:10")
    code = stopped.problems[-1].said[-1].say("zh").partition("填写")[2][:6]
    do(path, sorted_alone("petitioner"))
    set_to(path, "stop_accepted", code)
    other = at(path, "2026-03-18T09:20")
    code = other.problems[-1].said[-1].say("zh").partition("填写")[2][:6]
    set_to(path, "stop_accepted", code.lower())
    went_on = at(path, "2026-03-18T09:30")
    assert [one.stopped for one in (stopped, other, went_on)] == [True, True, False]
    assert f"填写{code}" in "".join(text_of(mail) for mail in read(tmp_path / "out"))
    assert setting(path, "stop_accepted") == ""
    do(path, sorted_alone("summary"))
    assert at(path, "2026-03-18T09:40").stopped


def test_another_stop_of_the_day_is_told_by_one_more_mail(tmp_path: Path) -> None:
    """The same one is not, also if people go on typing; and of two stops a day at the most."""
    path = office(tmp_path)
    days = [
        ("18T09:20", sorted_alone("contact"), 1),
        ("18T09:30", typed("contact", {3: "13911110000"}), 1),
        ("18T09:40", sorted_alone("contact", down=True), 1),
        ("18T09:50", in_turn(sorted_alone("case_no", down=True, rows=slice(CASES)), filled("kind", "建议")), 2),
        ("18T10:00", filled("kind", "咨询"), 2),
        ("18T10:10", filled("channel", "网络"), 2),
        ("19T09:00", lambda lines: lines, 3),
    ]
    for moment, edit, count in days:
        do(path, edit)
        stopped = at(path, f"2026-03-{moment}")
        told = [
            text_of(mail)
            for mail in read(tmp_path / "out")
            if str(mail["To"].addresses[0].addr_spec) == "min@s.example"
        ]
        told = [text for text in told if "停止运行" in text]
        assert (stopped.stopped, len(told)) == (True, count), moment


@pytest.mark.file_only
def test_numbers_pasted_over_used_ones_are_undone_by_name(tmp_path: Path) -> None:
    """The row says which number was its own; a cleared cell gets it back, though the row was corrected meanwhile."""
    path = office(tmp_path)
    do(path, in_turn(typed("case_no", {0: "1", 1: "2", 2: None}), typed("result", {1: "已当面答复"})))
    result = at(path, "2026-03-18T09:20")
    assert "missing_number" not in {one.code for one in result.problems}
    says = [str(one).partition("。")[0] for (one,) in column(path, "register", "problems")[:2]]
    assert says == [f"“{n}”不是本台账编发的编号：本行原为LV-0000{n}" for n in (1, 2)]
    do(path, typed("case_no", {0: None, 1: None}))
    at(path, "2026-03-18T09:30")
    assert column(path, "register", "case_no")[:4] == [(f"LV-{n:05}",) for n in range(1, 5)]
    whys = [why for (why,) in column(path, "history", "why") if "恢复原编号" in str(why)]
    assert len(whys) == 3


@pytest.mark.file_only
@pytest.mark.parametrize("name", COPIED_OVER)
def test_what_was_copied_over_many_different_cells_stops_the_run(seen: Snapshot, name: str) -> None:
    edit, *expected = COPIED_OVER[name]
    assert stopped_by(seen, edit) == said(*expected, code="copied_over")


@pytest.mark.file_only
@pytest.mark.parametrize("name", DRAGGED)
def test_a_series_dragged_over_many_cells_stops_the_run(seen: Snapshot, name: str) -> None:
    edit, *expected = DRAGGED[name]
    assert stopped_by(seen, edit) == said(*expected, code="counted_on")


@pytest.mark.file_only
@pytest.mark.parametrize("name", HONEST)
def test_honest_work_goes_through(seen: Snapshot, name: str) -> None:
    assert stopped_by(seen, HONEST[name]) == []


HANDLERS = ("王芳", "李明", "赵敏", "周平")


@pytest.fixture(scope="module")
def handled(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The office's cases, each with one of four handlers, the first ten closed and known as such."""
    closed = {"decision": "作废", "reason": "重复登记"}
    cases = [{**case(n), "handler": HANDLERS[n * 3 % 7 % 4], **(closed if n < 10 else {})} for n in range(CASES)]
    people = [{**FANG, "name": name, "email": f"h{n}@s.example"} for n, name in enumerate(HANDLERS)]
    path = ledger_at(tmp_path_factory.mktemp("handled"), cases, [*people, ADMIN], blank_rows="3")
    at(path, "2026-03-18T09:00")
    at(path, "2026-03-18T09:10")
    return book_at(path, CLOCK).read()


def of(*handlers: str, rows: range = range(CASES)) -> Sequence[int]:
    return [n for n in rows if HANDLERS[n * 3 % 7 % 4] in handlers]


# To whom cases are given: what was done, and how many cells stop the run.
GIVEN: Mapping[str, tuple[Edit, int]] = {
    "all open cases of one who left": (filled("handler", "李明", of("王芳", rows=range(10, CASES))), 0),
    "all open cases of two who left": (filled("handler", "李明", of("王芳", "赵敏", rows=range(10, CASES))), 0),
    "all cases of two, to somebody new": (filled("handler", "新人", of("王芳", "赵敏")), 0),
    "twelve of three, chosen here and there": (filled("handler", "新人", range(6, CASES, 2)), 0),
    "a whole department's": (filled("department", "总务处"), 0),
    "a department's open ones, of two departments": (filled("department", "总务处", range(10, CASES)), 0),
    "filled down over the open ones": (filled("handler", "周平", range(9, CASES)), 18),
    "filled down over all": (filled("handler", "王芳"), 21),
    "filled down over fourteen": (filled("handler", "新人", range(12, 26)), 14),
}


@pytest.mark.file_only
@pytest.mark.parametrize("name", GIVEN)
def test_cases_are_given_to_others_but_not_filled_down(handled: Snapshot, name: str) -> None:
    edit, count = GIVEN[name]
    assert [(code, f"有{count}行" in says, "经办人" in says) for code, says in stopped_by(handled, edit)] == (
        [("copied_over", True, True)] if count else []
    )


# A case typed in since the last run stands among the others, and Index remembers nothing of it.
UNKNOWN: Mapping[str, tuple[Edit, str, str]] = {
    "petitioners sorted": (sorted_alone("petitioner"), "torn_columns", "信访人"),
    "contacts sorted downwards": (sorted_alone("contact", down=True), "torn_columns", "联系方式"),
    "kinds sorted": (sorted_alone("kind"), "torn_columns", "类别"),
    "days sorted": (sorted_alone("received_on"), "torn_columns", "收到日期"),
    "a cell inserted": (shifted("summary", 1, 2), "torn_columns", "反映问题"),
    "a kind filled down over all": (filled("kind", "建议"), "copied_over", "类别"),
    "telephones dragged over all": (
        typed("contact", {n: f"555-{101 + n:04}" for n in range(CASES + 10)}),
        "counted_on",
        "联系方式",
    ),
    "honest: nothing": (lambda lines: lines, "", ""),
    "honest: whole rows sorted": (sorted_whole("petitioner"), "", ""),
    "honest: a department renamed": (replaced("department", {"教务处": "总务处"}), "", ""),
    "honest: blank cells filled in": (filled("outcome", "支持", blank=True), "", ""),
    "honest: five put right": (typed("contact", {n: f"1390000000{n}" for n in range(5)}), "", ""),
}


@pytest.mark.file_only
@pytest.mark.parametrize("name", UNKNOWN)
def test_what_slips_among_cases_that_are_new_is_noticed_by_the_others(seen: Snapshot, name: str) -> None:
    edit, code, columns = UNKNOWN[name]
    new = [{**case(n * 3), "petitioner": f"{NAMES[n]}新", "contact": f"137{n * 7717 % 9973:08}"} for n in range(10)]
    pasted = added(
        *({**one, "case_no": f"LV-{CASES + n + 1:05}", "summary": f"第{n}件新来信"} for n, one in enumerate(new))
    )
    stops = [(one, says.endswith(f"：{columns}。")) for one, says in stopped_by(seen, in_turn(pasted, edit))]
    assert stops == ([(code, True)] if code else [])


MAIL = [
    "“ledger.xlsx”已停止运行：没有写入，也没有发出其他邮件。",
    f"{said('信访人', 2, 31, 30)[0][1]}本次未写入也未发信。请撤消，或恢复到之前的版本。"
    "确属有意的，请在“设置”表的“停止确认码”中填写K20EB1：下次运行即恢复。",
]


def test_nothing_is_written_and_one_mail_says_how_to_put_it_right(tmp_path: Path) -> None:
    path = office(tmp_path)
    earlier = mails(tmp_path / "out")
    do(path, sorted_alone("petitioner"))
    torn = cells(path)

    results = [at(path, moment) for moment in ("2026-03-18T09:20", "2026-03-18T09:30", "2026-03-18T15:00")]

    assert ([result.stopped for result in results], cells(path)) == ([True] * 3, torn)
    told = [mail for mail in read(tmp_path / "out") if "停止运行" in str(mail["Subject"])]
    assert {str(mail["To"].addresses[0].addr_spec) for mail in told} == {"min@s.example", "admin@s.example"}
    assert (len(told), len(mails(tmp_path / "out"))) == (2, len(earlier) + 2)
    assert [text_of(mail).split("\n\n")[2:4] for mail in told] == [MAIL] * 2


@pytest.mark.parametrize(
    "edit",
    [sorted_alone("contact"), in_turn(filled("kind", "建议"), DRAGGED["telephones"][0])],
    ids=["sorted", "filled"],
)
def test_undone_it_goes_on_as_if_nothing_had_happened(tmp_path: Path, edit: Edit) -> None:
    torn, other = (office(tmp_path / name) for name in ("torn", "other"))
    undo = do(torn, edit)
    assert at(torn, "2026-03-18T09:20").stopped
    do(torn, undo)
    for path in (torn, other):
        for moment in ("18T15:00", "19T09:00", "20T09:00", "23T09:00"):
            assert not at(path, f"2026-03-{moment}").stopped
    assert everything(torn) == everything(other)
    assert len(mails(other.parent / "out")) > 10


def cells(path: Path) -> object:
    """All cells of the cases and of what is known of them."""
    return [repr(column(path, key, *TAB[key].keys)) for key in ("register", "index")]


def everything(path: Path) -> object:
    """The cases, what is known of them, and what was said of them: all but the stop itself."""
    told = [one for one in column(path, "notices", "kind", "key", "to", "state") if one[0] != "stop"]
    return cells(path), told, [mail for mail in mails(path.parent / "out") if "停止运行" not in mail[1]]


@pytest.mark.parametrize("accepted", ["", "按家长要求重排"])
def test_what_was_meant_is_accepted_with_a_reason(tmp_path: Path, accepted: str) -> None:
    path = office(tmp_path)
    do(path, sorted_alone("petitioner"))
    stopped = accepting(path, "2026-03-18T09:20", accepted).stopped
    assert (stopped, at(path, "2026-03-18T09:30").stopped) == ((not accepted,) * 2)
    assert [why for (why,) in column(path, "runs", "message") if why] == ([accepted] if accepted else [])


# "Where a row has none yet, as after an upgrade, only name and summary are compared" (docs/design.md#p2.20).


def test_a_ledger_of_an_earlier_version_gets_its_prints_without_a_word(tmp_path: Path) -> None:
    path, now = office(tmp_path), office(tmp_path / "now")
    forget_prints(path)
    do(path, permuted("kind", BACKWARDS))
    do(now, permuted("kind", BACKWARDS))
    earlier = mails(tmp_path / "out")
    assert not at(path, "2026-03-18T09:20").stopped
    assert mails(tmp_path / "out") == earlier
    accepting(now, "2026-03-18T09:20", "so be it")
    assert column(path, "index", "fingerprint") == column(now, "index", "fingerprint")


def test_a_column_torn_just_before_an_upgrade_is_noticed_by_its_names(tmp_path: Path) -> None:
    path = office(tmp_path)
    forget_prints(path)
    do(path, sorted_alone("petitioner"))
    assert stops(at(path, "2026-03-18T09:20")) == said("信访人", 2, 31, 30)


def forget_prints(path: Path) -> None:
    """Leave of each fingerprint what an earlier version wrote."""
    at = shown_in(path, "索引")[0].index("指纹") + 1
    prints = [str(fingerprint) for (fingerprint,) in column(path, "index", "fingerprint")]
    type_cells(path, "索引", {(row, at): ".".join(one.split(".")[:3]) for row, one in enumerate(prints, start=2)})


@pytest.mark.file_only
def test_a_case_that_is_gone_or_filed_leaves_no_prints(tmp_path: Path) -> None:
    path = office(tmp_path)
    do(path, in_turn(typed("decision", {0: "作废"}), typed("reason", {0: "重复"}), typed("case_no", {1: "A-1"})))
    at(path, "2026-03-18T09:20")
    gone = [str(one).count(".") for (one,) in column(path, "index", "fingerprint")[:3]]
    at(path, "2026-05-04T09:00")
    filed = [str(one).count(".") for (one,) in column(path, "index", "fingerprint")[:3]]
    assert (gone, filed) == ([3, 2, 3], [2, 2, 3])
