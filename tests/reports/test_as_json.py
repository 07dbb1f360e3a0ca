"""A whole report as JSON."""

from __future__ import annotations

import json

from automation.reports.as_json import as_json
from sheet_schema import Language
from tests.support.ledger_in_memory import preset_rows
from tests.support.small_reports import DONE, LATE, case, report, secret

ALERT = {
    "case_no": "LV-00002",
    "kind": "alert",
    "slot": "leader",
    "state": "已发送",
    "claimed_at": "2026-03-02 09:00",
    "done_at": "2026-03-02 09:05",
}
REGISTER = [
    case(1, **DONE, channel="领导交办", fed_back_on="2026-03-09"),
    case(2, **LATE, people=6, leapfrog="✓", repeat_of="LV-00001"),
    *secret(3, 1),
]
TOPIC, DEPARTMENT = (preset_rows(tab, "zh")[0]["name"] for tab in ("topics", "departments"))


def listed(number: str, **cells: object) -> dict[str, object]:
    return {
        "number": number, "received_on": "2026-03-02", "topic": TOPIC, "department": DEPARTMENT, "step": "", "due_on": None,
        "days_late": 0, "age": 8, **cells,
    }  # fmt: skip


SECOND = listed("LV-00002", step="reply", due_on="2026-03-12", days_late=6, age=16)
NONE = {"value": None, "percent": None, "numerator": 0, "denominator": 0}


def share(
    key: str, name: str, target: float | None, parts: tuple[int, int, int | None], numbers: list[str],
    *, restricted: int = 0, missed: bool = False
) -> dict[str, object]:  # fmt: skip
    numerator, denominator, shown = parts
    return {
        "key": key, "name": name, "measure": "share", "target": target, "missed": missed,
        "value": numerator / denominator if denominator else None, "percent": shown, "numerator": numerator, "denominator": denominator,
        "numbers": numbers, "restricted": restricted, "before": NONE,
    }  # fmt: skip


def count(
    key: str, name: str, target: float | None, value: int, numbers: list[str], restricted: int = 0
) -> dict[str, object]:
    return {
        "key": key, "name": name, "measure": "count", "target": target, "missed": target is not None and value > target,
        "value": value, "numerator": value, "denominator": None, "numbers": numbers, "restricted": restricted,
        "before": {"value": 0, "numerator": 0, "denominator": None},
    }  # fmt: skip


def line(key: str, label: str, *numbers: str) -> dict[str, object]:
    return {"key": key, "label": label, "count": len(numbers), "numbers": list(numbers)}


