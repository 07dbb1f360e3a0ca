"""Which cases are filed when, under which archive number, for how long, and under which seal."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from automation.cases.cases import Cases, cases_of
from automation.steps.filing import (
    Filed,
    all_seals,
    closed_long_ago,
    due_for_filing,
    file_cases,
    kept_from_filing,
    last_seal,
)
from automation.steps.old_cases import old_cases_wait
from automation.steps.validation import derive
from sheet_schema import SETTING
from tests.support.ledger_in_memory import Rows, ledger, line

NOW = datetime(2026, 6, 1, 9)
TOPICS: Rows = (
    {"name": "甲", "retention": "10年"},
    {"name": "乙", "retention": "30年"},
    {"name": "丙", "retention": "永久"},
)
DECLINED = {
    "decision": "不予受理",
    "decided_on": "2026-03-03",
    "reason": "x",
    "notified_on": "2026-03-04",
    "topic": "甲",
}


def known_cases(
    *register: dict[str, object], now: datetime = NOW, settings: dict[str, str] | None = None, **tabs: Rows
) -> Cases:
    index = [{"case_no": row["case_no"], "first_seen": "2026-03-02", "issued_on": "2026-03-02"} for row in register]
    typed = [
        {"name": SETTING[key].label("zh"), "value": value}
        for key, value in {"blank_rows": "1", **(settings or {})}.items()
    ]
    given: dict[str, Rows] = {
        "register": register,
        "topics": TOPICS,
        "index": index,
        "settings": typed,
        **tabs,
    }
    return cases_of(derive(ledger(**given), now).ledger, now)


def filed(cases: Cases) -> Filed:
    return file_cases(cases, due_for_filing(cases, cases.now), {}, cases.now)


def column(found: Filed, key: str) -> list[object]:
    return [None if str(value) == "NaT" else value for value in found.ledger.filing[key][-len(found.rows) :].tolist()]


@pytest.mark.parametrize(
    ("cells", "day", "due"),
    [
        (DECLINED, date(2026, 4, 2), False),  # closed on 4 March, 29 days ago
        (DECLINED, date(2026, 4, 3), True),
        ({**DECLINED, "notified_on": ""}, date(2027, 1, 1), False),  # the petitioner has still to be notified
        ({"decision": "受理", "decided_on": "2026-03-03", "topic": "甲"}, date(2027, 1, 1), False),
        ({**DECLINED, "people": "四五个"}, date(2027, 1, 1), False),  # the row has a problem
        ({**DECLINED, "review_on": "2026-03-20"}, date(2027, 1, 1), False),
    ],
)
def test_when_a_case_is_filed(cells: dict[str, object], day: date, *, due: bool) -> None:
    now = datetime(day.year, day.month, day.day, 9)
    assert bool(due_for_filing(known_cases(line(**cells), now=now), now)) == due


@pytest.mark.parametrize(
    ("seen", "allowed", "due", "told"),
    [
        ("2026-03-10", "", True, False),  # closed on the 4th, typed in six days later: office work
        ("2026-03-11", "", False, True),  # a week later: an old case
        ("2026-05-01", "", False, True),
        ("2026-05-01", "2026-04-30", False, True),
        ("2026-05-01", "2026-05-01", True, False),
    ],
)
def test_a_case_closed_long_before_it_was_first_seen_waits_for_a_word(
    seen: str, allowed: str, due: bool, told: bool
) -> None:
    index = [{"case_no": "LV-00001", "first_seen": seen, "issued_on": "2026-03-02"}]
    cases = known_cases(line(**DECLINED), index=index, settings={"file_old_cases": allowed})
    asked = [one.say("zh") for one in old_cases_wait(cases, closed_long_ago(cases, NOW))]
    assert (bool(due_for_filing(cases, NOW)), bool(asked)) == (due, told)
    assert all("1件" in text for text in asked)


def test_old_cases_are_asked_about_though_somebody_deleted_the_setting() -> None:
    index = [{"case_no": "LV-00001", "first_seen": "2026-05-01", "issued_on": "2026-03-02"}]
    cases = known_cases(line(**DECLINED), index=index)
    (asked,) = old_cases_wait(cases, closed_long_ago(cases, NOW))
    assert (asked.tab, asked.row, "旧件归档截止登记日" in asked.say("zh")) == ("settings", None, True)


def test_nobody_is_asked_about_an_old_case_that_a_reader_of_the_question_must_not_know_of() -> None:
    index = [{"case_no": "LV-00001", "first_seen": "2026-05-01", "issued_on": "2026-03-02"}]
    people = [{"name": "陈工", "role": "管理员", "email": "chen@s.example"}]
    settings = {"file_old_cases": ""}
    asked = [
        bool(old_cases_wait(cases, closed_long_ago(cases, NOW)))
        for about in ("陈工", "无")
        for cases in [known_cases(line(**DECLINED, about=about), index=index, people=people, settings=settings)]
    ]
    assert asked == [False, True]


def test_a_mail_still_on_its_way_keeps_its_case() -> None:
    waiting = [
        {
            "key": "k",
            "case_no": "LV-00001",
            "kind": "assignment",
            "state": "retry",
            "claimed_at": NOW - timedelta(days=1),
        }
    ]
    assert due_for_filing(known_cases(line(**DECLINED), notices=waiting), NOW) == []


@pytest.mark.parametrize(
    ("cells", "retention", "appraise_on", "number"),
    [
        ({}, "years_10", date(2037, 1, 1), "0001-XF·2026-D10-SS-0001"),
        ({"topic": "乙"}, "years_30", date(2057, 1, 1), "0001-XF·2026-D30-SS-0001"),
        # Permanent only where a person wrote it beside the topic
        ({"topic": "丙"}, "permanent", None, "0001-XF·2026-Y-SS-0001"),
        # important, from superiors or with a leader's note: longer
        ({"important": "✓", "leader_told": "赵刚"}, "years_30", date(2057, 1, 1), "0001-XF·2026-D30-SS-0001"),
        ({"leader_note": "已阅"}, "years_30", date(2057, 1, 1), "0001-XF·2026-D30-SS-0001"),
        (
            {"channel": "领导交办", "fed_back_on": "2026-03-05"},
            "years_30",
            date(2057, 1, 1),
            "0001-XF·2026-D30-SS-0001",
        ),
        ({"kind": "检举控告", "about": "-"}, "years_10", date(2037, 1, 1), "0001-XF·2026-D10-JJ-0001"),
        # enquiries merely explained and void rows get no archive number (docs/design.md#p4.18)
        ({"kind": "咨询", "decision": "解释说明"}, "years_10", date(2037, 1, 1), ""),
        ({"decision": "作废"}, "years_10", date(2037, 1, 1), ""),
        ({"kind": "咨询"}, "years_10", date(2037, 1, 1), "0001-XF·2026-D10-ZX-0001"),
    ],
)
def test_how_it_is_filed(cells: dict[str, object], retention: str, appraise_on: object, number: str) -> None:
    found = filed(known_cases(line(**{**DECLINED, **cells})))
    assert [column(found, key) for key in ("retention", "appraise_on", "archive_no", "filed_on", "year", "seal_no")] == [
        [retention], [appraise_on], [number], [date(2026, 6, 1)], [2026.0], [1.0],
    ]  # fmt: skip


def test_settings_make_the_number() -> None:
    pattern = {"archive_pattern": "{year}/{class}/{retention}", "archive_everything": "是"}
    found = filed(known_cases(line(**{**DECLINED, "decision": "作废"}), settings=pattern))
    assert column(found, "archive_no") == ["2026/SS/D10-0001"]


def test_numbers_run_on_by_year_retention_and_class_and_are_never_given_twice() -> None:
    """Index keeps archive numbers, so they are not used again even once their row is gone."""
    cells = [DECLINED, DECLINED, {**DECLINED, "topic": "乙"}, {**DECLINED, "kind": "建议"}]
    register = [line(f"LV-{i:05d}", **one) for i, one in enumerate(cells, start=1)]
    index = [{"case_no": row["case_no"], "first_seen": "2026-03-02", "issued_on": "2026-03-02"} for row in register]
    index.append({"case_no": "LV-00009", "filed_on": "2026-05-01", "archive_no": "0001-XF·2026-D10-SS-0007"})
    runs = [{"run": "r", "last_seal": 41}]
    found = filed(known_cases(*register, index=index, runs=runs))
    assert (column(found, "archive_no"), column(found, "seal_no")) == (
        [
            "0001-XF·2026-D10-SS-0008",
            "0001-XF·2026-D10-SS-0009",
            "0001-XF·2026-D30-SS-0001",
            "0001-XF·2026-D10-JY-0001",
        ],
        [42.0, 43.0, 44.0, 45.0],
    )
    assert found.ledger.index["archive_no"].tolist()[:4] == column(found, "archive_no")
    assert last_seal(found.ledger) == 45


def test_what_is_held_stays_and_says_so() -> None:
    cases = known_cases(line("LV-00001", **DECLINED), line("LV-00002", **DECLINED))
    found = file_cases(cases, [0, 1], {0: "formula"}, NOW)
    assert (found.positions, [(one.row, one.case_no, one.code) for one in found.problems]) == (
        (1,),
        [(2, "LV-00001", "held_formula")],
    )


LI: Rows = ({"name": "李敏", "role": "信访办"},)
CHEN: Rows = ({"name": "陈工", "role": "管理员"},)
SUN: Rows = ({"name": "孙档", "role": "档案员"},)


@pytest.mark.parametrize(
    ("about", "people", "stays"),
    [
        pytest.param("李敏", LI, True, id="the-office-gets-the-list"),
        pytest.param("李敏", (*LI, *SUN), False, id="the-archivist-gets-it-instead"),
        pytest.param("孙档", (*LI, *SUN), True, id="the-archivist"),
        pytest.param("陈工", (*LI, *SUN, *CHEN), True, id="an-administrator-may-ask-for-it"),
        pytest.param("王芳", (*LI, {"name": "王芳", "role": "经办人"}), False, id="somebody-else"),
        pytest.param("-", LI, False, id="nobody"),
    ],
)
def test_a_case_is_not_filed_while_a_reader_of_the_list_must_not_know_of_it(
    about: str, people: Rows, stays: bool
) -> None:
    """Its seal would be missing on their list, or the list would not come; either tells of it."""
    cases = known_cases(line("LV-00001", **DECLINED, about=about), line("LV-00002", **DECLINED), people=people)
    kept = [0] if stays else []
    assert (due_for_filing(cases, NOW), [*kept_from_filing(cases, NOW)]) == ([1] if stays else [0, 1], kept)


def test_a_seal_says_the_same_in_either_language_and_order() -> None:
    one, other = (filed(known_cases(line("LV-00001", **DECLINED), line("LV-00002", **DECLINED))) for _ in range(2))
    assert all_seals(one.ledger.filing) == all_seals(other.ledger.filing)
    assert len(set(column(one, "seal"))) == 2
