"""Rows that an online form puts into a tab become cases, each once, whatever people do with the tab."""

from __future__ import annotations

from pathlib import Path

from tests.support.form_tab import HEADINGS, cases, fill, office, shown, taken

ON_BOTH = True
COMPLAINT = ("2026/3/17 下午 2:05:06", "王芳", "13800000001", "求决", "食堂饭菜凉", "")
ALLEGATION = ("2026/3/17 15:00:00", "李明", "13800000002", "举报", "总务处采购收回扣", "总务处")


def test_a_row_becomes_a_case_in_the_same_run(tmp_path: Path) -> None:
    path = office(tmp_path)
    fill(path, [COMPLAINT, ALLEGATION], first=2)

    done = taken(path)
    assert cases(path, "case_no", "petitioner", "kind", "channel", "received_on", "contact") == [
        ("LV-00001", "王芳", "complaint", "online", done.now.date().replace(day=17), "13800000001"),
        ("LV-00002", "李明", "allegation", "online", done.now.date().replace(day=17), "13800000002"),
    ]
    head, first, second = shown(path)
    assert head == [*HEADINGS, "台账编号", "台账答复", "台账标记"]
    assert first[:7] == [*COMPLAINT, "LV-00001"]
    assert second[:7] == ["", "", "", "", "", "", "LV-00002"]
    assert taken(path, "2026-03-18T09:10").found_nothing
