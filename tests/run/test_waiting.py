"""A case that waits through whole runs on a workbook: what stands in its row, in History and in the figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.support.ledger_in_memory import line
from tests.support.small_office import HANDLED, at, column, ledger_at, typed

ON_BOTH = True


def test_a_second_wait_leaves_the_first_in_the_row_and_history_has_every_change(tmp_path: Path) -> None:
    """Received on 2 March, 20 days: the 22nd. Waited from the 4th to the 6th, and since the 10th: 2 + 2 days by the 12th."""
    path = ledger_at(tmp_path, [line(**HANDLED, notified_on="2026-03-03")])
    typed(path, "最多等待", 30, tab="时限")
    at(path, "2026-03-04T09:00")
    for label, cell in (("等待事项", "家长材料"), ("等待自", date(2026, 3, 4)), ("等待至", date(2026, 3, 6))):
        typed(path, label, cell)
    at(path, "2026-03-04T10:00")
    assert column(path, "register", "due_on", "light", "waited_before") == [
        (date(2026, 3, 24), "waiting", ""),
        (None, "", ""),
    ]
    for label, cell in (("等待事项", "鉴定"), ("等待自", date(2026, 3, 10)), ("等待至", None)):
        typed(path, label, cell)
    at(path, "2026-03-10T09:00")
    at(path, "2026-03-12T09:00")
    kept = "2026-03-04至2026-03-06：家长材料"
    assert column(path, "register", "due_on", "light", "waited_before")[0] == (date(2026, 3, 26), "waiting", kept)
    typed(path, "此前等待", "")
    at(path, "2026-03-12T10:00")
    assert column(path, "register", "due_on")[0] == (date(2026, 3, 24),)
    said = [one for one in column(path, "history", "column", "before", "after", "who") if "等待" in str(one[0])]
    assert said == [
        ("等待事项", "", "家长材料", "person"), ("等待自", "", "2026-03-04", "person"), ("等待至", "", "2026-03-06", "person"),
        ("此前等待", "", kept, ""),
        ("等待事项", "家长材料", "鉴定", "person"), ("等待自", "2026-03-04", "2026-03-10", "person"), ("等待至", "2026-03-06", "", "person"),
        ("此前等待", kept, "", "person"),
    ]  # fmt: skip
