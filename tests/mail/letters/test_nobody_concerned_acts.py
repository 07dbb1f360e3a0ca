"""No mail asks anybody to make a person act or explain whom the case is, or may be, about, nor a department that they head
or whose mailbox they read (docs/design.md#p4.11)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sheet_schema import Language
from tests.support.ledger_in_memory import Rows
from tests.support.mails_of_a_run import DEPARTMENTS, PEOPLE, Row, case, level, mails

STAFF: Rows = (
    *PEOPLE,
    {"name": "John Smith", "role": "handler", "email": "john@s.example"},
    {"name": "Jane Smith", "role": "handler", "email": "jane@s.example"},
)
ABSENT: Row = {"absent_from": "2026-03-01", "absent_until": "2026-03-31"}
JANE_FOR_JOHN: Rows = (*PEOPLE, {**STAFF[4], **ABSENT, "stand_in": "Jane Smith"}, STAFF[5])
SHARED: Rows = (*PEOPLE, {**STAFF[4], "email": "east@s.example"}, STAFF[5])
READ_BY_JOHN: Rows = ({**DEPARTMENTS[0], "read_by": "John Smith"}, DEPARTMENTS[1])
NO_MAILBOX: Rows = ({**DEPARTMENTS[0], "email": ""}, DEPARTMENTS[1])
HAL_AWAY: Rows = ({**PEOPLE[0], **ABSENT}, *STAFF[1:])
HAL_AND_JOHN_AWAY: Rows = ({**PEOPLE[0], **ABSENT}, *PEOPLE[1:], {**STAFF[4], **ABSENT})
LADDER: Rows = (level("reply", 1, 1, "leader", "yes"), level("legal_limit", 1, 1, "leader"))
OTHERS = "somebody other than those concerned"
ASKS: Mapping[str, tuple[str, str]] = {
    "explain": ("Please see that {who} acts on it, and explains in writing why it is late.", "请督促{who}尽快办理，并由其书面说明超期原因。"),
    "act": ("Please see that {who} acts on it.", "请督促{who}尽快办理。"),
    "take up": ("Please see that somebody other than those concerned takes it up.", "请安排无利害关系的人员办理。"),
}  # fmt: skip
OTHERS_EXPLAIN = (
    "Please see that somebody other than those concerned acts on it, and that the reason why it is late is put in writing.",
    "请督促无利害关系的人员尽快办理，并确保超期原因有书面说明。",
)
IN_CHINESE = {OTHERS: "无利害关系的人员", "the head of East": "East负责人", "John Smith (East)": "John Smith（East）"}


def asked(language: Language, mail: str) -> list[str]:
    """What the lines of a mail ask its reader to see to: what, and of whom."""
    at = ("en", "zh").index(language)
    names = [OTHERS, "the head of East", "John Smith (East)", "John Smith", "Jane Smith", "East", "Smith, J. (East)"]
    said: dict[str, str] = {OTHERS_EXPLAIN[at]: f"{OTHERS}: explain"}
    said |= {
        texts[at].format(who=IN_CHINESE.get(name, name) if at else name): f"{name}: {what}"
        for what, texts in ASKS.items()
        for name in (names if "{who}" in texts[at] else [OTHERS])
        if (what, name) != ("explain", OTHERS)  # others cannot explain why those concerned are late
    }
    lines = [line.strip() for line in mail.splitlines()]
    unknown = [line for line in lines if line.startswith(("Please see", "请督促", "请安排")) and line not in said]
    return [*dict.fromkeys(said[line] for line in lines if line in said), *unknown]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("cells", "tabs", "lea_is_asked"),
    [
        ({"about": "-"}, {}, ["East: explain", "the head of East: act"]),
        ({"about": "-", "handler": "John Smith"}, {}, ["John Smith (East): explain", "the head of East: act"]),
        ({"about": "-", "handler": "Smith, J."}, {}, ["East: explain", "the head of East: act"]),  # one of two
        ({"about": "-", "handler": "Zoe Zed"}, {}, ["East: explain", "the head of East: act"]),
        # whom the case is about
        ({"about": "Hal"}, {}, [f"{OTHERS}: explain", f"{OTHERS}: act"]),
        ({"about": "John Smith", "handler": "John Smith"}, {}, [f"{OTHERS}: explain", f"{OTHERS}: act"]),
        ({"about": "John Smith", "handler": "smith,  john"}, {}, [f"{OTHERS}: explain", f"{OTHERS}: act"]),
        ({"about": "Hal", "handler": "John Smith"}, {}, ["John Smith: explain", "John Smith: act"]),
        # whom it may be about
        ({"about": "Mr Smith", "handler": "John Smith"}, {}, [f"{OTHERS}: explain", f"{OTHERS}: act"]),
        ({"about": "John Smith", "handler": "Smith, J."}, {}, [f"{OTHERS}: explain", f"{OTHERS}: act"]),
        ({"about": "", "summary": "Mr John Smith shouts", "handler": "John Smith"}, {}, [f"{OTHERS}: explain", f"{OTHERS}: act"]),
        # whoever acts for them, or reads their mailbox
        ({"about": "Jane Smith", "handler": "John Smith"}, {"people": JANE_FOR_JOHN}, [f"{OTHERS}: explain", f"{OTHERS}: act"]),
        ({"about": "Jane Smith", "handler": "John Smith"}, {}, ["John Smith (East): explain", "the head of East: act"]),
        ({"about": "John Smith"}, {"departments": READ_BY_JOHN}, [f"{OTHERS}: explain", f"{OTHERS}: act"]),
        ({"about": "John Smith"}, {"people": SHARED}, [f"{OTHERS}: explain", f"{OTHERS}: act"]),
        ({"about": "East", "restricted": "no"}, {}, ["East: explain", "the head of East: act"]),
        # of a restricted case the same, whoever has it
        ({"about": "East", "restricted": "yes"}, {}, [f"{OTHERS}: explain", f"{OTHERS}: act"]),
        ({"about": "-", "restricted": "yes"}, {}, [f"{OTHERS}: explain", f"{OTHERS}: act"]),
    ],
)  # fmt: skip
def test_whom_a_leader_is_asked_to_urge(
    language: Language, cells: Row, tabs: Mapping[str, Rows], lea_is_asked: list[str]
) -> None:
    tabs = {"people": STAFF, "escalation": LADDER, **tabs}
    sent = mails("2026-03-24T10:00", [case("LV-00001", **cells)], language, **tabs)
    assert asked(language, sent["escalation", "Lea"].rendered.text) == lea_is_asked


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("now", "kind", "cells", "tabs", "lea_is_asked", "names_east"),
    [
        # East has no mailbox, and its head is away; then the handler is
        ("2026-03-03T10:00", "assignment", {"about": "-"}, {"people": HAL_AWAY, "departments": NO_MAILBOX}, [], True),
        ("2026-03-03T10:00", "assignment", {"about": "-", "restricted": "yes"}, {"people": HAL_AWAY, "departments": NO_MAILBOX}, [f"{OTHERS}: take up"], False),
        ("2026-03-03T10:00", "assignment", {"about": "Hal", "handler": "John Smith"}, {"people": HAL_AND_JOHN_AWAY, "departments": NO_MAILBOX}, [], False),
        ("2026-03-16T10:00", "reminder", {"about": "-"}, {"people": HAL_AWAY, "departments": NO_MAILBOX}, ["East: act"], True),
    ],
)  # fmt: skip
def test_what_is_passed_up_names_nobody_concerned(
    language: Language, now: str, kind: str, cells: Row, tabs: Mapping[str, Rows], lea_is_asked: list[str], names_east: bool,
) -> None:  # fmt: skip
    told = {"key": "LV-00001|assignment|||1|handler", "case_no": "LV-00001", "kind": "assignment", "level": "1",
            "slot": "handler", "holder": "East", "state": "sent"}  # fmt: skip
    notices = [told] if kind == "reminder" else []
    sent = mails(now, [case("LV-00001", **cells)], language, notices=notices, **tabs)[kind, "Lea"]
    assert (asked(language, sent.rendered.text), "East" in sent.rendered.text) == (lea_is_asked, names_east)


@pytest.mark.parametrize(("about", "copied", "listed"), [
    ("-", "For information: LV-00001 was given to East", "Canteen · East"),
    ("Hal", "For information: LV-00001 was assigned", "Canteen"),
])  # fmt: skip
def test_a_copy_and_a_digest_name_no_department_that_must_not_know(about: str, copied: str, listed: str) -> None:
    """A rule gave East the case, and then About names its head: nothing is given to West instead (docs/design.md#p5.5)."""
    people = [*PEOPLE[:2], {**PEOPLE[2], "digest": "daily"}, PEOPLE[3]]
    routing: Rows = ({"order": 9, "enabled": "yes", "department": "East", "copy_to": "principal"},)
    sent = mails("2026-03-20T10:00", [case("LV-00001", about=about)], people=people, routing=routing)
    (row,) = [line for line in sent["digest_leader", "Pru"].rendered.text.splitlines() if line.startswith("  LV-00001")]
    assert (sent["assignment", "Pru"].rendered.subject, row.rpartition("  ")[2]) == (copied, listed)


TWO_LEVELS: Rows = (level("reply", 1, 1, "leader", "yes"), level("reply", 2, 5, "principal", "yes"))
WITH_OUTSIDE: Rows = (*STAFF, {"name": "Uma", "role": "outside", "email": "uma@x.example"})
GIVE = "Nobody has it yet: please see that the letters and visits office gives it to a department."


@pytest.mark.parametrize(
    ("cells", "at_the_first", "at_the_second", "lea_is_asked"),
    [
        ({"about": "-"}, "East Hal Lea", "East Hal Lea Pru", ["East: explain"]),
        ({"about": "Hal"}, "Lea", "Lea Pru", [f"{OTHERS}: explain"]),
        ({"about": "Hal; Lea"}, "Pru", "Pru", []),
        ({"about": "-", "department": "Easst"}, "Lea", "Lea Pru", [GIVE]),
        ({"about": "-", "department": "Easst", "handler": "Zoe Zed"}, "Lea", "Lea Pru", [GIVE]),
        ({"about": "-", "department": "Easst", "handler": "John Smith"}, "John Smith Lea", "John Smith Lea Pru", ["Please see that John Smith (Easst) acts on it, and explains in writing why it is late."]),
    ],
)  # fmt: skip
def test_an_explanation_that_nobody_may_be_asked_for_takes_the_case_no_further_up(
    cells: Row, at_the_first: str, at_the_second: str, lea_is_asked: list[str]
) -> None:
    told = {}
    for day in ("18", "24"):
        sent = mails(f"2026-03-{day}T10:00", [case("LV-00001", **cells)], people=WITH_OUTSIDE, escalation=TWO_LEVELS)
        told[day] = {reader: mail for (kind, reader), mail in sent.items() if kind == "escalation"}
    assert [" ".join(sorted(one)) for one in told.values()] == [at_the_first, at_the_second]
    if lea_is_asked:
        (line,) = [line.strip() for line in told["18"]["Lea"].rendered.text.splitlines() if "lease see" in line]
        assert (asked("en", line) or [line]) == lea_is_asked
