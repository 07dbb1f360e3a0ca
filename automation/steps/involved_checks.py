"""Checks of *Also involved* and *Parts answered*: departments that are none, days that cannot be read, whoever may not be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from automation.cases.cases import Cases
from automation.cases.involved import answers_of_others, due_of, is_in, missing_parts, parts_of
from automation.cases.recipients import Recipients
from automation.cases.steps_owed import applies
from automation.cases.told import Told
from automation.ledger.department_cells import TypedPart
from automation.ledger.name_cells import unknown
from automation.ledger.normal_form import normal
from automation.ledger.notices import Notice
from automation.steps.findings import WARNING, Finding
from automation.steps.handler_checks import reaches_nobody_there
from automation.text.catalogue import groups
from sheet_schema.vocabulary import NoticeKind, Status, Step, Who


def involved_departments_are_known(cases: Cases) -> Iterable[Finding]:
    """A cell names a department that is none, or a day that cannot be read, or says of a part only that it is not needed."""
    directory, register = cases.ledger.policy.directory, cases.register
    known = {normal(one.name) for one in cases.ledger.policy.departments}
    for at, parts in _of_cases(cases):
        for part in parts:
            column = "involved" if register["involved"][at] else "department"
            if normal(part.name) not in known:
                code, details = unknown(directory, part.name, is_department=True)
                yield Finding(code, column, np.asarray([at]), details)
            for bad in part.bad:
                yield Finding(
                    "part_day", column, np.asarray([at]), {"value": bad.details.get("value", ""), "name": part.name}
                )
            if part.waived and not part.why:
                yield Finding("part_waived_why", column, np.asarray([at]), {"value": part.name})
            if part.answered and part.answered_on is None and not part.bad:
                yield Finding(
                    "part_answered_when", "parts_answered", np.asarray([at]), {"value": part.name}, warning=WARNING
                )
            if part.answered_on is not None and part.answered_on > cases.now.date():
                when: dict[str, object] = {"value": part.answered_on}
                yield Finding("in_the_future", "parts_answered", np.asarray([at]), when, warning=WARNING)
    for at in np.flatnonzero(cases.register_lines.cases & (register["parts_answered"] != "")).tolist():
        for part in answers_of_others(cases.ledger, at):
            yield Finding("part_of_nobody", "parts_answered", np.asarray([at]), {"value": part.name}, warning=WARNING)


def parts_fit_the_reply(cases: Cases) -> Iterable[Finding]:
    """A part is due after the reply, or the case was answered and could be closed, but for a part that is missing."""
    register, reply = cases.register, cases.clocks[Step.REPLY]
    owing = applies(register, Step.REPLY)
    for at, parts in _of_cases(cases):
        if not owing[at]:
            continue
        for part in parts:
            due = due_of(cases.of_parts, at, part.name)
            last = reply.due[at].item()
            if part.until is not None and not is_in(part) and due is not None and last is not None and due > last:
                details = {"value": part.name, "floor": last}
                yield Finding("part_after_reply", "involved", np.asarray([at]), details, warning=WARNING)
        missing = missing_parts(cases.ledger, at)
        if missing and not np.isnat(register["replied_on"][at]) and register["outcome"][at]:
            names = groups([part.name for part in missing], cases.ledger.language)
            yield Finding("parts_missing", "parts_answered", np.asarray([at]), {"value": names}, warning=WARNING)


def involved_departments_are_told(cases: Cases) -> Iterable[Finding]:
    """A department also involved must not know of the case, or no mail reaches it: the office is told why."""
    recipients = Recipients(cases.ledger.policy, cases.register, cases.confidence, cases.now.date())
    for at, parts in _of_cases(cases):
        for part in parts:
            if (
                is_in(part)
                or cases.register["status"][at] == Status.CLOSED.key
                or recipients.department(part.name) is None
            ):
                continue
            column = "involved" if cases.register["involved"][at] else "department"
            if cases.confidence.bars_department(at, part.name):
                yield Finding("may_not_know", column, np.asarray([at]), {"value": part.name}, warning=WARNING)
            elif reaches_nobody_there(_told(cases, recipients, at, part)):
                yield Finding("hands_unreached", column, np.asarray([at]), {"value": part.name}, warning=WARNING)


def _told(cases: Cases, recipients: Recipients, at: int, part: TypedPart) -> Told:
    return recipients.told(
        Notice(
            kind=NoticeKind.ASSIGNMENT.key,
            case_no=str(cases.register["case_no"][at]),
            case_at=at,
            step=Step.PART.key,
            due_on=None,
            level=0,
            slot=Who.HANDLER.key,
            from_day=cases.now.date(),
            holder=part.name,
        )
    )


def _of_cases(cases: Cases) -> Iterator[tuple[int, tuple[TypedPart, ...]]]:
    for at, parts in parts_of(cases.ledger).items():
        if cases.register_lines.cases[at]:
            yield at, parts
