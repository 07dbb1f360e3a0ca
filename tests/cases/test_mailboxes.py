"""Who reads an address, in whatever form it is typed, and what follows: who is barred from it, and whose mailbox it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from automation.cases.mailboxes import Mailboxes, Recipient
from automation.ledger.meant import Party
from sheet_schema import SETTING
from tests.support.ledger_in_memory import Rows, ledger

TODAY = date(2026, 3, 18)
SAME = [
    "est@s.example", "EST+cur@s.example", "mailto:est@s.example", "est＠s.example", "ｅst@s.example", "est@s.example（办公室）",
    "est @ s.example", "zed@s.example|est@s.example", "zed@s.example或est@s.example", "e\u200bst@s.example", "Estates <est@s.example>",
]  # fmt: skip


@pytest.mark.parametrize("typed", SAME)
def test_every_form_of_an_address_is_barred(typed: str) -> None:
    people = [{"name": "Rob Jones", "email": typed}, {"name": "Ann Archer", "email": "est+ann@s.example"}]
    read = ledger("en", people=people, departments=[{"name": "Estates", "email": "mailto:est@s.example"}])
    barred = Mailboxes(read.policy).barred(frozenset([Party("Rob Jones")]), TODAY)
    others = (
        Recipient("Ann Archer", "est+ann@s.example"),
        Recipient("Estates", "est@s.example", is_department=True),
        Recipient("Ivy Innes", "ivy@s.example"),
    )
    assert [barred.bars(one) for one in others] == [True, True, False]


@pytest.mark.parametrize("typed", SAME)
def test_whoever_opens_a_departments_mailbox_is_barred_from_it(typed: str) -> None:
    read = ledger(
        "en",
        people=[{"name": "Rob Jones", "email": "rob@s.example"}],
        departments=[{"name": "Estates", "email": typed, "head": "Rob Jones"}],
    )
    barred = Mailboxes(read.policy).barred(frozenset([Party("Rob Jones")]), TODAY)
    assert barred.bars(Recipient("Ann Archer", "est@s.example"))


@pytest.mark.parametrize("typed", [*SAME, "见est@s.example", "est+cur@s.example处理"])
def test_about_and_summary_mean_whoever_has_the_address(typed: str) -> None:
    people = [{"name": "Rob Jones", "email": "Est+a@s.example"}, {"name": "Ann Archer", "email": "ann@s.example"}]
    directory = ledger("en", people=people).policy.directory
    rob = Party("Rob Jones")
    assert directory.meant_by(typed).parties == {rob}
    assert directory.mentioned_in(["nothing", f"it was {typed}"])[1].parties == {rob}


def test_a_name_before_an_at_sign_with_blanks_is_still_read() -> None:
    directory = ledger("en", people=[{"name": "Rob Jones", "email": "rob@s.example"}]).policy.directory
    assert directory.mentioned_in(["Mr Jones @ s.example"])[0].parties == {Party("Rob Jones")}


STAFF: Rows = (
    {"name": "Cleo Cole", "role": "office", "email": "cleo@s.example; post@s.example"},
    {"name": "Ivy Innes", "role": "office", "email": "ivy@s.example"},
    {"name": "Finn Ford", "role": "discipline", "email": "finn@s.example"},
    {"name": "Ben Booth", "role": "handler", "email": "ben@s.example; post@s.example"},
    {"name": "Nora North", "role": "", "email": "nora@s.example"},
    {"name": "Maths", "role": "office", "email": "a.maths@s.example"},
)
OFFICE, BOTH = frozenset({"office"}), frozenset({"office", "discipline"})
DESK = Recipient("Desk", "desk@s.example", is_department=True)


def boxes_with(desk: Mapping[str, object], staff: Rows = STAFF, reply_to: str = "") -> Mailboxes:
    """The mailboxes of `STAFF` and of three departments, of which Desk is filled in like this."""
    others = [{"name": "Maths", "email": "maths@s.example"}, {"name": "Chess", "head": "Finn Ford"}]
    departments = [{"name": "Desk", "email": DESK.address, **desk}, *others]
    settings = [{"name": SETTING["reply_to"].label("en"), "value": reply_to}]
    return Mailboxes(ledger("en", people=staff, departments=departments, settings=settings).policy)


@pytest.mark.parametrize(
    ("desk", "only_office", "only_both"),
    [
        # nobody has said who opens it
        ({}, False, False),
        # one cell is enough
        ({"head": "Cleo Cole"}, True, True),
        ({"read_by": "Cleo Cole"}, True, True),
        ({"head": "Cleo Cole", "read_by": "Ivy Innes"}, True, True),
        # everybody counts, not one of them
        ({"head": "Finn Ford"}, False, True),
        ({"head": "Cleo Cole", "read_by": "Finn Ford"}, False, True),
        ({"head": "Finn Ford", "read_by": "Cleo Cole"}, False, True),
        ({"head": "Ben Booth"}, False, False),
        ({"read_by": "Cleo Cole; Ben Booth"}, False, False),
        ({"read_by": "Nora North"}, False, False),
        ({"read_by": "Somebody Else"}, False, False),
        # a role is whoever has it, in whatever language and case it is typed; a group is anybody
        ({"read_by": "office"}, True, True),
        ({"read_by": "ＯＦＦＩＣＥ"}, True, True),
        ({"read_by": "信访办"}, True, True),
        ({"read_by": "discipline"}, False, True),
        ({"read_by": "office; discipline"}, False, True),
        ({"read_by": "handler"}, False, False),
        ({"read_by": "all staff"}, False, False),
        # another department's mailbox
        ({"email": "maths@s.example", "read_by": "office"}, False, False),
    ],
)
def test_whose_mailbox_a_department_has(desk: dict[str, object], only_office: bool, only_both: bool) -> None:
    boxes, to = boxes_with(desk), Recipient("Desk", str(desk.get("email", DESK.address)), is_department=True)
    assert [boxes.are_all_among(roles, to.address, TODAY) for roles in (OFFICE, BOTH)] == [only_office, only_both]
    assert boxes.is_the_office(to, TODAY) is only_office


@pytest.mark.parametrize(
    ("address", "among"),
    [
        ("cleo@s.example", True), (" CLEO+cur@S.example", True), ("finn@s.example", False), ("ben@s.example", False),
        ("nora@s.example", False), ("post@s.example", False), ("a.maths@s.example", True),
    ],
)  # fmt: skip
def test_whether_everybody_who_reads_a_persons_address_is_of_the_office(address: str, among: bool) -> None:
    assert boxes_with({}).are_all_among(OFFICE, address, TODAY) is among


@pytest.mark.parametrize(
    ("reader", "reply_to", "office"),
    [
        (Recipient("Cleo Cole", "cleo@s.example"), "", True),
        (Recipient("Cleo Cole", "post@s.example"), "", True),
        (Recipient("Ben Booth", "ben@s.example"), "", False),
        (Recipient("Nobody", ""), "", False),
        (Recipient("Maths", "a.maths@s.example"), "", True),
        (Recipient("Maths", "maths@s.example", is_department=True), "", False),
        (DESK, "desk@s.example", True),
        (DESK, "DESK+lv@s.example", True),
        (DESK, "other@s.example", False),
        (Recipient("Ben Booth", "ben@s.example"), "ben@s.example", True),
    ],
)
def test_who_is_of_the_office(reader: Recipient, reply_to: str, office: bool) -> None:
    assert boxes_with({}, reply_to=reply_to).is_the_office(reader, TODAY) is office


def test_whoever_acts_for_a_reader_who_is_away_opens_the_mailbox_too() -> None:
    away = {"absent_from": "2026-03-16", "absent_until": "2026-03-20", "stand_in": "Ben Booth"}
    boxes = boxes_with({"read_by": "office"}, staff=[{**STAFF[0], **away}, *STAFF[1:]])
    days = (TODAY, date(2026, 3, 21))
    assert [boxes.are_all_among(OFFICE, DESK.address, day) for day in days] == [False, True]
    assert [boxes.is_the_office(DESK, day) for day in days] == [False, True]
    assert [boxes.opened_by("Ben Booth", day) for day in days] == [
        {"ben@s.example", "post@s.example", "desk@s.example", "cleo@s.example"},
        {"ben@s.example", "post@s.example"},
    ]


def test_whoever_stands_in_for_a_reader_whose_row_cannot_be_used_opens_the_mailbox_too() -> None:
    """Nobody knows whether they are there."""
    unusable = {**STAFF[4], "stand_in": "Ben Booth", "absent_from": "soon"}
    boxes = boxes_with({"read_by": "Nora North"}, staff=[*STAFF[:4], unusable])
    assert DESK.address in boxes.opened_by("Ben Booth", TODAY)
    useful = boxes_with({"read_by": "Nora North"}, staff=[*STAFF[:4], {**unusable, "absent_from": ""}])
    assert DESK.address not in useful.opened_by("Ben Booth", TODAY)


def test_a_surname_in_read_by_may_mean_somebody_named_in_another_cell_only() -> None:
    boxes = boxes_with({"read_by": "Mrs Hope"}, staff=[*STAFF, {**STAFF[2], "name": "Jo Hall", "stand_in": "Hal Hope"}])
    assert boxes.barred(frozenset([Party("Hal Hope")]), TODAY).bars(DESK)
    assert not boxes.barred(frozenset([Party("Ivy Innes")]), TODAY).bars(DESK)


@pytest.mark.parametrize(
    ("read_by", "named", "anybody"),
    [
        ("", "", False), ("Ben Booth", "Ben", False), ("Mr Booth", "Ben", False), ("handler", "Ben", False),
        ("office", "Cleo Ivy Maths", False), ("office; Mr Booth", "Cleo Ivy Ben Maths", False),
        # somebody who has no row yet is nobody else
        ("Hal Hope", "", False), ("Mrs Hope", "", False), ("冯远", "", False), ("Ben Booth; Hal Hope", "Ben", False),
        # a group is anybody, and so is a role that nobody has
        ("all staff", "", True), ("Staff", "", True), ("Front Desk", "", True), ("全体教职工", "", True),
        ("安保处", "", True), ("principal", "", True), ("校长", "", True), ("unknown", "", True), ("x@s.example", "", True),
        ("reception", "Cleo Ivy Maths", True),  # whoever works in the office, as well
        ("Ben Booth; all staff", "Ben", True), ("all staff; Ben Booth", "Ben", True),
        # a department is anybody, and whoever heads it
        ("Chess", "Finn", True),
    ],
)  # fmt: skip
def test_who_opens_a_mailbox_by_its_read_by(read_by: str, named: str, anybody: bool) -> None:
    boxes = boxes_with({"read_by": read_by})
    opening = [str(one["name"]) for one in STAFF if DESK.address in boxes.opened_by(str(one["name"]), TODAY)]
    assert " ".join(name.split()[0] for name in opening) == named
    assert boxes.barred(frozenset([Party("Nobody Known")]), TODAY).bars(DESK) is anybody
