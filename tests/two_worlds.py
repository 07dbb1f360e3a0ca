"""Searches for an office in which somebody can tell that a case exists which they must not know of, or in which nobody
who may know of a late case is told.

`python -m tests.two_worlds SEED COUNT` tries COUNT random offices, and prints each that is wrong, as small as it gets.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings

from automation.cases.confidentiality import Confidence, judge
from automation.cases.joined_facts import answered
from automation.cases.joining import group_of
from automation.cases.mailboxes import Recipient
from automation.commands.prove import shown
from automation.commands.run import ACTIONS
from automation.ledger.addresses import addresses_in
from automation.ledger.chats import chat_address
from automation.ledger.notices_journal import read_ledger
from automation.ledger.people import Person
from automation.ledger.policy import Policy
from automation.mail.transport.chats import Chats
from automation.mail.transport.mailer import MailServer
from automation.run.job import JOBS, Request, Result
from automation.run.kept_out import kept_out
from automation.run.plan import plan
from automation.run.proof import Compared, Question, proved
from automation.run.reached import mails_to
from automation.run.two_worlds import without_cases
from sheet_schema import SETTING
from sheet_schema.vocabulary import NoticeKind, PleaseDo, Role, Sending, Status, Step
from tests.support.random_offices import CHATS, NOW, Office, offices

SERVER = MailServer("", 0, "", "")
EVERY_CHAT = Chats({chat_address(name): name for name in CHATS if name})
BATCH = 250
"""Offices tried with one seed, after which the progress is printed."""
ASKED = {what: ACTIONS[what] for what in (PleaseDo.PREVIEW, PleaseDo.REPORT, PleaseDo.HANDOVER)}
"""`check` looks at a real workbook, and a backup writes one."""
EVERY_LEVEL_REACHED = datetime(2026, 4, 17, 9)
"""A Friday on which every case of a random office is late, and its ladder at the end."""


def nobody_can_tell(office: Office) -> None:
    """Whoever must not know of the case gets the same without it, now and later."""
    request = Request(JOBS["run"], NOW, NOW, outbox=Path("outbox"), actions=ASKED)
    proof = proved(Question(office.number, None, office.book, request, moments=office.moments))  # type: ignore[arg-type]
    assert proof.equal, "\n".join(shown(proof))


def compared_at_once(office: Office) -> list[Compared]:
    """What the first run alone sends to whoever must not know of the case, in both worlds."""
    request = Request(JOBS["run"], NOW, NOW, outbox=Path("outbox"), dry_run=True, server=SERVER, chats=EVERY_CHAT)
    ours = plan(office.book, request)
    confidence, register = judge(ours.after, NOW), ours.after.register
    at = register["case_no"].tolist().index(office.number)
    compared = [Compared(reader) for reader in kept_out(ours.after.policy, confidence, at)]
    if compared:
        whole = read_ledger(office.book)[1]
        theirs = plan(without_cases(office.book, whole, group_of(ours.after, office.number)), request)
        for one in compared:
            one.compare(*(list(mails_to(one.reader.addresses, each.mails, NOW)) for each in (ours, theirs)))
    return compared


def somebody_is_told(office: Office) -> None:
    """Every open case that is late is told to somebody who may know of it, or nobody is there whom it could go to."""
    result = _run_when_all_is_late(office)
    register, policy = result.after.register, result.after.policy
    confidence, replied = judge(result.after, result.now), answered(register)["replied_on"]
    last = max(rung.level for rung in policy.ladder)
    told: dict[str, list[Recipient]] = {}
    for notice, mail in result.notices:
        if (notice.kind, notice.step, notice.level) == (NoticeKind.ESCALATION, Step.REPLY, last):
            told.setdefault(notice.case_no, []).append(mail.reader)
    for at, number in enumerate(register["case_no"].tolist()):
        past_reply = register["status"][at] in ("", Status.CLOSED, Status.REPLIED) or not np.isnat(replied[at])
        if past_reply or at in confidence.being_typed:
            continue
        readers = told.get(number, [])
        assert all(confidence.may_know(at, one) for one in readers), f"{number} is told to {readers}"
        could = list(_who_could_be_told(policy, confidence, at, last, result.now.date()))
        assert readers or not could, f"{number} is told to nobody, but could be to {could}"


def _run_when_all_is_late(office: Office) -> Result:
    settings_of = [*office.rows["settings"]]
    for key, value in (
        ("sending", Sending.LIVE.label(office.language)),
        ("go_live_on", "2026-01-01"),
        ("storm_at", 50),
    ):
        name = SETTING[key].label(office.language)
        settings_of = [{"name": name, "value": value} if row["name"] == name else row for row in settings_of]
    index = [{**row, "first_seen": "2026-03-02"} for row in office.rows["index"]]
    book = replace(office, rows={**office.rows, "settings": settings_of, "index": index}).book
    now = EVERY_LEVEL_REACHED
    return plan(book, Request(JOBS["escalate"], now, now, dry_run=True, outbox=Path("outbox"), server=SERVER))


def _who_could_be_told(policy: Policy, confidence: Confidence, at: int, level: int, day: date) -> Iterator[str]:
    """Whoever is there, has an address, may know of the case, and holds a role of that level, or is outside."""
    roles = {slot for rung in policy.ladder if rung.level == level for slot in rung.to} - {"handler", "head", "leader"}
    for person in policy.people:
        held = roles.intersection(person.roles) | {Role.OUTSIDE.key}.intersection(person.roles)
        reached = [Recipient(person.name, address) for address in addresses_in(person.email)]
        if held and _is_there(person, day) and any(confidence.may_know(at, one) for one in reached):
            yield f"{person.name} ({', '.join(sorted(held))})"


def _is_there(person: Person, day: date) -> bool:
    away = person.absent_from is not None and person.absent_from <= day
    return not away or (person.absent_until is not None and person.absent_until < day)


def both(office: Office) -> None:
    nobody_can_tell(office)
    somebody_is_told(office)


def search(first: int, count: int) -> int:
    """Try offices, and return in how many batches one was wrong."""
    began, wrong = time.monotonic(), 0
    for done in range(0, count, BATCH):
        examples = min(BATCH, count - done)
        phases = (Phase.generate, Phase.shrink)
        options = settings(
            max_examples=examples, database=None, deadline=None, phases=phases, suppress_health_check=[*HealthCheck]
        )
        try:
            seed(first + done)(options(given(offices())(both)))()
        except AssertionError as found:
            wrong += 1
            print(f"seed {first + done}:\n{found}\n" + "\n".join(getattr(found, "__notes__", ())), flush=True)
        print(f"{done + examples} tried, {wrong} batches wrong, {time.monotonic() - began:.0f} s", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(1 if search(int(sys.argv[1]), int(sys.argv[2])) else 0)
