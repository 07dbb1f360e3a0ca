"""Repeats of what a second review has settled: "仍然以同一事实和理由提出投诉请求的，……不再受理" (信访工作条例 art. 36).

Whether it is the same matter only a person can say, who names the earlier case in Repeat of (docs/design.md#p17.4).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

import numpy as np

from automation.cases.cases import Cases
from automation.cases.confidentiality import judge_table
from automation.ledger.case_numbers import tidy_number
from automation.ledger.model import Ledger
from automation.steps.findings import WARNING, Finding
from sheet_schema.vocabulary import Decision, Status

MOST_LINKS = 50
"""So many cases may each repeat the one before; cells that name each other in a circle end there."""


class Settled(NamedTuple):
    """The case that a second review has settled, and the day."""

    case_no: str
    on: date


def settled_before(ledger: Ledger, hidden: Collection[str] = frozenset()) -> Mapping[int, Settled]:
    """By position in the Register, the earlier case of the same matter that a second review settled.

    It is as if no case repeated one with a `hidden` number.
    """
    done = {
        number: Settled(number, day)
        for table in (ledger.filing, ledger.register)
        for number, day in zip(table["case_no"].tolist(), table["second_review_done_on"].tolist(), strict=True)
        if number and day is not None
    }
    if not done:
        return {}
    names = {
        number: tidy_number(earlier)
        for table in (ledger.filing, ledger.register)
        for number, earlier in zip(table["case_no"].tolist(), table["repeat_of"].tolist(), strict=True)
        if earlier
    }
    found = {}
    for at, own in enumerate(ledger.register["case_no"].tolist()):
        number = own
        for _ in range(MOST_LINKS):
            number = names.get(number, "")
            if number in hidden:
                break
            if number in done and number != own:
                found[at] = done[number]
                break
    return found


def is_settled(ledger: Ledger, case_no: str, hidden: Collection[str]) -> bool:
    """Whether a second review settled the matter before, by what may be said: not by cases with a `hidden` number."""
    numbers = ledger.register["case_no"]
    return any(numbers[at] == case_no for at in settled_before(ledger, hidden))


def repeats_of_what_is_settled(cases: Cases) -> Iterable[Finding]:
    """A case that is not closed or turned away repeats one that a second review settled. Whatever may not be said of that case is
    not said here either: its flag is all."""
    register, ledger = cases.register, cases.ledger
    asked = cases.register_lines.cases & np.isin(register["decision"], ["", Decision.ACCEPT.key])
    if not any(asked[at] for at in settled_before(ledger)):
        return
    filed = judge_table(ledger.filing, ledger.policy, cases.now.date())
    hidden = frozenset(
        (
            *ledger.filing["case_no"][~filed.nameable].tolist(),
            *register["case_no"][~cases.confidence.nameable].tolist(),
        )
    )
    settled = {at: one for at, one in settled_before(ledger, hidden).items() if asked[at]}
    said = {at: one for at, one in settled.items() if register["status"][at] != Status.CLOSED.key}
    each = {at: {"value": one.case_no, "floor": one.on} for at, one in said.items()}
    yield Finding(
        "settled_before", "repeat_of", np.asarray([*said], dtype=np.int64), each=each.__getitem__, warning=WARNING
    )
