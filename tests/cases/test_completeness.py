"""Which rows somebody is still typing, by what the run before saw in them (docs/design.md#p4.28)."""

from __future__ import annotations

import numpy as np
import pytest

from automation.cases.cell_prints import with_prints
from automation.cases.confidentiality import judge
from automation.cases.register_lines import fingerprints
from automation.ledger.model import Ledger
from tests.support.ledger_in_memory import NOW, ledger, line

PEOPLE = [{"name": "Xavier Quirk", "role": "head", "email": "quirk@s.example"}]
SAYS_NOTHING = (
    "",
    " ",
    "?",
    "X",
    "M",
    "Mr",
    "Mr & Mrs",
    "he",
    "he/she",
    "he; ?",
    "某、他",
    "老师",
    "某部门",
    "unknown",
)
SAYS_SOMETHING = ("-", "none", "Quirk", "Mr Quirk", "Mr He", "Mr X", "X; Quirk", "East", "Dr", "(outside)")
RUN_BEFORE = {"run": "r1", "at": NOW}


def read(case: dict[str, object], seen: str = "", first_seen: str = "2026-03-18") -> Ledger:
    """A ledger with this case, of which the run before kept this fingerprint."""
    index = {
        "case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": first_seen, "fingerprint": seen,
    }  # fmt: skip
    return ledger("en", register=[line(**case)], index=[index], people=PEOPLE, runs=[RUN_BEFORE])


def seen(case: dict[str, object]) -> str:
    """What a run keeps of this case."""
    register = read(case).register
    rows = fingerprints(register, np.ones(1, dtype=bool))
    return str(with_prints(rows, register, np.zeros(1, dtype=np.int64), np.full(1, "", dtype=object))[0])


def is_typed(case: dict[str, object], before: str = "", first_seen: str = "2026-03-18") -> bool:
    return judge(read(case, before, first_seen), NOW).being_typed == {0}


@pytest.mark.parametrize("about", SAYS_NOTHING)
def test_a_row_in_which_about_says_nothing_waits_while_somebody_types(about: str) -> None:
    case = {"about": about, "summary": "shouted"}
    assert is_typed(case)
    assert is_typed(case, seen({**case, "summary": "shou"}))
    assert is_typed(case, seen({**case, "petitioner": "Someone"}))
    assert is_typed(case, seen({**case, "about": "x" if about == "" else ""}))
    assert not is_typed(case, seen({**case, "result": "x"}))
    assert not is_typed(case, seen(case))
    assert not is_typed(case, first_seen="2026-03-17")
    assert is_typed({**case, "kind": "allegation"}, seen({**case, "kind": "allegation"}))


@pytest.mark.parametrize("about", SAYS_SOMETHING)
def test_a_row_that_says_whom_it_is_about_waits_for_nothing(about: str) -> None:
    assert not is_typed({"about": about})
    assert not is_typed({"about": about, "kind": "allegation"})


@pytest.mark.parametrize("about", [*SAYS_NOTHING, *SAYS_SOMETHING])
def test_what_says_nothing_is_as_if_about_were_blank(about: str) -> None:
    found = judge(read({"about": about, "summary": "Mr Quirk shouted", "kind": "allegation"}), NOW)
    is_silent = about in SAYS_NOTHING
    assert (found.silent == {0}) is is_silent
    assert ("discipline" in found.only_for.get(0, ())) is is_silent
    if is_silent:
        assert [party.name for party in found.in_conflict[0]] == ["Xavier Quirk"]
