"""Whoever was meant once stays kept from a case until somebody changes About (docs/design.md#p5.19)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from automation.cases.confidentiality import judge
from automation.ledger.model import Ledger
from automation.steps.validation import derive
from tests.support.ledger_in_memory import NOW, Rows, ledger, line

PEOPLE: Mapping[str, Mapping[str, object]] = {
    "Ann Archer": {"role": "handler", "email": "ann@s.example", "also_called": "Skipper"},
    "Ben Booth": {"role": "head", "email": "ben@s.example"},
    "Dora Dunn": {"role": "principal", "email": "dora@s.example"},
    "Finn Ford": {"role": "handler", "email": "finn@s.example"},
}
INDEX = ({"case_no": "LV-00001", "issued_on": "2026-03-02", "first_seen": "2026-03-02"},)
SECRET = {"kind": "allegation"}


def office(
    case: Mapping[str, object], people: Mapping[str, Mapping[str, object]] = PEOPLE, head: str = "Ben Booth"
) -> Ledger:
    rows: Rows = [{"name": name, **cells} for name, cells in people.items()]
    departments: Rows = [{"name": "Maths", "email": "maths@s.example", "head": head}]
    return ledger("en", register=[line(**case)], index=INDEX, people=rows, departments=departments)


def renamed(name: str, **cells: object) -> Mapping[str, Mapping[str, object]]:
    """The people with Ann Archer's row changed."""
    return {name: {**PEOPLE["Ann Archer"], **cells}, **{one: PEOPLE[one] for one in PEOPLE if one != "Ann Archer"}}


def kept_out(office_now: Ledger) -> tuple[set[str], str]:
    """The people who must not know of the case, and what its row says of whom it meant."""
    said = [one.say("en") for one in derive(office_now, NOW).problems if one.code == "meant_earlier"]
    names = {party.name for party in judge(office_now, NOW).in_conflict.get(0, frozenset()) if not party.is_department}
    return names, "".join(said)


def meant(who: str) -> str:
    return (
        f"“About whom” meant {who} when it was typed, so they are still kept from this case."
        " Write the full name of everybody whom it is about; what is then written decides."
    )


NEW_PRINCIPAL = {**PEOPLE, "Dora Dunn": {**PEOPLE["Dora Dunn"], "role": "leader"}, "Nell Nash": {"role": "principal"}}


@pytest.mark.parametrize(
    ("cells", "people", "head", "now", "says"),
    [
        pytest.param({"about": "the principal"}, NEW_PRINCIPAL, "Ben Booth", {"Dora Dunn", "Nell Nash"}, meant("Dora Dunn"), id="a post"),
        pytest.param({"about": "Maths", **SECRET}, PEOPLE, "Finn Ford", {"Ben Booth", "Finn Ford"}, meant("Ben Booth"), id="a department's head"),
        pytest.param({"about": "Ann Archer"}, renamed("Ann Steele"), "Ben Booth", {"Ann Archer", "Ann Steele"}, meant("Ann Archer / Ann Steele"), id="another name"),
        pytest.param({"about": "Ann Archer"}, renamed("Ann Steele", absent_from="31/02/2026"), "Ben Booth", {"Ann Archer", "Ann Steele"}, meant("Ann Archer / Ann Steele"), id="another name, in a row that cannot be used"),
        pytest.param({"about": "Skipper"}, renamed("Ann Archer", also_called=""), "Ben Booth", {"Ann Archer"}, meant("Ann Archer"), id="no longer called so"),
        pytest.param({"about": "Ann Archer"}, renamed("Ann Archer", email="a@new.example"), "Ben Booth", {"Ann Archer"}, "", id="another address"),
    ],
)  # fmt: skip
def test_who_was_meant_stays_kept_out_whatever_becomes_of_them(
    cells: Mapping[str, object], people: Mapping[str, Mapping[str, object]], head: str, now: set[str], says: str
) -> None:
    remembered = str(derive(office(cells), NOW).ledger.register["kept_from"][0])
    assert kept_out(office({**cells, "kept_from": remembered}, people, head)) == (now, says)
    again = derive(office({**cells, "kept_from": remembered}, people, head), NOW).ledger.register["kept_from"][0]
    assert kept_out(office({**cells, "kept_from": again}, people, head))[0] == now


@pytest.mark.parametrize(
    ("about", "now"),
    [
        pytest.param("the principal", {"Dora Dunn", "Nell Nash"}, id="the same"),
        pytest.param(" The  principal ", {"Dora Dunn", "Nell Nash"}, id="the same, typed otherwise"),
        pytest.param("Dora Dunn", {"Dora Dunn"}, id="the one who was meant"),
        pytest.param("Ben Booth", {"Ben Booth"}, id="somebody else"),
        pytest.param("-", set(), id="nobody"),
    ],
)
def test_what_is_written_then_decides(about: str, now: set[str]) -> None:
    remembered = str(derive(office({"about": "the principal"}), NOW).ledger.register["kept_from"][0])
    assert remembered == "the principal → Dora Dunn <dora@s.example>"
    assert kept_out(office({"about": about, "kept_from": remembered}, NEW_PRINCIPAL))[0] == now


def test_of_a_case_that_is_about_nobody_nothing_is_remembered() -> None:
    assert derive(office({"about": "-"}), NOW).ledger.register["kept_from"][0] == ""
