"""A line of History that was changed, taken out or put in shows (docs/design.md#p4.32)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from automation.ledger.history_chain import digest_of_history
from automation.ledger.parsing import parse
from automation.ledger.workbook import Cell, Grid, Snapshot
from automation.steps.history_check import broken_lines_of_history, last_lines_of_history
from sheet_schema import HISTORY, RUNS, TAB
from tests.run.test_hands import REGISTER, run, typed
from tests.run.test_plan import book

Rows = list[list[Cell]]
TITLE = HISTORY.label("zh")


def _months() -> Snapshot:
    """A ledger in which four runs wrote to History: at 09:00, 09:10 (two lines), 09:20 and 09:30."""
    seen = run(book(REGISTER))
    for minutes in (10, 20, 30):
        changes: dict[str, Cell] = {"summary": f"作业{minutes}"} | ({"contact": "1"} if minutes == 10 else {})
        seen = run(typed(seen, "register", {0: changes}), minutes)
    return seen


LEDGER = _months()
WRITTEN = LEDGER.grids[TITLE].rows


def at(run_of: str, nth: int = 0) -> int:
    """The row, from 0, of a line that the run of this hour wrote."""
    return [i for i, row in enumerate(WRITTEN) if str(row[0]).endswith(f"{run_of}:00")][nth]


FIRST, TWO, THIRD, LAST = at("09:00"), at("09:10"), at("09:20"), at("09:30")


def _set(row: int, key: str, cell: Cell) -> Callable[[Rows], object]:
    return lambda rows: rows[row].__setitem__(HISTORY.keys.index(key), cell)


def _take_out(*gone: int) -> Callable[[Rows], object]:
    return lambda rows: [rows.pop(row) for row in sorted(gone, reverse=True)]


def _forged(rows: Rows) -> None:
    rows.append([*rows[LAST][: HISTORY.keys.index("chain")], ""])


def _torn(run_of: str) -> tuple[str, int | None, str]:
    return "history_torn", None, run_of


def _changed(row: int, run_of: str) -> tuple[str, int | None, str]:
    return "history_changed", row + 1, run_of


def _put_in(row: int, run_of: str) -> tuple[str, int | None, str]:
    return "history_put_in", row + 1, run_of


@pytest.mark.parametrize(
    ("spoil", "expected", "in_each_run"),
    [
        pytest.param(lambda _: None, [], False, id="as it was"),
        pytest.param(
            lambda rows: rows.sort(key=lambda row: (row != [*WRITTEN[0]], row[4])), [], False, id="sorted by a cell"
        ),
        pytest.param(lambda rows: rows.__setitem__(slice(1, None), rows[:0:-1]), [], False, id="turned round"),
        pytest.param(_set(TWO, "after", "别的"), [_changed(TWO, "09:10")], False, id="after"),
        pytest.param(
            _set(THIRD, "case_no", "LV-00002"), [_changed(THIRD, "09:20")], False, id="case, alone in its run"
        ),
        pytest.param(_set(LAST, "who", ""), [_changed(LAST, "09:30")], False, id="who, in the last line"),
        pytest.param(_set(FIRST, "why", ""), [_changed(FIRST, "09:00")], False, id="why, in the first line"),
        pytest.param(_take_out(TWO), [_torn("09:10")], False, id="one of two taken out"),
        pytest.param(_take_out(THIRD), [_torn("09:20")], False, id="a run's only line taken out"),
        pytest.param(_take_out(LAST), [_torn("09:30")], True, id="the last line taken out"),
        pytest.param(_take_out(TWO, TWO + 1, THIRD), [_torn("09:10"), _torn("09:20")], False, id="two runs taken out"),
        pytest.param(
            _set(TWO, "chain", ""),
            [_torn("09:10"), _put_in(TWO, "09:10")],
            False,
            id="its chain wiped",
        ),
        pytest.param(_forged, [_put_in(len(WRITTEN), "09:30")], False, id="put in"),
    ],
)
def test_what_was_done_to_history_is_named(
    spoil: Callable[[Rows], object], expected: list[tuple[str, int | None, str]], in_each_run: bool
) -> None:
    rows = [list(row) for row in WRITTEN]
    spoil(rows)
    ledger = parse(replace(LEDGER, grids={**LEDGER.grids, TITLE: Grid(TITLE, rows)}))
    found = [(one.code, one.row, dict(one.said[0].values)["value"][11:16]) for one in broken_lines_of_history(ledger)]
    assert found == expected
    assert bool(last_lines_of_history(ledger)) is in_each_run


def test_a_later_run_does_not_hide_what_was_done_and_runs_has_every_digest() -> None:
    rows = [row for i, row in enumerate(WRITTEN) if i != LAST]
    cut = replace(LEDGER, grids={**LEDGER.grids, TITLE: Grid(TITLE, rows)})
    later = run(typed(cut, "register", {0: {"summary": "又改了"}}), 40)
    ledger = parse(later)
    assert [one.code for one in broken_lines_of_history(ledger)] == ["history_torn"]
    assert last_lines_of_history(ledger) == []
    assert ledger.tables["runs"]["history"][-1] == digest_of_history(ledger) != ""


def test_whoever_takes_the_line_out_of_runs_too_is_seen_by_the_next_line() -> None:
    runs, title = RUNS.label("zh"), TAB["runs"].label("zh")
    kept = [row for row in LEDGER.grids[runs].rows if not str(row[0]).endswith("09:20:00")]
    rows = [row for i, row in enumerate(WRITTEN) if i != THIRD]
    cut = replace(LEDGER, grids={**LEDGER.grids, TITLE: Grid(TITLE, rows), title: Grid(title, kept)})
    assert [one.code for one in broken_lines_of_history(parse(cut))] == ["history_changed"]


def test_lines_of_earlier_versions_have_no_chain_and_are_left_alone() -> None:
    seen = run(book(REGISTER))
    bare = [[*row[: HISTORY.keys.index("chain")], ""] for row in seen.grids[TITLE].rows[1:]]
    old = replace(
        typed(seen, "runs", {0: {"history": ""}}),
        grids={
            **typed(seen, "runs", {0: {"history": ""}}).grids,
            TITLE: Grid(TITLE, [seen.grids[TITLE].rows[0], *bare]),
        },
    )
    ledger = parse(run(typed(old, "register", {0: {"summary": "改了"}}), 10))
    assert broken_lines_of_history(ledger) == []
    assert [bool(chain) for chain in ledger.tables["history"]["chain"]] == [False] * len(bare) + [True]
