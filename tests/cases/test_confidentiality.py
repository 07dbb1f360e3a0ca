"""Who must not learn of a case, and which cases are restricted (docs/design.md#p5.1)."""

from __future__ import annotations

import pytest

from automation.cases.confidentiality import judge, may_quote
from automation.cases.mailboxes import Recipient
from tests.support.ledger_in_memory import NOW, ledger, line

# 王芳 and 王强 are both called 王老师; 教务处 is a department that also goes by 教导处.
FANG, QIANG, BOTH = {"王芳"}, {"王强"}, {"王芳", "王强"}
ALLEGATION = {"kind": "检举控告"}


def judged(**cells: object) -> tuple[set[str], list[str]]:
    """Everyone in conflict, and the names that could be several people."""
    confidence = judge(ledger(register=[line(**cells)]), NOW)
    return (
        {party.name for party in confidence.in_conflict.get(0, ())},
        [name for name, _ in confidence.unsure.get(0, ())],
    )


@pytest.mark.parametrize(
    ("cells", "meant", "unsure"),
    [
        # "A person named in `about` is always in conflict"
        ({"about": "王芳"}, FANG, []),
        ({"about": "王芳；李敏"}, {"王芳", "李敏"}, []),
        ({"about": "-"}, set(), []),
        ({"about": ""}, set(), []),
        # "Names match name and also_called after normalising width, spaces and case"
        ({"about": " 王　芳 "}, FANG, []),
        ({"about": "王芳老师"}, FANG, []),
        # "where a name could be several people, all of them are treated as meant"
        ({"about": "王老师"}, BOTH, ["王老师"]),
        ({"about": "王老师；李敏"}, BOTH | {"李敏"}, ["王老师"]),
        # "a named department only for an Allegation or a restricted case"
        ({"about": "教务处"}, set(), []),
        ({"about": "教务处", **ALLEGATION}, {"教务处"}, []),
        ({"about": "教导处", **ALLEGATION}, {"教务处"}, []),
        ({"about": "教务处", "restricted": "是"}, {"教务处"}, []),
        ({"about": "教务处", "restricted": "否", **ALLEGATION}, {"教务处"}, []),
        # "Until `about` is filled, names found in `summary` count"
        ({"summary": "反映王芳老师打骂学生"}, FANG, []),
        ({"summary": "反映王芳老师打骂学生", "about": "-"}, set(), []),
        ({"summary": "反映王芳老师打骂学生", "about": "李敏"}, {"李敏"}, []),
        ({"summary": "反映教务处乱收费"}, set(), []),
        ({"summary": "反映教务处乱收费", **ALLEGATION}, {"教务处"}, []),
    ],
)
def test_who_is_in_conflict(cells: dict[str, object], meant: set[str], unsure: list[str]) -> None:
    assert judged(**cells) == (meant, unsure)


RULES = [
    {"order": 1, "enabled": "启用", "keywords": "体罚", "department": "德育处", "restricted": "是"},
    {"order": 2, "enabled": "试用", "keywords": "贪污", "department": "德育处", "restricted": "是"},
    {"order": 3, "enabled": "启用", "department": "学校办公室"},
]


@pytest.mark.parametrize(
    ("cells", "restricted"),
    [
        ({}, False),
        (ALLEGATION, True),  # blank: every allegation is restricted (docs/design.md#p5.6)
        ({"restricted": "否", **ALLEGATION}, True),  # confidential by rule: No needs a reason
        ({"restricted": "否", **ALLEGATION, "reason": "本人已公开"}, False),
        ({"restricted": "否", **ALLEGATION, "reason": "本人已公开", "decision": "受理"}, False),
        ({"restricted": "否", **ALLEGATION, "reason": "证据不足", "decision": "不予受理"}, True),  # the decision's own
        ({"restricted": "否", **ALLEGATION, "reason": "证据不足", "decision": "不受理？"}, True),
        ({"restricted": "是"}, True),
        ({"restricted": False}, False),  # a box that nobody ticked is blank
        ({"restricted": False, **ALLEGATION}, True),
        ({"summary": "有老师体罚学生"}, True),
        ({"summary": "有老师体罚学生", "restricted": "否"}, False),
        ({"summary": "有人贪污"}, False),  # a rule set to Try decides nothing
    ],
)
def test_which_cases_are_restricted(cells: dict[str, object], *, restricted: bool) -> None:
    confidence = judge(ledger(register=[line(**cells)], routing=RULES), NOW)
    assert (bool(confidence.restricted[0]), may_quote(confidence, 0)) == (restricted, not restricted)


def test_bars_tells_people_from_departments() -> None:
    """A person who happens to have a department's name is somebody else."""
    confidence = judge(ledger(register=[line(about="教务处；王芳", restricted="是")]), NOW)
    names = [("教务处", True), ("教务处", False), ("王芳", False), ("王芳", True), ("王强", False)]
    assert [confidence.bars(0, Recipient(name, "", department)) for name, department in names] == [
        True, False, True, False, False,
    ]  # fmt: skip
