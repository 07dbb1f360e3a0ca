"""remind and escalate: which role is told on which day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from automation.cases.cases import cases_of
from automation.ledger.notices import Notice
from automation.steps.escalation import escalate
from automation.steps.reminders import remind
from sheet_schema import Language
from sheet_schema.preset_files import load
from sheet_schema.vocabulary import RANK
from tests.support.ledger_in_memory import ledger, line

RULE = {
    "enabled": "是", "step": "答复", "who": "经办人", "starts_from": "收到日期", "amount": 15, "unit": "日",
    "roll_forward": "是", "remind_before": "7,3,1",
}  # fmt: skip
# received Mon 2 March + 15 days: due Tue 17 March


def raised(
    day: str, tabs: dict[str, object], seen: str = "2026-03-02", reopened: str = "", **cells: object
) -> list[tuple[str, int, str, str]]:
    now = datetime.fromisoformat(f"{day}T09:00")
    index = [{"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": seen, "reopened_on": reopened}]
    read = ledger(register=[line(**cells)], index=index, **{"deadlines": [RULE], "escalation": [], **tabs})  # type: ignore[arg-type]
    cases = cases_of(read, now)
    return [(n.kind, n.level, n.slot, str(n.from_day)) for n in (*remind(cases, now), *escalate(cases, now))]


SEVEN, THREE, ONE = (
    ("reminder", -7, "handler", "2026-03-10"),
    ("reminder", -3, "handler", "2026-03-13"),  # the 14th is a Saturday: the working day before
    ("reminder", -1, "handler", "2026-03-16"),
)


@pytest.mark.parametrize(
    ("day", "tabs", "cells", "notices"),
    [
        ("2026-03-09", {}, {}, []),
        ("2026-03-10", {}, {}, [SEVEN]),
        ("2026-03-12", {}, {}, [SEVEN]),
        ("2026-03-13", {}, {}, [SEVEN, THREE]),
        ("2026-03-17", {}, {}, [SEVEN, THREE, ONE]),
        ("2026-03-18", {}, {}, []),  # late: a matter for the ladder
        ("2026-03-13", {}, {"replied_on": "2026-03-12"}, []),
        ("2026-03-13", {}, {"decision": "作废"}, []),
        ("2026-03-13", {}, {"status": "办结"}, []),  # closed: it waits for nothing
        # "one at or before the clock's start is dropped"
        (
            "2026-03-04",
            {"deadlines": [{**RULE, "amount": 3, "remind_before": "3,1"}]},
            {},
            [("reminder", -1, "handler", "2026-03-04")],
        ),
        ("2026-03-17", {"deadlines": [{**RULE, "remind_before": ""}]}, {}, []),
    ],
)
def test_reminders(
    day: str, tabs: dict[str, object], cells: dict[str, object], notices: list[tuple[str, int, str, str]]
) -> None:
    assert raised(day, tabs, **cells) == notices


LADDER = [
    {"step": "答复", "level": 1, "after": 1, "unit": "工作日", "to": "部门负责人"},
    {
        "step": "答复",
        "level": 2,
        "after": 3,
        "unit": "工作日",
        "to": "分管领导;校长",
        "ask_explanation": "是",
    },
]
FIRST = ("escalation", 1, "head", "2026-03-18")
# 18, 19, 20: the third working day after the 17th
SECOND = [("escalation", 2, slot, "2026-03-20") for slot in ("leader", "principal")]


@pytest.mark.parametrize(
    ("day", "cells", "notices"),
    [
        ("2026-03-17", {}, [SEVEN, THREE, ONE]),
        ("2026-03-18", {}, [FIRST]),
        ("2026-03-19", {}, [FIRST]),
        ("2026-03-20", {}, [FIRST, *SECOND]),
        ("2026-03-20", {"replied_on": "2026-03-19"}, []),
        ("2026-03-20", {"status": "办结"}, []),
    ],
)
def test_the_ladder(day: str, cells: dict[str, object], notices: list[tuple[str, int, str, str]]) -> None:
    assert raised(day, {"escalation": LADDER}, **cells) == notices


AT_ONCE = {**LADDER[0], "level": 0, "after": 0, "to": "信访办"}
HEAD_AND_OFFICE = [AT_ONCE, {**LADDER[0], "to": "部门负责人"}, {**LADDER[0], "after": 2, "to": "校长"}, LADDER[1]]


@pytest.mark.parametrize(
    ("seen", "reopened", "levels"),
    [
        # due Tue 17 March; first seen on Friday 10 April, weeks late: one level a working day
        ("2026-04-10", "", ["0 2026-04-10", "1 2026-04-13", "2 2026-04-14"]),
        # first seen one day late: the levels have their own days as soon as these are later
        ("2026-03-18", "", ["0 2026-03-18", "1 2026-03-19", "2 2026-03-20"]),
        ("2026-03-17", "", ["0 2026-03-17", "1 2026-03-18", "1 2026-03-19", "2 2026-03-20"]),  # not late then
        # opened again on Friday 10 April: from the next working day, since it may have been a slip
        ("2026-03-02", "2026-04-10", ["0 2026-04-13", "1 2026-04-14", "2 2026-04-15"]),
        ("2026-03-02", "2026-03-16", ["0 2026-03-17", "1 2026-03-18", "1 2026-03-19", "2 2026-03-20"]),  # in time
        # the day received was put right on Friday 10 April, and so late at once
        ("2026-03-02 2026-04-10", "", ["0 2026-04-10", "1 2026-04-13", "2 2026-04-14"]),
        ("2026-03-02 2026-03-16", "", ["0 2026-03-17", "1 2026-03-18", "1 2026-03-19", "2 2026-03-20"]),
    ],
)
def test_what_was_late_when_it_was_first_seen_climbs_one_level_a_working_day(
    seen: str, reopened: str, levels: list[str]
) -> None:
    found = [f"{one.level} {one.from_day}" for _, one in climbed({"escalation": HEAD_AND_OFFICE}, seen, reopened)]
    assert list(dict.fromkeys(found)) == levels


def climbed(
    tabs: dict[str, object], seen: str, reopened: str = "", *, idle: int = 0, language: Language = "zh", **cells: object
) -> list[tuple[date, Notice]]:
    """What one case is mailed about from the day on which it was `seen` (and the day on which its date moved), by a run
    on every day, in the order of the days. The first `idle` runs could send no mail."""
    first_seen, _, moved = seen.partition(" ")
    index = [{"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": first_seen, "due_moved_on": moved,
              "reopened_on": reopened}]  # fmt: skip
    day, told = date.fromisoformat(max(first_seen, moved, reopened)), dict[str, tuple[date, Notice]]()
    for run in range(40):
        notices = [
            {**TOLD, "step": one.step, "slot": one.slot, "level": str(one.level), "claimed_at": datetime(*on.timetuple()[:3], 9)}
            for on, one in told.values()
        ]  # fmt: skip
        given = {"deadlines": [RULE], **tabs, "index": index, "notices": notices, "register": [line(**cells)]}
        now = datetime(*day.timetuple()[:3], 9)
        for one in escalate(cases_of(ledger(language, **given), now), now) if run >= idle else ():  # type: ignore[arg-type]
            told.setdefault(one.key, (day, one))
        day += timedelta(days=1)
    return [*told.values()]


PRESETS: dict[str, Language] = {"cn-school": "zh", "uk-school": "en"}


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("decided", [False, True])
@pytest.mark.parametrize(
    ("seen", "reopened", "idle"),
    [
        ("2026-03-18", "", 0),
        ("2026-03-18", "", 2),
        ("2025-12-01 2026-03-18", "", 0),
        ("2025-12-01", "2026-03-18", 0),
    ],
)
def test_all_steps_of_a_case_that_was_late_when_seen_climb_together(
    preset: str, decided: bool, idle: int, seen: str, reopened: str
) -> None:
    """A letter of January: whoever stands higher is told on a later day than all who stand lower, and each is told."""
    language = PRESETS[preset]
    cells = {"channel": "letter", "kind": "complaint", "topic": "", "received_on": "2026-01-08"}
    if decided:
        cells |= {"decision": "accept", "decided_on": "2026-01-09", "department": "East"}
    tabs: dict[str, object] = {key: load(preset).rows(key, language) for key in ("deadlines", "escalation")}
    told = climbed(tabs, seen, reopened, idle=idle, language=language, **cells)
    highest: dict[tuple[str, int], tuple[date, int]] = {}
    for day, one in told:
        level, rank = (one.step, one.level), RANK.get(one.slot, 0)
        highest[level] = (day, max(rank, highest.get(level, (day, 0))[1]))
    first = {rank: min(day for day, other in highest.values() if other == rank) for _, rank in highest.values()}
    assert [first[rank] for rank in sorted(first)] == sorted({*first.values()})
    late = {"notify", "reply", *(() if decided else ("decide",)), *(("legal_limit",) if preset == "cn-school" else ())}
    ladder = ledger(language, **tabs).policy.ladder  # type: ignore[arg-type]
    assert set(highest) == {(rung.step, rung.level) for rung in ladder if rung.step in late}


TOLD = {
    "key": "x",
    "case_no": "LV-00001",
    "kind": "escalation",
    "step": "reply",
    "slot": "head",
    "level": "1",
    "state": "sent",
}


@pytest.mark.parametrize(
    ("notice", "levels"),
    [
        ({"claimed_at": datetime(2026, 4, 9, 9)}, ["0 2026-03-17", "1 2026-03-18", "1 2026-03-19", "2 2026-04-13"]),
        ({"claimed_at": datetime(2026, 4, 10, 9)}, ["0 2026-03-17", "1 2026-03-18", "1 2026-03-19", "2 2026-04-13"]),
        # of the day on which it was due in the end, or before: that was another deadline
        ({"claimed_at": datetime(2026, 3, 17, 9)}, ["0 2026-04-13"]),
        ({"claimed_at": datetime(2026, 4, 9, 9), "state": "void"}, ["0 2026-04-13"]),
        ({"claimed_at": datetime(2026, 4, 9, 9), "step": "decide"}, ["0 2026-04-13"]),
        ({"claimed_at": datetime(2026, 4, 9, 9), "kind": "reminder"}, ["0 2026-04-13"]),
        ({"claimed_at": datetime(2026, 4, 9, 9), "case_no": "LV-00002"}, ["0 2026-04-13"]),
    ],
)
def test_what_was_opened_again_goes_on_above_the_levels_that_were_told(
    notice: dict[str, object], levels: list[str]
) -> None:
    tabs = {"escalation": HEAD_AND_OFFICE, "notices": [{**TOLD, **notice}]}
    found = raised("2026-04-13", tabs, "2026-03-02", "2026-04-10")
    assert list(dict.fromkeys(f"{level} {from_day}" for _, level, _, from_day in found)) == levels
