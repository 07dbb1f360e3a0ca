"""The duty to report to the superior: which important or collective matters the authority above has to be told of, and by when.

信访工作条例 (2022) art. 25: what is grave and urgent is reported at once; art. 46: it is not hidden or delayed. The school's own
custom says how soon. Only people report: nothing goes to the superior by itself (docs/design.md#p18.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np

from automation.cases.cases import Cases
from automation.cases.imported import imported_on
from automation.cases.mailboxes import Recipient
from automation.cases.office_contact import usable_number
from automation.cases.recipients import Recipients
from automation.cases.steps_owed import closed_before
from automation.cases.urgency import is_collective, is_important, is_joint
from automation.ledger.live_notices import live_notices
from automation.ledger.people import Person
from automation.ledger.policy import Policy
from automation.ledger.table import Array, Table
from sheet_schema.settings import REPORT_WITHIN
from sheet_schema.vocabulary import Decision, NoticeKind, NoticeState, Role, Status


def is_weighty(register: Table, policy: Policy) -> Array:
    """Mask the important matters, the collective visits and the joint letters, and what may be one of them."""
    weighty: Array = is_important(register) | is_collective(register, policy) | is_joint(register, policy)
    return weighty


def report_within(policy: Policy) -> timedelta | None:
    """How soon after the first alert the superior is to be told; None where nobody is asked to."""
    minutes = policy.settings.whole(REPORT_WITHIN)
    return timedelta(minutes=minutes) if minutes else None


def reports_owed(cases: Cases) -> Array:
    """Mask the cases of which the superior has not been told yet. What was asked of an open case is asked until it is done, also
    once the case is closed; nothing is of what came with an import. Whatever stands in the cell counts: if it is no day, the row
    says so."""
    register, policy = cases.register, cases.ledger.policy
    if report_within(policy) is None:
        return np.zeros(len(register), dtype=bool)
    open_yet = (register["status"] != Status.CLOSED.key) | np.isin(register["case_no"], [*_asked(cases)])
    owed: Array = (
        cases.register_lines.cases
        & is_weighty(register, policy)
        & open_yet
        & (register["decision"] != Decision.VOID.key)
        & (register.read["reported_on"] == "")
        & ~closed_before(register)
        & np.isnat(imported_on(cases.ledger, cases.register_lines))
    )
    return owed


def _asked(cases: Cases) -> frozenset[str]:
    """The numbers of the cases of which the office was alerted, so that it reports."""
    notices = live_notices(cases.ledger)
    asked = (notices["kind"] == NoticeKind.ALERT.key) & (notices["slot"] == Role.OFFICE.key)
    return frozenset(notices["case_no"][asked & (notices["state"] != NoticeState.VOID.key)].tolist())


def alerted_since(notices: Table) -> Mapping[str, datetime]:
    """When the first alert of each case was claimed, by case number."""
    alerts = (notices["kind"] == NoticeKind.ALERT.key) & (notices["state"] != NoticeState.VOID.key)
    since: dict[str, datetime] = {}
    for number, when in zip(notices["case_no"][alerts].tolist(), notices["claimed_at"][alerts].tolist(), strict=True):
        if when is not None:
            since[number] = min(when, since.get(number, when))
    return since


def report_due(cases: Cases, at: int) -> datetime | None:
    """By when the superior is to be told of the case at this position: so long after its first alert, which may be about to go."""
    within, first = report_within(cases.ledger.policy), _first_alert(cases, at) or cases.now
    return None if within is None else first.replace(tzinfo=None) + within


def report_late_since(cases: Cases, at: int) -> datetime | None:
    """By when the superior was to be told of the case at this position, if that is over; None while nobody was alerted of it."""
    due = report_due(cases, at) if _first_alert(cases, at) else None
    return due if due is not None and cases.now.replace(tzinfo=None) >= due else None


def _first_alert(cases: Cases, at: int) -> datetime | None:
    return alerted_since(live_notices(cases.ledger)).get(str(cases.register["case_no"][at]))


def superiors_to_call(recipients: Recipients, at: int) -> list[tuple[Person, str]]:
    """The contacts at authorities who may hear of the case, each with a telephone number: nobody whom it is or may be about,
    nobody at all where it stays with a few, and nobody who shares a number with somebody in conflict."""
    confidence, found = recipients.confidence, []
    for person in recipients.policy.people:
        here = Recipient(person.name, "")
        if Role.SUPERIOR not in person.roles or confidence.bars(at, here) or not confidence.may_be_alerted(at, here):
            continue
        if number := usable_number(recipients, [at], person):
            found.append((person, number))
    return found
