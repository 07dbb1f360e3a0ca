"""昨天 counts only where it is known on which day it was typed, and keeps its day from then on (docs/design.md#p2.13)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from automation.ledger.parsing import parse
from automation.steps.validation import derive, prepare
from sheet_schema import REGISTER
from tests.steps.test_intake import EMPTY_BEFORE, SEEN, TODAY, VALIDATED, YESTERDAY
from tests.support.ledger_in_memory import NOW, ledger, line
from tests.support.small_office import CLOCK, HANDLED, at, column, ledger_at, typed
from tests.support.workbook_homes import book_at

Row = dict[str, object]


@pytest.mark.parametrize(
    ("typed_day", "index", "runs", "read"),
    [
        pytest.param("昨天", EMPTY_BEFORE, TODAY, "2026-03-17", id="line-empty-earlier-today"),
        pytest.param("上周五", EMPTY_BEFORE, VALIDATED, "2026-03-13", id="weekday-of-last-week"),
        pytest.param("yesterday", SEEN, TODAY, "2026-03-17", id="typed-over-since-the-last-run"),
        pytest.param("昨天", EMPTY_BEFORE, YESTERDAY, "NaT", id="no-run-yet-today"),
        pytest.param("昨天", EMPTY_BEFORE, (), "NaT", id="no-run-ever"),
        pytest.param("昨天", {**SEEN, "problem_codes": "relative_day"}, TODAY, "NaT", id="asked-before"),
        pytest.param("last Monday", EMPTY_BEFORE, TODAY, "NaT", id="could-be-two-days"),
        pytest.param("3月2日", EMPTY_BEFORE, TODAY, "NaT", id="no-year"),
    ],
)
def test_a_day_in_words(typed_day: str, index: Row, runs: Sequence[Row], read: str) -> None:
    before = ledger(register=[line(received_on=typed_day)], index=[index], runs=runs)
    after = prepare(before, NOW).ledger
    assert (str(after.register["received_on"][0]), after.register.read["received_on"][0]) == (read, typed_day)


@pytest.mark.parametrize(
    ("typed_day", "said"),
    [
        ("昨天", "“收到日期”：“昨天”是哪一天，要看是何时填写的。若是今天填写的，即2026-03-17；请填写具体日期。"),
        ("last Monday", "“收到日期”：“last Monday”是哪一天，要看是何时填写的。若是今天填写的，即2026-03-09 / 2026-03-16；请填写具体日期。"),
        ("3/2", "“收到日期”：“3/2”缺少年份。若指2026-02-03 / 2026-03-02，请照此填写。"),
        ("3月2日", "“收到日期”：“3月2日”缺少年份。若指2026-03-02，请照此填写。"),
        ("无", "“收到日期”：“无”不是日期。请填写具体日期（年-月-日）；尚无日期的，留空即可。"),
    ],
)  # fmt: skip
def test_the_row_asks_with_what_the_day_would_be(typed_day: str, said: str) -> None:
    before = ledger(register=[line(received_on=typed_day)], index=[{**SEEN, "problem_codes": "x"}], runs=YESTERDAY)
    after = derive(prepare(before, NOW).ledger, NOW).ledger
    assert str(after.register["problems"][0]) == said


def test_the_day_is_kept_for_the_days_to_come(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [{"case_no": ""}])
    at(path, "2026-03-18T08:00")
    for key, value in line(received_on="昨天").items():
        if key != "case_no":
            typed(path, REGISTER[key].label("zh"), value)  # type: ignore[arg-type]
    at(path, "2026-03-18T10:00")
    assert _received(path) == ("昨天", "2026-03-17")
    at(path, "2026-03-19T10:00")
    assert _received(path) == ("昨天", "2026-03-17")
    ((problems, codes),) = [
        (p, c)
        for (p,), (c,) in zip(
            column(path, "register", "problems"), column(path, "index", "problem_codes"), strict=False
        )
    ][:1]
    assert (problems, codes) == ("“收到日期”：按填写当日推算，“昨天”视为2026-03-17。如有出入，请填写具体日期。", "")
    typed(path, "收到日期", "前天")
    at(path, "2026-03-20T08:00")
    assert _received(path) == ("前天", "NaT")
    typed(path, "收到日期", "2026-03-16")
    at(path, "2026-03-20T09:00")
    assert (_received(path), column(path, "index", "days_said")[0]) == (("2026-03-16", "2026-03-16"), ("",))


def test_a_filed_case_keeps_its_day(tmp_path: Path) -> None:
    said = '{"received_on": ["昨天", "2026-03-01"]}'
    kept = ledger(
        filing=[line("LV-00001", received_on="昨天")], index=[{**SEEN, "days_said": said}], register=[line("LV-00002")]
    )
    assert str(kept.filing["received_on"][0]) == "2026-03-01"
    assert [one.code for one in kept.problems if one.tab == "filing"] == []


@pytest.mark.parametrize("spoilt", ["{", "[]", '{"received_on": 3}', '{"received_on": ["昨天", "soon"]}', "昨天"])
def test_a_spoilt_memory_asks_again(spoilt: str) -> None:
    read = ledger(register=[line(received_on="昨天")], index=[{**SEEN, "days_said": spoilt}])
    assert [one.code for one in read.problems if one.tab == "register"] == ["relative_day"]


def _received(path: Path) -> tuple[object, str]:
    register = parse(book_at(path, CLOCK).read()).register
    return register.read["received_on"][0], str(register["received_on"][0])


def test_handled_rows_are_not_touched(tmp_path: Path) -> None:
    """Nothing is remembered where nothing was said in words."""
    path = ledger_at(tmp_path, [line(**HANDLED)])
    at(path, "2026-03-18T08:00")
    assert {cell for (cell,) in column(path, "index", "days_said")} == {""}
