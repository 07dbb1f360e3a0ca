"""A request in Settings becomes a notice to each administrator, and stays one until it is answered."""

from __future__ import annotations

from datetime import date

import pytest

from automation.cases.cases import cases_of
from automation.steps.admin_requests import answer, held_requests
from sheet_schema import SETTING, Language
from sheet_schema.vocabulary import NoticeKind
from tests.support.ledger_in_memory import NOW, Rows, ledger

CHEN = {"name": "陈工", "role": "管理员", "email": "chen@s.example"}
LIN = {"name": "林工", "role": "信访办;管理员", "email": "lin@s.example"}
FANG = {"name": "王芳", "role": "经办人", "email": "fang@s.example"}
TODAY, YESTERDAY = "2026-03-18", "2026-03-17"


def line(what: str, state: str, day: str = TODAY, level: str = "1", slot: str = "陈工") -> dict[str, object]:
    return {
        "key": f"{what}{day}{level}{slot}",
        "kind": "answer",
        "step": what,
        "due_on": day,
        "level": level,
        "slot": slot,
        "state": state,
    }


def settings(language: Language = "zh", **values: str) -> Rows:
    return [{"name": SETTING[key].label(language), "value": value} for key, value in values.items()]


@pytest.mark.parametrize(
    ("asked", "notices", "people", "wanted"),
    [
        ("", [], [CHEN], []),
        ("检查", [], [CHEN, LIN, FANG], [("check", TODAY, 1, "陈工"), ("check", TODAY, 1, "林工")]),
        ("检查", [], [FANG], []),
        # the second time that day; other requests and other days do not count
        ("检查", [line("检查", "已发送")], [CHEN], [("check", TODAY, 2, "陈工")]),
        ("检查", [line("检查", "已写入文件夹"), line("检查", "失败", level="2")], [CHEN], [("check", TODAY, 3, "陈工")]),
        ("检查", [line("备份", "已发送"), line("检查", "已发送", YESTERDAY), line("检查", "已发送", slot="林工")], [CHEN], [("check", TODAY, 1, "陈工")]),
        # owed: a dead run's claim, and what a server put off, stay as they were, whatever is in the cell
        ("", [line("检查", "待发送", YESTERDAY)], [CHEN], [("check", YESTERDAY, 1, "陈工")]),
        ("", [line("检查", "稍后重试", level="3")], [CHEN], [("check", TODAY, 3, "陈工")]),
        ("检查", [line("检查", "待发送", YESTERDAY)], [CHEN, LIN], [("check", YESTERDAY, 1, "陈工"), ("check", TODAY, 1, "林工")]),
        ("备份", [line("检查", "待发送")], [CHEN], [("check", TODAY, 1, "陈工"), ("backup", TODAY, 1, "陈工")]),
        # answered
        ("", [line("检查", state) for state in ("已发送", "已写入文件夹", "失败", "未能确认", "作废", "已被取代")], [CHEN], []),
        # no longer an administrator
        ("", [line("检查", "待发送")], [LIN], []),
    ],
    ids=["nothing", "each administrator", "nobody", "again", "thrice", "others", "claimed", "put off", "the same", "another", "done", "left"],
)  # fmt: skip
def test_who_is_answered_what(asked: str, notices: Rows, people: Rows, wanted: list[tuple[object, ...]]) -> None:
    answers = answer(ledger(settings=settings(please_do=asked), notices=notices, people=people), NOW)
    assert [(one.step, str(one.due_on), one.level, one.slot) for one in answers] == wanted
    assert {(one.kind, one.case_no, one.from_day) for one in answers} <= {("answer", "", NOW.date())}


def test_notices_of_one_reader_have_clocks_of_their_own() -> None:
    """Of each series only the highest level goes out, so no two requests may share one (docs/design.md#p4.13)."""
    owed = [line("检查", "待发送"), line("检查", "待发送", YESTERDAY), line("备份", "稍后重试")]
    answers = answer(ledger(settings=settings(please_do="统计"), notices=owed, people=[CHEN]), NOW)
    assert len({one.series for one in answers}) == len(answers) == 3
    assert {one.due_on for one in answers} == {date(2026, 3, 17), NOW.date()}


PAUSED = "暂不执行：“发送方式”为暂停，结果无法发出。改变“发送方式”后，下次运行时执行。"
NOBODY = "暂不执行：结果没有可发送的对象。请在“人员”表中指定一位有邮箱的管理员，下次运行时执行。"


@pytest.mark.parametrize(
    ("people", "more", "said"),
    [
        ([CHEN], {}, []),
        ([CHEN], {"sending": "正式发送"}, []),
        ([CHEN], {"sending": "暂停"}, [PAUSED]),
        ([FANG], {}, [NOBODY]),
        ([{**CHEN, "email": ""}, FANG], {}, [NOBODY]),
        ([CHEN], {"allowed_domains": "t.example"}, [NOBODY]),
        ([{**CHEN, "absent_from": "2026-03-01", "absent_until": "2026-04-01"}], {}, [NOBODY]),
        (
            [{**CHEN, "absent_from": "2026-03-01", "absent_until": "2026-04-01", "stand_in": "王芳"}, FANG],
            {},
            [],
        ),
    ],
)
def test_why_it_waits_stands_beside_it(people: Rows, more: dict[str, str], said: list[str]) -> None:
    asked = ledger(settings=settings(please_do="检查", **more), people=people)
    calm = ledger(settings=settings(please_do="", **more), people=people)
    assert [(p.tab, p.row, p.column, p.say("zh")) for p in held_requests(cases_of(asked, NOW))] == [
        ("settings", 2, "value", text) for text in said
    ]
    assert held_requests(cases_of(calm, NOW)) == []


def test_in_english() -> None:
    asked = ledger("en", settings=settings("en", please_do="handover", sending="paused"), people=[])
    (problem,) = held_requests(cases_of(asked, NOW))
    assert problem.say("en") == (
        "Waits: Sending is paused, and the answer could not be mailed. Choose another Sending; the next run then does it."
    )
    assert NoticeKind.ANSWER.label("en") == "answer"
