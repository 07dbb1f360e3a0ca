"""What explain says of departments that have a part in a case, and what it forecasts of their mails."""

from __future__ import annotations

import pytest

from automation.reports.case.explain import explain, explained
from automation.run.job import Result
from sheet_schema import Language
from tests.support.mails_of_a_run import DEPARTMENTS, Row, case, run_of

THREE = (*DEPARTMENTS, {"name": "North", "email": "north@s.example", "head": "Hal", "leader": "Lea"})


def joint(now: str, language: Language = "en", **cells: object) -> Result:
    one = case("LV-00001", **{"department": "East, West", "involved": "North until 2026-03-14", **cells})
    return run_of(now, [one], language, departments=THREE)


PARTS: dict[str, tuple[Language, Row, list[str]]] = {
    "missing": (
        "en",
        {},
        [
            "Part of West: due 2026-03-17, with the reply; 1 day late",
            "Part of North: due 2026-03-16, as Also involved says, moved on from 2026-03-14, a day off; 2 days late",
        ],
    ),
    "in": (
        "en",
        {"parts_answered": "North 2026-03-17; West waived: East does it"},
        [
            "Part of West: waived (East does it)",
            "Part of North: answered on 2026-03-17, 1 day late (was due 2026-03-16, as Also involved says, moved on from 2026-03-14, a day off)",
        ],
    ),
    "zh": (
        "zh",
        {"department": "East", "involved": "West、North 2026-03-17前"},
        [
            "West协办：2026-03-17到期（按“协办部门”所写）；已超期1天",
            "North协办：2026-03-17到期（按“协办部门”所写）；已超期1天",
        ],
    ),
}


@pytest.mark.parametrize(("language", "cells", "lines"), PARTS.values(), ids=PARTS)
def test_explain_says_whose_part_is_missing_and_why_it_is_due_then(
    language: Language, cells: Row, lines: list[str]
) -> None:
    told = explain(joint("2026-03-18T10:00", language, **cells), "LV-00001")
    assert [one for one in told if one.startswith("Part of") or "协办：" in one] == lines


def test_explain_as_json_has_the_parts() -> None:
    (west, north) = explained(joint("2026-03-18T10:00", parts_answered="West 2026-03-17"), "LV-00001")["parts"]  # type: ignore[misc, attr-defined]
    assert (west["department"], west["answered_on"], west["open"]) == ("West", "2026-03-17", False)
    assert (north["department"], north["due_on"], north["open"]) == ("North", "2026-03-16", True)


def test_of_a_restricted_case_nothing_is_said_of_parts() -> None:
    told = "\n".join(explain(joint("2026-03-18T10:00", restricted="yes"), "LV-00001"))
    assert "North" not in told
    assert "parts" not in explained(joint("2026-03-18T10:00", restricted="yes"), "LV-00001")


def test_what_comes_next_is_told_of_each_part() -> None:
    told = explain(joint("2026-03-06T10:00"), "LV-00001")
    ahead = [line.strip() for line in told[told.index("Next, if nobody types anything:") :] if "Part" in line]
    assert any("assigned, North" in line for line in ahead)
    assert any("reminder, North, Part 2026-03-16" in line and "3 days before" in line for line in ahead)
    assert any("overdue, North, Part 2026-03-16, level 1" in line for line in ahead)
