"""Who is named in a Petitioner cell, how many that is, and who cannot be reached."""

from __future__ import annotations

import tomllib
from math import inf
from pathlib import Path

import pytest

from automation.cases.nobody_to_notify import anonymous, waived_notice
from automation.ledger.petitioners import people_named, petitioners, separated
from tests.support.as_typed import each, ledger_of
from tests.support.ledger_in_memory import ledger, line

TABLE = tomllib.loads((Path(__file__).parent / "typed" / "petitioners.toml").read_text("utf-8"))


@pytest.mark.parametrize(("text", "names"), TABLE["names"].items())
def test_names(text: str, names: list[str]) -> None:
    assert (petitioners(text), people_named(text)) == (names, len(names))
    assert petitioners(separated(text)) == names


@pytest.mark.parametrize(("text", "people"), TABLE["people"].items())
def test_people(text: str, people: int) -> None:
    assert people_named(text) == people


@pytest.mark.parametrize("text", TABLE["groups"]["typed"])
def test_a_group_of_nobody_knows_how_many(text: str) -> None:
    assert people_named(text) == inf


@pytest.mark.parametrize(("kind", "nameless"), [("anonymous", True), ("named", False)])
def test_who_gave_no_name(tmp_path: Path, kind: str, *, nameless: bool) -> None:
    cells = each(TABLE[kind])
    register = ledger_of(tmp_path / "台账.xlsx", "petitioner", cells).register
    assert dict(zip(cells, anonymous(register["petitioner"]).tolist(), strict=False)) == dict.fromkeys(cells, nameless)


@pytest.mark.parametrize(("kind", "waived"), [("no_contact", True), ("contact", False)])
def test_who_cannot_be_reached_need_not_be_told(tmp_path: Path, kind: str, *, waived: bool) -> None:
    """信访工作条例 art. 23: 姓名（名称）、住址不清的除外."""
    cells = each(TABLE[kind])
    register = ledger_of(tmp_path / "台账.xlsx", "contact", cells).register
    assert dict(zip(cells, waived_notice(register).tolist(), strict=False)) == dict.fromkeys(cells, waived)


@pytest.mark.parametrize(
    ("cells", "waived"),
    [
        ({"petitioner": "匿名", "contact": ""}, True),
        ({"petitioner": "匿名", "contact": "无"}, True),
        ({"petitioner": "匿名", "contact": "13800000001"}, False),
        ({"petitioner": "陈静", "contact": ""}, False),  # nobody said that there is none: the row asks
        ({"petitioner": "陈静", "contact": "地址不详"}, True),
    ],
)
def test_names_and_contacts(cells: dict[str, object], *, waived: bool) -> None:
    assert waived_notice(ledger(register=[line(**cells)]).register).tolist() == [waived]