BOTH = ("LV-00001", "LV-00002")
EXPECTED = {
    "school": "",
    "language": "zh",
    "now": "2026-03-18T09:00",
    "period": {"from": "2026-03-01", "to": "2026-03-31"},
    "before": {"from": "2026-02-01", "to": "2026-02-28"},
    "received": 3,
    "replied": 1,
    "figures": [
        count("received", "收到件数", None, 3, list(BOTH), restricted=1),
        share("notified_in_time", "及时受理告知率", 1.0, (2, 3, 67), [], restricted=1, missed=True),
        share("replied_in_time", "按期办结率", 1.0, (1, 3, 33), ["LV-00002"], restricted=1, missed=True),
        share("within_legal_limit", "法定时限内办结率", 1.0, (0, 0, None), []),
        share("first_time_settled", "初信初访办结率", 1.0, (1, 2, 50), [], restricted=1, missed=True),
        share("reported_back_in_time", "上级件按期反馈率", 1.0, (1, 1, 100), []),
        share("satisfied", "满意率", None, (0, 0, None), []),
        share("rated", "参评率", None, (0, 1, 0), ["LV-00001"]),
        {
            "key": "days_taken",
            "name": "办理天数（平均；中位数）",
            "measure": "days",
            "target": None,
            "missed": False,
            "value": 8.0,
            "median": 8.0,
            "numerator": None,
            "denominator": 1,
            "numbers": ["LV-00001"],
            "restricted": 0,
            "before": {"value": None, "median": None, "numerator": None, "denominator": 0},
        },
        share("repeated", "重复信访率", None, (1, 3, 33), ["LV-00002"]),
        count("collective", "集体访", 0.0, 1, ["LV-00002"]),
        count("joint", "联名件", None, 0, []),
        count("repeat_collective", "重复集体访", 0.0, 1, ["LV-00002"]),
        count("leapfrog", "越级访", 0.0, 1, ["LV-00002"]),
    ],
    "months": [
        *(
            {"month": month, "received": 0, "replied": 0}
            for month in (
                "2025-04",
                "2025-05",
                "2025-06",
                "2025-07",
                "2025-08",
                "2025-09",
                "2025-10",
                "2025-11",
                "2025-12",
                "2026-01",
                "2026-02",
            )
        ),
        {"month": "2026-03", "received": 3, "replied": 1},
    ],
    "breakdowns": [
        {
            "by": "channel",
            "restricted": 1,
            "counts": [
                line("visit", "来访", "LV-00002"),
                line("leader", "领导交办", "LV-00001"),
            ],
        },
        {
            "by": "kind",
            "restricted": 1,
            "counts": [
                line("complaint", "申诉求决", *BOTH),
            ],
        },
        {"by": "topic", "restricted": 1, "counts": [line(str(TOPIC), str(TOPIC), *BOTH)]},
        {"by": "department", "restricted": 1, "counts": [line(str(DEPARTMENT), str(DEPARTMENT), *BOTH)]},
        {"by": "decision", "restricted": 1, "counts": [line("accept", "受理", *BOTH)]},
        {
            "by": "outcome",
            "restricted": 1,
            "counts": [line("supported", "支持", "LV-00001"), line("", "未填写", "LV-00002")],
        },
    ],
    "open": {"value": 2, "late": 2},
    "ages": {
        "lines": [
            {"least": 0, "most": 7, "count": 0, "late": 0},
            {"least": 8, "most": 15, "count": 0, "late": 0},
            {"least": 16, "most": 30, "count": 1, "late": 1},
            {"least": 31, "most": 60, "count": 0, "late": 0},
            {"least": 61, "most": None, "count": 0, "late": 0},
        ],
        "restricted": 1,
        "restricted_late": 1,
    },
    "late": {"cases": [SECOND], "restricted": 1},
    "collective": {"cases": [SECOND], "restricted": 0},
    "repeats": {"cases": [SECOND], "restricted": 0},
    "superiors": {
        "cases": [
            {
                "case": listed("LV-00001"),
                "channel": "leader",
                "reference": "",
                "wanted_by": "2026-03-14",
                "fed_back_on": "2026-03-09",
                "in_time": True,
            }
        ],
        "restricted": 0,
    },
    "leapfrog": {
        "cases": [
            {
                "case": SECOND,
                "earlier": [
                    {
                        "number": "LV-00001",
                        "department": DEPARTMENT,
                        "received_on": "2026-03-02",
                        "due_on": "2026-03-12",
                        "replied_on": "2026-03-10",
                        "days_late": 0,
                        "reminded": [],
                    }
                ],
            }
        ],
        "restricted": 0,
    },
    "told": {
        "cases": [
            {
                "case": SECOND,
                "people": 6,
                "important": False,
                "seen_at": "2026-03-02T09:00:00",
                "alerted": [["leader", "2026-03-02T09:05:00"]],
                "minutes": 5.0,
                "leader_told": False,
                "leader_note": False,
                "joint": False,
            }
        ],
        "restricted": 0,
        "minutes_median": 5.0,
    },
    "integrity": {"missing": [], "vanished": [], "invalid": [], "restricted": 0},
}


def test_a_report_as_json() -> None:
    found = as_json(report(REGISTER, notices=[ALERT]))
    assert json.loads(json.dumps(found)) == EXPECTED


def test_in_either_language_it_says_the_same() -> None:
    """Except for labels, and names from the ledger's tabs."""

    def told(language: Language) -> object:
        cases = [case(1, language, **LATE), case(2, language, people=6, important="✓")]
        found = as_json(report(cases, language=language))
        return json.loads(
            json.dumps(found), object_hook=lambda one: {key: value for key, value in one.items() if key not in ("name", "label", "topic", "department", "language", "key")}
        )  # fmt: skip

    assert told("en") == told("zh")
