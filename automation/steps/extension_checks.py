"""The checks of extensions: what is missing, who may not approve, and why one does not count, for each step (docs/design.md#p3.9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from automation.cases.approval import approved, approvers, objection
from automation.cases.cases import Cases
from automation.cases.cell_prints import prints
from automation.cases.clocks import Clock
from automation.cases.extensions import EXTENDABLE, complete
from automation.cases.mailboxes import Recipient
from automation.ledger.name_cells import unknown
from automation.ledger.office_time import NO_DAY
from automation.ledger.people import NO_ROW
from automation.ledger.table import Array
from automation.steps.findings import WARNING, Finding
from sheet_schema.vocabulary import Status, Step

CELLS = ("extended_to", "extension_by", "extension_reason")


def extensions_hold(cases: Cases) -> Iterable[Finding]:
    """An extension is incomplete, the second, or does not count for a step whose time limit it should move."""
    register, real, extensions = cases.register, cases.register_lines.cases, cases.extensions
    parts = np.stack([register.read[key] != "" for key in CELLS])
    partly = real & parts.any(axis=0) & ~parts.all(axis=0) & ~extensions.stands
    yield Finding("extension_incomplete", "extended_to", np.flatnonzero(partly))
    told = real & ~np.isnat(register["told_of_extension_on"]) & (register.read["extended_to"] == "")
    yield Finding("told_of_no_extension", "told_of_extension_on", np.flatnonzero(told), warning=WARNING)
    typed, first = register["extended_to"], extensions.to
    again = real & ~np.isnat(typed) & ~np.isnat(first) & (typed != first)
    yield Finding("extended_twice", "extended_to", np.flatnonzero(again), each=lambda i: {"value": first[i]})
    asked = real & ~np.isnat(first) & ~again & (extensions.proper | extensions.stands)
    yield from _where_it_does_not_count(cases, asked)
    yield from _approved_late(cases, asked)


def _where_it_does_not_count(cases: Cases, asked: Array) -> Iterator[Finding]:
    """Why an extension does not move the time limits that would pass before it, nor any at all; one sentence for each reason."""
    clocks = {step: cases.clocks[step] for step in EXTENDABLE}
    moved = np.logical_or.reduce([clock.extended for clock in clocks.values()])
    to = cases.extensions.to
    bound = {step: asked & ~clock.extended & (clock.plain_due < to) for step, clock in clocks.items()}
    for i in np.flatnonzero(np.logical_or.reduce([*bound.values()])).tolist():
        found: dict[tuple[str, object], list[Step]] = {}
        for step in EXTENDABLE:
            if bound[step][i] and (clocks[step].open[i] or not moved[i]):
                found.setdefault(_why_not(cases, clocks[step], i), []).append(step)
        for (code, value), steps in found.items():
            yield Finding(code, "extended_to", np.array([i]), {"steps": steps, "value": value})
    reply, limit = (clocks[step].plain_due for step in EXTENDABLE)
    dues = np.where(
        np.isnat(reply), limit, reply
    )  # what is extended is the answer: the limit counts where it has no day
    no_gain = asked & ~moved & (to <= dues)
    no_gain[[at for clock in clocks.values() for at, waits in clock.waits.items() if waits.extra]] = False
    yield Finding("extension_no_gain", "extended_to", np.flatnonzero(no_gain), each=lambda i: {"value": dues[i]})


def _approved_late(cases: Cases, asked: Array) -> Iterator[Finding]:
    """The new day was entered in time, and only after the old day who approved it, or why: a person may say so, and it is seen."""
    whole_on, clocks = cases.extensions.whole_on, [cases.clocks[step] for step in EXTENDABLE]
    passed = [np.where(one.extended & one.open & (one.plain_due <= whole_on), one.plain_due, NO_DAY) for one in clocks]
    last = np.fmin.reduce(passed)
    late = np.flatnonzero(asked & ~np.isnat(last))
    yield Finding(
        "approved_late", "extension_by", late, each=lambda i: {"value": whole_on[i], "floor": last[i]}, warning=WARNING
    )


def _why_not(cases: Cases, clock: Clock, i: int) -> tuple[str, object]:
    if clock.fits[i]:
        return "extension_superior", clock.due[i]
    if not cases.ledger.policy.deadlines[clock.rule[i]].extend_up_to:
        return "extension_not_allowed", ""
    if cases.extensions.seen_on[i] >= clock.plain_due[i]:
        return "extension_late", clock.plain_due[i]
    return "extension_too_long", clock.latest[i]


def who_approved(cases: Cases) -> Iterable[Finding]:
    """Whoever approved an extension may not, or is not known; or a cell of one that counts has changed since."""
    register, real, stands = cases.register, cases.register_lines.cases, cases.extensions.stands
    whole = real & complete(register) & (register.read["extended_to"] != "")
    wrong = real & (register["extension_by"] != "") & ~approved(register, cases.ledger.policy)
    typed = approvers(register)
    for i in np.flatnonzero(wrong & ~stands).tolist():
        yield from _wrong_approver(cases, i, typed[i], begun=not whole[i])
    now = np.array(prints(register, "extension_by"), dtype=object)
    then = cases.extensions.approver
    changed = {"extension_by": wrong & (then != "") & (now != then)}
    for key in CELLS[1:]:
        lost = real & stands & (changed.get(key, False) | (register.read[key] == ""))
        yield Finding("extension_kept", key, np.flatnonzero(lost), warning=WARNING)


def _wrong_approver(cases: Cases, i: int, typed: str, *, begun: bool) -> Iterator[Finding]:
    """What is wrong with who approved an extension. Of one that somebody has only begun, no more than that nobody is called so."""
    policy = cases.ledger.policy
    if not begun and (found := objection(policy, typed)):
        yield Finding(found[0], "extension_by", np.array([i]), found[1])
    elif begun and policy.directory.person(typed) not in {one.name for one in policy.named_people if one.row != NO_ROW}:
        code, details = unknown(policy.directory, typed, is_department=False)
        yield Finding(code, "extension_by", np.array([i]), details, warning=WARNING)


def extensions_are_approved_by_others(cases: Cases) -> Iterable[Finding]:
    """An extension was approved by somebody whom the case is, or may be, about."""
    confidence, directory, register = cases.confidence, cases.ledger.policy.directory, cases.register
    for i in confidence.in_conflict:
        typed = str(register["extension_by"][i])
        if not typed or not cases.register_lines.cases[i] or register["status"][i] == Status.CLOSED.key:
            continue
        approvers = {party.name for party in directory.meant_by(typed).parties if not party.is_department}
        if any(confidence.bars(i, Recipient(name, "")) for name in approvers):
            yield Finding("approved_by_barred", "extension_by", np.asarray([i]), {"value": typed}, warning=WARNING)
