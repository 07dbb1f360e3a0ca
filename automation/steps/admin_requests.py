"""What an administrator requested under "Please do" in Settings, and the answers still owed (docs/design.md#p4.25).

An answer is owed from the commit that empties the cell until its mail is confirmed, so that a run that dies in between
loses none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import numpy as np

from automation.cases.cases import Cases
from automation.cases.recipients import Recipients, may_be_written_to
from automation.ledger import problems as messages
from automation.ledger.model import Ledger, Problem
from automation.ledger.notices import NO_CASE, Notice
from automation.ledger.people import Person
from automation.ledger.table import Table
from sheet_schema import SETTING
from sheet_schema.sending_words import UNFINISHED
from sheet_schema.settings import PLEASE_DO
from sheet_schema.vocabulary import NoticeKind, Role, Sending

_OWED = tuple(state.key for state in UNFINISHED)

Owed = Mapping[tuple[str, str], tuple[date, int]]
"""(administrator, request) → the day of the request, and how many times it was made that day, as its notice says."""


def answer(ledger: Ledger, now: datetime) -> list[Notice]:
    """A notice to each administrator for the present request and for each answer still owed.

    A request that is there while its answer is owed is still the same one: a run that died between its claim and its
    commit did not clear the cell. The notice has the request as its step, and as its level which time it is that day.
    """
    request, notices = ledger.policy.settings[PLEASE_DO], ledger.tables["notices"]
    owed = _owed(notices)
    answers = []
    for person in _administrators(ledger):
        mine = {what: when for (name, what), when in owed.items() if name == person.name}
        if request and request not in mine:
            mine[request] = (now.date(), 1 + _times(notices, person.name, request, now.date()))
        answers += [_notice(person, what, *when, now.date()) for what, when in mine.items()]
    return answers


def held_requests(cases: Cases) -> list[Problem]:
    """A problem beside the setting while a request has to wait, because no answer could be mailed."""
    ledger, settings = cases.ledger, cases.ledger.policy.settings
    row = settings.rows.get(PLEASE_DO)
    if not settings[PLEASE_DO] or row is None:
        return []
    recipients = Recipients(ledger.policy, ledger.register, cases.confidence, cases.now.date())
    administrators = recipients.in_role(Role.ADMINISTRATOR.key)
    if settings["sending"] == Sending.PAUSED:
        code = "asked_while_paused"
    elif not any(may_be_written_to(ledger.policy, administrator) for administrator in administrators):
        code = "asked_by_nobody"
    else:
        return []
    said = messages.problem(code, sending=SETTING["sending"], role=Role.ADMINISTRATOR)
    return [Problem("settings", row, "value", code, said)]


def _administrators(ledger: Ledger) -> list[Person]:
    return [person for person in ledger.policy.people if Role.ADMINISTRATOR in person.roles]


def _owed(notices: Table) -> Owed:
    rows = (notices["kind"] == NoticeKind.ANSWER.key) & np.isin(notices["state"], _OWED)
    columns = (notices[key][rows].tolist() for key in ("slot", "step", "due_on", "level"))
    return {
        (slot, step): (day, int(level))
        for slot, step, day, level in zip(*columns, strict=True)
        if step and day is not None and level.isdecimal()
    }


def _times(notices: Table, name: str, asked: str, day: date) -> int:
    """How many times this person has made this request on that day."""
    ours = (notices["kind"] == NoticeKind.ANSWER.key) & (notices["slot"] == name) & (notices["step"] == asked)
    ours &= notices["due_on"] == np.datetime64(day, "D")
    levels = [int(level) for level in notices["level"][ours].tolist() if level.isdecimal()]
    return max(levels, default=0)


def _notice(person: Person, what: str, day: date, time: int, now: date) -> Notice:
    return Notice(
        kind=NoticeKind.ANSWER.key,
        case_no="",
        case_at=NO_CASE,
        step=what,
        due_on=day,
        level=time,
        slot=person.name,
        from_day=now,
    )
