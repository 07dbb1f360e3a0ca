"""People type, sort and insert in the form's tab and in the Register between any two requests of the run that takes rows over,
and the run dies at any request: no row is lost, and none comes twice."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.run.test_form_cases import ALLEGATION, COMPLAINT
from tests.support.children import ended, kill, started
from tests.support.form_tab import TAB, cases, fill, office, put, shown, taken
from tests.support.sample import every
from tests.support.small_office import column, typed
from tests.support.workbook_homes import address, insert_rows, server, type_in

pytestmark = pytest.mark.parametrize("home", ["google"], indirect=True)


def rows_inserted(path: Path) -> None:
    insert_rows(path, TAB, 2, 2)


def turned_round(path: Path) -> None:
    rows = shown(path)
    put(path, [rows[0], *rows[:0:-1]])


def typed_in_the_pad(path: Path) -> None:
    typed(path, "信访人", "有人正在登记")


def edited(path: Path) -> None:
    type_in(path, TAB, 2, 5, "改过的内容")


MEANWHILE = [(people, nth) for people in (rows_inserted, turned_round, typed_in_the_pad, edited) for nth in (3, 4, 5)]


@pytest.mark.parametrize(("people", "nth"), every(2, MEANWHILE), ids=lambda one: getattr(one, "__name__", str(one)))
def test_whatever_people_do_meanwhile(tmp_path: Path, people: Callable[[Path], None], nth: int) -> None:
    path = office(tmp_path)
    fill(path, [COMPLAINT, ALLEGATION], first=2)
    server().clear_calls()
    done: list[int] = []

    def meanwhile(_: int, call: Any) -> None:
        if len(server().calls) + 1 >= nth and not done:
            done.append(nth)
            people(path)

    server().between = meanwhile
    try:
        taken(path)
    finally:
        server().between = None
    assert done == [nth]
    for moment in ("2026-03-18T09:12", "2026-03-18T09:22", "2026-03-18T09:32"):
        taken(path, moment)
    found = sorted(str(row[0]) for row in cases(path, "summary"))
    assert [one for one in found if "改过" not in one] in (["总务处采购收回扣", "食堂饭菜凉"], ["总务处采购收回扣"])
    assert {"食堂饭菜凉", "改过的内容"} & {*found}
    assert len(found) == 2
    assert not any("回扣" in str(cell) for row in shown(path) for cell in row)
    if people is typed_in_the_pad:
        assert "有人正在登记" in [str(row[0]) for row in column(path, "register", "petitioner")]


def one_run(key: str) -> None:
    taken(Path(key))


@pytest.mark.parametrize(("hook", "nth"), [("between", 5), ("after", 5), ("between", 6)])
def test_killed_at_a_request(tmp_path: Path, hook: str, nth: int) -> None:
    path = office(tmp_path)
    fill(path, [COMPLAINT, ALLEGATION], first=2)
    server().clear_calls()
    child = started(one_run, address(path))

    def kill_at(_: int, call: Any) -> None:
        if len(server().calls) + (hook == "between") >= nth:
            kill(child)

    setattr(server(), hook, kill_at)
    try:
        assert ended(child) == -signal.SIGKILL
    finally:
        setattr(server(), hook, None)
    taken(path, "2026-03-18T09:12")
    taken(path, "2026-03-18T09:22")
    assert sorted(cases(path, "case_no", "summary")) == [("LV-00001", "食堂饭菜凉"), ("LV-00002", "总务处采购收回扣")]
    assert [row[7] for row in shown(path)[1:]] == ["LV-00001", "LV-00002"]
