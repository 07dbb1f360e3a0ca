"""What administrators type for a word of a list in their tabs: it means the same, so that no row is skipped for its wording."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from automation.ledger.admin_row import Row
from sheet_schema import TAB
from sheet_schema.model import Type
from tests.support.ledger_in_memory import ledger

TABLE = tomllib.loads((Path(__file__).parent / "admin_words.toml").read_text("utf-8"))
CASES = [
    (tab, column, typed, key)
    for tab, columns in TABLE.items()
    for column, words in columns.items()
    for key, several in words.items()
    for typed in several
]
ASKED = "asked"


@pytest.mark.parametrize(("tab", "column"), [(tab, column) for tab, columns in TABLE.items() for column in columns])
def test_words_of_a_list(tab: str, column: str) -> None:
    words = {typed: key for one, other, typed, key in CASES if (one, other) == (tab, column)}
    found = ledger(**{tab: [{column: typed} for typed in words]})
    table = found.tables[tab]
    if TAB[tab][column].type is Type.CHOICES:
        read = ["; ".join(Row(table, i).several(column, TAB[tab][column].choices)) for i in range(len(words))]
    else:
        read = table[column].tolist()
    assert dict(zip(words, read, strict=True)) == {t: "" if key == ASKED else key for t, key in words.items()}
    asked = {
        int(one.row or 0) for one in found.problems if (one.tab, one.column, one.code) == (tab, column, "not_on_list")
    }
    assert asked == {row for row, key in enumerate(words.values(), start=2) if key == ASKED}


@pytest.mark.parametrize("unit", ["天", "working days", "个上课日"])
def test_a_clock_is_not_lost_for_the_word_of_its_unit(unit: str) -> None:
    row = {"step": "答复", "starts_from": "收到日期", "amount": 15, "unit": unit}
    assert [one.amount for one in ledger(deadlines=[row]).policy.deadlines] == [15]


def test_several_roles_in_words_of_their_own() -> None:
    person = {"name": "王芳", "role": "副校长；值班员"}
    assert ledger(people=[person]).policy.people[0].roles == ("leader", "duty")
