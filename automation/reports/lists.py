"""The cases a report names: late ones, matters from superiors, collective visits, repeats, cases that skipped a level.

None of these lists names a restricted case.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from automation.cases import standing
from automation.cases.indicators import Mask, Stock
from automation.ledger.case_numbers import tidy_number
from automation.ledger.table import Array, Table
from automation.reports.counting import View, day_of, is_open, within
from automation.reports.model import CaseList, Earlier, Leapfrog, Listed, Period, Reminded, Superior
from sheet_schema.vocabulary import Channel, Light, NoticeKind, NoticeState, Start

COLUMNS = (
    "kind", "topic", "status", "light", "step", "due_on", "closed_on", "superior_ref", "important", "leader_told",
    "leader_note",
)  # fmt: skip
"""The columns that lists and counts need besides those of the indicators."""
WENT_OUT = (NoticeState.SENT.key, NoticeState.WRITTEN.key)
"""States of a notice that has gone out."""
Case = Mapping[Any, Any]
"""One case by the columns of a `Stock`."""


def listed(stock: Stock) -> tuple[Listed, ...]:
    """The cases of the stock, in its order."""
    today, cases = (
        day_of(stock),
        each(stock, "start_received", "due_on", "closed_on", "topic", "department", "step", "quotable"),
    )
    return tuple(_listed(case, today, opened) for case, opened in zip(cases, is_open(stock), strict=True))


def each(stock: Stock, *keys: str) -> list[dict[Any, Any]]:
    """The cases as mappings of their number and these columns."""
    columns = ("case_no", *keys)
    return [
        dict(zip(columns, cells, strict=True)) for cells in zip(*(stock[key].tolist() for key in columns), strict=True)
    ]


def _listed(case: Case, today: date, opened: bool) -> Listed:
    """A line of a list. Of a case of which it is not clear yet whether it is restricted, it has number, step and dates."""
    received = case["start_received"] or today
    due, closed = case["due_on"] if opened else None, case["closed_on"]
    return Listed(
        number=case["case_no"],
        received_on=received,
        topic=case["topic"] if case["quotable"] else "",
        department=case["department"] if case["quotable"] else "",
        step=case["step"] if due else "",
        due_on=due,
        days_late=max((today - due).days, 0) if due else 0,
        age=max(((closed or today) - received).days, 0),
    )


def late(view: View) -> CaseList:
    """What is late on the report's day, worst first."""
    named, restricted = these(view, lambda stock: is_open(stock) & standing.with_light(stock, Light.LATE))
    return CaseList(listed(named.ordered(np.argsort(named["due_on"], kind="stable"))), restricted)


def collective(view: View, period: Period, collective_from: int) -> CaseList:
    return _by_number(view, lambda stock: came(stock, period) & stock.collective(collective_from))


def repeats(view: View, period: Period) -> CaseList:
    """Cases that a person marked as repeating another one, as the indicator counts."""
    return _by_number(view, lambda stock: came(stock, period) & stock.repeats)


def came(stock: Stock, period: Period) -> Mask:
    return within(stock.start(Start.RECEIVED), period)


def these(view: View, which: Callable[[Stock], Mask]) -> tuple[Stock, int]:
    """The cases masked by `which` that may be named, and how many restricted ones there are."""
    return view.named.only(which(view.named)), int(which(view.restricted).sum())


def by_number(stock: Stock) -> Stock:
    """The cases in the order of issue: LV-99999 before LV-100000."""
    numbers = stock["case_no"].tolist()
    return stock.ordered(sorted(range(len(numbers)), key=lambda at: (len(numbers[at]), numbers[at])))


def _by_number(view: View, which: Callable[[Stock], Mask]) -> CaseList:
    named, restricted = these(view, which)
    return CaseList(listed(by_number(named)), restricted)


def superiors(view: View, period: Period) -> tuple[tuple[Superior, ...], int]:
    """Matters from superiors and leaders that awaited an answer in the period, and the number of restricted ones."""
    named, restricted = these(view, lambda stock: _waited(stock, period))
    found = by_number(named)
    today = day_of(found)
    cases = each(found, "channel", "superior_ref", "due_feedback", "fed_back_on")
    return tuple(_superior(case, one, today) for case, one in zip(cases, listed(found), strict=True)), restricted


