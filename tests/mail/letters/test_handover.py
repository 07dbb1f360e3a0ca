"""The hand-over list: once a week, everything filed since the last one, with neutral titles and the seals."""

from __future__ import annotations

from pathlib import Path

import pytest

from automation.run.job import Job
from automation.steps.handover import hand_over
from tests.support.ledger_in_memory import LEADER_AND_OFFICE, line
from tests.support.small_office import at, column, ledger_at, mails, planned, read, text_of, typed

ON_BOTH = True

CLOSED = {"decision": "不予受理", "decided_on": "2026-03-03", "reason": "重复", "notified_on": "2026-03-04"}
ARCHIVIST = {"name": "何敏", "role": "档案员", "email": "he@s.example"}
HANDOVER: Job = Job("run", assigns=True, raises=(hand_over,), files=True)
REGISTER = [
    line("LV-00001", **CLOSED),
    line("LV-00002", **CLOSED, about="-") | {"kind": "检举控告", "petitioner": "MARKER", "summary": "MARKER"},
    line("LV-00003", **{**CLOSED, "notified_on": "2026-05-25"}),
]


def lists(path: Path, *days: str) -> list[tuple[str, int]]:
    """The number of hand-over mails on each day."""
    return [(day, len(at(path, f"{day}T09:00", job=HANDOVER).mails)) for day in days]


def test_once_a_week_everything_filed_since(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, REGISTER, [ARCHIVIST])
    # Filed on Monday 1 June, listed the day after; the third case is filed on Wednesday 24 June and listed that week.
    before = lists(path, "2026-06-01", "2026-06-02", "2026-06-03", "2026-06-08")
    typed(path, "反映问题", "另一件事")
    after = lists(path, "2026-06-24", "2026-06-25", "2026-06-29")
    assert [day for day, count in (*before, *after) if count] == ["2026-06-02", "2026-06-25"]
    assert mails(tmp_path / "out") == [
        ("he@s.example", "【试运行】归档移交清单（6月25日）：1件"),
        ("he@s.example", "【试运行】归档移交清单（6月2日）：2件"),
    ]
    seals = dict(column(path, "runs", "last_seal", "seals"))
    (digest,) = [digest for (digest,) in column(path, "runs", "history") if digest]
    second, first = sorted((text_of(mail) for mail in read(tmp_path / "out")), key=lambda text: "LV-00001" in text)
    wanted = (
        f"LV-00001  0001-XF·2026-D10-SS-0001  {line()['topic']}",
        "LV-00002  –  请向信访办当面了解",
        f"末次封存序号2；全部封存码摘要：{seals[2.0]}",
    )
    assert [part in first for part in (*wanted, "MARKER", "检举", "JJ")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert (f"“变更”总码：{digest}" in second, "总码：" in first) == (True, False)
    assert ("LV-00003" in second, "LV-00001" in second, str(seals[3.0]) in second) == (True, False, True)


@pytest.mark.parametrize(
    ("about", "filed"),
    [("-", 2), ("何敏", 1), ("李敏", 2)],
    ids=["about nobody", "about the archivist", "about the office, which does not get the list"],
)
def test_a_list_has_no_gap_for_a_case_that_its_reader_must_not_know_of(tmp_path: Path, about: str, filed: int) -> None:
    """That case is not filed: without a list in its week, or with a gap in the seals, the archivist could tell."""
    path = ledger_at(tmp_path, [line(**CLOSED, about=about), line("LV-00002", **CLOSED)], [ARCHIVIST])
    lists(path, "2026-06-01", "2026-06-02")
    assert mails(tmp_path / "out") == [("he@s.example", f"【试运行】归档移交清单（6月2日）：{filed}件")]


@pytest.mark.parametrize(
    ("role", "about", "readers"),
    [
        ("档案员", "-", ["吴档"]),
        ("档案员", "吴档", ["李敏"]),
        ("经办人", "-", ["吴档"]),
        ("经办人", "吴档", ["李敏"]),
        ("经办人", "何敏", ["李敏"]),
    ],
)
def test_who_stands_in_for_an_archivist_gets_one_list(role: str, about: str, readers: list[str]) -> None:
    """何敏 is away and 吴档 stands in, an archivist as well or not; of a case about either the office gets it."""
    away = {"absent_from": "2026-03-10", "absent_until": "2026-03-25", "stand_in": "吴档"}
    people = [ARCHIVIST | away, {"name": "吴档", "role": role, "email": "wu@s.example"}, *LEADER_AND_OFFICE]
    filed = {"seal_no": 1, "seal": "s", "filed_on": "2026-03-10", "archive_no": "A1", "closed_on": "2026-02-01"}
    index = [{"case_no": "LV-00001", "issued_on": "2026-01-01", "filed_on": "2026-03-10", "archive_no": "A1"}]
    runs = [{"run": "r", "at": "2026-03-17 09:00:00", "command": "run", "last_seal": 1}]
    result = planned("2026-03-18T09:00", filing=[line(about=about, **filed)], index=index, people=people, runs=runs)
    assert [mail.reader for mail in result.mails if mail.kind == "handover"] == readers
