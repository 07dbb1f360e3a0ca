"""What digests list of a case: handlers and heads read of what they have to do themselves, everybody else of what is due first."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sheet_schema import Language
from tests.support.ledger_in_memory import Rows
from tests.support.mails_of_a_run import DEADLINES, PEOPLE, Row, case, deadline, mails

DAILY: Rows = (
    *({**one, "digest": "daily"} for one in PEOPLE),
    {"name": "Ann", "role": "handler", "email": "ann@s.example", "digest": "daily"},
)
RULES: Rows = (*DEADLINES, deadline("notify", "office", "received", 6), deadline("feedback", "office", "received", 30))
"""Decide is due after 5 days, Notify after 6 (the office); Reply after 15 (the handler), Legal limit after 16 (the head)."""
UNDECIDED: Row = {"decision": "", "decided_on": "", "notified_on": "", "received_on": "2026-03-02"}
SUPERIOR: Row = {"channel": "superior", "superior_ref": "X1", "superior_due": "2026-03-31"}
REPLIED: Row = {"outcome": "supported", "result": "Mended", "replied_on": "2026-03-10"}
OFFICE: Row = {"name": "Hal", "role": "head;office", "email": "hal@s.example", "digest": "daily"}


def listed(
    now: str, cells: Row, language: Language = "en", rules: Rows = RULES, people: Rows = DAILY
) -> Mapping[str, list[str]]:
    """By reader, what the sections of their digest say of the case."""
    sent = mails(now, [case("LV-00001", handler="Ann", **cells)], language, people=people, deadlines=rules)
    return {
        reader: [line.partition("  Canteen")[0].strip() for line in mail.rendered.text.splitlines() if line.startswith("  LV-00001  ")]
        for (kind, reader), mail in sent.items()
        if kind.startswith("digest")
    }  # fmt: skip


DECIDE, NOTIFY = "LV-00001  Decide  Due 7 March: {}", "LV-00001  Acknowledge  Due 8 March: {}"
REPORT = "LV-00001  Report back  Due 31 March: tomorrow"
REPLY, LIMIT = "LV-00001  Reply  Due 17 March: {}", "LV-00001  Legal limit  Due 18 March: {}"


@pytest.mark.parametrize(
    ("now", "cells", "expected"),
    [
        # only the office is late, so a daily digest has nothing to say to the others
        ("2026-03-11T10:00", UNDECIDED, {"Dee": DECIDE.format("4 days late"), "Lea": DECIDE.format("4 days late"), "Pru": DECIDE.format("4 days late")}),
        ("2026-03-11T10:00", {"notified_on": ""}, {"Dee": NOTIFY.format("3 days late"), "Lea": NOTIFY.format("3 days late"), "Pru": NOTIFY.format("3 days late")}),
        # what is theirs is due soon, or late, while the office is late with its own
        ("2026-03-16T10:00", UNDECIDED,
         {"Ann": REPLY.format("tomorrow"), "Dee": DECIDE.format("9 days late"), "Hal": REPLY.format("tomorrow"),
          "Lea": DECIDE.format("9 days late"), "Pru": DECIDE.format("9 days late")}),
        ("2026-03-19T10:00", UNDECIDED,
         {"Ann": REPLY.format("2 days late"), "Dee": DECIDE.format("12 days late"), "Hal": REPLY.format("2 days late"),
          "Lea": LIMIT.format("1 day late"), "Pru": DECIDE.format("12 days late")}),
        # leaders read of the step that they were told is late, as their level is reached; until then of what is late longest
        ("2026-03-19T10:00", {},
         {**dict.fromkeys(("Ann", "Dee", "Hal", "Pru"), REPLY.format("2 days late")), "Lea": LIMIT.format("1 day late")}),
        ("2026-03-20T10:00", UNDECIDED,
         {"Ann": REPLY.format("3 days late"), "Dee": DECIDE.format("13 days late"), "Hal": REPLY.format("3 days late"),
          "Lea": REPLY.format("3 days late"), "Pru": DECIDE.format("13 days late")}),
        ("2026-03-24T10:00", UNDECIDED,
         {"Ann": REPLY.format("7 days late"), "Dee": DECIDE.format("17 days late"), "Hal": REPLY.format("7 days late"),
          "Lea": REPLY.format("7 days late"), "Pru": REPLY.format("7 days late")}),
    ],
    ids=["decide is late", "notify is late", "reply is soon", "reply is late", "nothing of the office's", "the leader's level", "the principal's level"],
)  # fmt: skip
def test_handlers_and_heads_read_of_their_own_step(now: str, cells: Row, expected: Mapping[str, str]) -> None:
    assert listed(now, cells) == {reader: [line] for reader, line in expected.items()}


@pytest.mark.parametrize(
    ("rules", "people", "ann", "hal"),
    [
        # the head's step comes first: the head reads of it, the handler of their own
        ((RULES[0], {**RULES[1], "amount": 17}, *RULES[2:]), DAILY, ["LV-00001  Reply  Due 19 March: today"], [LIMIT.format("1 day late")]),
        # only the head has anything to do: the handler reads of the department's step
        ((RULES[0], *RULES[2:]), DAILY, [LIMIT.format("1 day late")], [LIMIT.format("1 day late")]),
        # a head who works in the office reads as the office does
        (RULES, (OFFICE, *DAILY[1:]), [REPLY.format("2 days late")], [DECIDE.format("12 days late")]),
    ],
    ids=["the head's first", "the head's alone", "head and office"],
)  # fmt: skip
def test_the_handlers_and_the_heads_step(rules: Rows, people: Rows, ann: list[str], hal: list[str]) -> None:
    read = listed("2026-03-19T10:00", UNDECIDED, rules=rules, people=people)
    assert (read["Ann"], read["Hal"]) == (ann, hal)


@pytest.mark.parametrize(
    ("cells", "ann", "dee"),
    [
        # in two sections: due soon or late, and to report back
        ({}, [REPLY.format("13 days late")] * 2, [REPLY.format("13 days late"), REPORT]),
        # replied: what is left is the office's
        (REPLIED, [], [REPORT] * 2),
    ],
    ids=["to be answered", "to be reported back by the office"],
)
def test_what_an_authority_waits_for(cells: Row, ann: list[str], dee: list[str]) -> None:
    weekly = [*DAILY[:-1], {**DAILY[-1], "digest": "weekly"}]
    read = listed("2026-03-30T10:00", {**SUPERIOR, **cells}, people=weekly)
    assert (read["Ann"], read["Dee"]) == (ann, dee)


def test_in_chinese() -> None:
    read = listed("2026-03-19T10:00", UNDECIDED, "zh")
    assert (read["Ann"], read["Dee"]) == (
        ["LV-00001  答复  3月17日到期，已超期2天"],
        ["LV-00001  受理  3月7日到期，已超期12天"],
    )


def test_what_an_authority_set_no_day_for_says_so() -> None:
    """As the report and the Dashboard do: the day of the step that is next is not the day by which they want it."""
    read = listed("2026-03-30T10:00", {**SUPERIOR, "superior_due": ""}, rules=RULES[:-1])
    assert read["Dee"] == [REPLY.format("13 days late"), "LV-00001  Report back  No day is set for it"]


def test_what_is_due_soon_is_the_step_that_is() -> None:
    """*Decide*, on Friday, comes first, but is reminded of a day before; *Reply*, on Tuesday after, a week before."""
    decide = deadline("decide", "office", "received", 11, remind_before="1")
    reply = deadline("reply", "handler", "accepted", 15, remind_before="7")
    read = listed("2026-03-11T10:00", UNDECIDED, rules=(decide, reply))
    assert set(read) == {"Ann", "Dee", "Hal", "Lea", "Pru"}
    assert {line for lines in read.values() for line in lines} == {REPLY.format("6 days left")}