def _waited(stock: Stock, period: Period) -> Mask:
    """Received by the end of the period, and not answered before its beginning."""
    theirs = (stock["channel"] == Channel.SUPERIOR) | (stock["channel"] == Channel.LEADER)
    begun = stock.start(Start.RECEIVED) <= np.datetime64(period.last)
    answered_before = stock["fed_back_on"] < np.datetime64(period.first)
    masked: Mask = theirs & begun & ~answered_before
    return masked


def _superior(case: Case, one: Listed, today: date) -> Superior:
    wanted, given = case["due_feedback"], case["fed_back_on"]
    in_time: bool | None = None
    if wanted is not None and given is not None:
        in_time = given <= wanted
    elif wanted is not None and wanted < today:
        in_time = False
    return Superior(
        case=one,
        channel=case["channel"],
        reference=case["superior_ref"],
        wanted_by=wanted,
        fed_back_on=given,
        in_time=in_time,
    )


def leapfrogs(view: View, period: Period, notices: Table) -> tuple[tuple[Leapfrog, ...], int]:
    """Cases that skipped a level, each with how it was handled here before; number of restricted ones. The earlier cases
    leave out restricted ones: named beside this case, they would tell who brought them."""
    named, restricted = these(view, lambda stock: came(stock, period) & stock.leapfrogs)
    found = listed(by_number(named))
    repeats = dict(zip(view.every["case_no"], map(tidy_number, view.every["repeat_of"]), strict=True)) if found else {}
    chains = [_chain(one.number, repeats) for one in found]
    before = {number for chain in chains for number in chain}
    earlier = _handled(view.every, before, notices) if before else {}
    return tuple(
        Leapfrog(one, tuple(earlier[number] for number in chain if number in earlier))
        for one, chain in zip(found, chains, strict=True)
    ), restricted


def _chain(number: str, repeats: Mapping[str, str]) -> list[str]:
    """The cases that this one repeats, directly or indirectly, the nearest first. `repeats` says what each case repeats."""
    chain = [number]
    while (found := repeats[chain[-1]]) in repeats and found not in chain:  # two may be marked as repeats of each other
        chain.append(found)
    return chain[1:]


def _handled(every: Stock, numbers: Collection[str], notices: Table) -> dict[str, Earlier]:
    """By number, how each of these cases that may be named was handled here: when due and answered, days late, who was
    reminded."""
    last = {number: at for at, number in enumerate(every["case_no"].tolist()) if number in numbers}
    found_here = every.ordered([*last.values()])
    stock = found_here.only(~found_here["restricted"])
    reminded, today = _reminded(notices, stock["case_no"]), day_of(stock)
    found = {}
    cases = each(stock, "department", "start_received", "due_reply", "replied_on", "quotable")
    for case, opened in zip(cases, is_open(stock), strict=True):
        due, replied = case["due_reply"], case["replied_on"]
        until = replied or (today if opened else None)
        found[case["case_no"]] = Earlier(
            case["case_no"],
            department=case["department"] if case["quotable"] else "",
            received_on=case["start_received"],
            due_on=due,
            replied_on=replied,
            days_late=max((until - due).days, 0) if until and due else 0,
            reminded=reminded.get(case["case_no"], ()),
        )
    return found


def _reminded(notices: Table, numbers: Array) -> dict[str, tuple[Reminded, ...]]:
    """The reminders of each of these cases, the oldest first; one to several people of a role counts once."""
    told = went_out(notices, numbers, NoticeKind.REMINDER, NoticeKind.ESCALATION)
    told = told.assign(on=told["done_at"].fillna(told["claimed_at"]).dt.date).dropna(subset="on")
    told = told.drop_duplicates(["case_no", "on", "kind", "slot"]).sort_values(["on", "kind", "slot"])
    return {
        str(number): tuple(map(Reminded, of["kind"], of["slot"], of["on"])) for number, of in told.groupby("case_no")
    }


def went_out(notices: Table, numbers: Array, *kinds: NoticeKind) -> pd.DataFrame:
    """The lines of Notices of these kinds about these cases that were sent or written, not only claimed."""
    lines = notices.frame("case_no", "kind", "slot", "state", "claimed_at", "done_at")
    return lines[lines["case_no"].isin(numbers) & lines["kind"].isin(kinds) & lines["state"].isin(WENT_OUT)]
