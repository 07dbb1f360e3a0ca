"""The cases a report names: late ones, matters from superiors, collective visits, repeats, cases that skipped a level.

None of these lists names a restricted case.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from automation.cases.indicators import Stock
from automation.ledger.case_numbers import tidy_number
from automation.ledger.table import Array, Table, is_among
from automation.reports.counting import View, as_day, day_of, enough, is_open, within
from automation.reports.model import CaseList, Earlier, Leapfrog, Listed, Period, Reminded, Superior
from sheet_schema.vocabulary import Channel, Light, NoticeKind, NoticeState, Start, Step

COLUMNS = (
    "kind", "topic", "status", "light", "step", "due_on", "closed_on", "superior_ref", "important", "leader_told",
    "leader_note",
)  # fmt: skip
"""The columns that lists and counts need besides those of the indicators."""
WENT_OUT = (NoticeState.SENT.key, NoticeState.WRITTEN.key)
"""States of a notice that has gone out."""


def listed(stock: Stock, at: Array | Sequence[int]) -> tuple[Listed, ...]:
    """These cases of the stock, in the given order."""
    these = part(stock, at)
    return tuple(_listed(these, i, opened) for i, opened in enumerate(is_open(these).tolist()))


def part(stock: Stock, at: Array | Sequence[int]) -> Stock:
    return stock.only(np.asarray(at, dtype=np.int64))


def _listed(stock: Stock, at: int, opened: bool) -> Listed:
    today = day_of(stock)
    received = as_day(stock.start[Start.RECEIVED][at]) or today
    due, closed = as_day(stock["due_on"][at]) if opened else None, as_day(stock["closed_on"][at])
    return Listed(
        number=str(stock["case_no"][at]),
        received_on=received,
        topic=str(stock["topic"][at]),
        department=str(stock["department"][at]),
        step=str(stock["step"][at]) if due else "",
        due_on=due,
        days_late=max((today - due).days, 0) if due else 0,
        age=max(((closed or today) - received).days, 0),
    )


def late(view: View) -> CaseList:
    """What is late on the report's day, worst first."""
    masks = [is_open(stock) & (stock["light"] == Light.LATE.key) for stock in (view.named, view.restricted)]
    at = np.flatnonzero(masks[0])
    by_due = at[np.argsort(view.named["due_on"][at], kind="stable")]
    return CaseList(listed(view.named, by_due), enough(int(masks[1].sum())))


def collective(view: View, period: Period, collective_from: int) -> CaseList:
    return _in_order(view, *(came(stock, period) & stock.collective(collective_from) for stock in _both(view)))


def repeats(view: View, period: Period) -> CaseList:
    """Cases that a person marked as repeating another one, as the indicator counts."""
    return _in_order(
        view,
        *(came(stock, period) & stock.repeats for stock in _both(view)),
    )


def _both(view: View) -> tuple[Stock, Stock]:
    return view.named, view.restricted


def came(stock: Stock, period: Period) -> Array:
    return within(stock.start[Start.RECEIVED], period)


def _in_order(view: View, named: Array, restricted: Array) -> CaseList:
    return CaseList(listed(view.named, by_number(view.named, named)), enough(int(restricted.sum())))


def by_number(stock: Stock, mask: Array) -> list[int]:
    at = np.flatnonzero(mask).tolist()
    numbers = stock["case_no"]
    return sorted(at, key=lambda i: (len(numbers[i]), numbers[i]))


def superiors(view: View, period: Period) -> tuple[tuple[Superior, ...], int]:
    """Matters from superiors and leaders that awaited an answer in the period, and the number of restricted ones."""
    named, restricted = (_waited(stock, period) for stock in _both(view))
    at = by_number(view.named, named)
    these = part(view.named, at)
    found = tuple(_superior(these, i, case) for i, case in enumerate(listed(view.named, at)))
    return found, enough(int(restricted.sum()))


def _waited(stock: Stock, period: Period) -> Array:
    """Received by the end of the period, and not answered before its beginning."""
    channel = stock["channel"]
    theirs = (channel == Channel.SUPERIOR.key) | (channel == Channel.LEADER.key)
    begun = stock.start[Start.RECEIVED] <= np.datetime64(period.last)
    answered_before = stock["fed_back_on"] < np.datetime64(period.first)
    waited: Array = theirs & begun & ~answered_before
    return waited


def _superior(stock: Stock, at: int, case: Listed) -> Superior:
    wanted, given = as_day(stock.due[Step.FEEDBACK][at]), as_day(stock["fed_back_on"][at])
    in_time: bool | None = None
    if wanted is not None and given is not None:
        in_time = given <= wanted
    elif wanted is not None and wanted < day_of(stock):
        in_time = False
    return Superior(
        case=case,
        channel=str(stock["channel"][at]),
        reference=str(stock["superior_ref"][at]),
        wanted_by=wanted,
        fed_back_on=given,
        in_time=in_time,
    )


def leapfrogs(view: View, period: Period, notices: Table) -> tuple[tuple[Leapfrog, ...], int]:
    """Cases that skipped a level, each with how it was handled here before; number of restricted ones."""
    named, restricted = (came(stock, period) & stock.leapfrogs for stock in _both(view))
    at = by_number(view.named, named)
    chains = _chains(view.every, view.named["case_no"][at].tolist()) if at else []
    before = dict.fromkeys(i for chain in chains for i in chain)
    handled = _handled(part(view.every, list(before)), notices)
    found = tuple(
        Leapfrog(case, tuple(handled[str(view.every["case_no"][i])] for i in chain))
        for case, chain in zip(listed(view.named, at), chains, strict=True)
    )
    return found, enough(int(restricted.sum()))


def _chains(stock: Stock, numbers: Sequence[str]) -> list[list[int]]:
    """For each of these cases the cases it repeats, directly or indirectly, the nearest first. Restricted ones are left
    out: named beside this case, they would tell who brought them."""
    where = {number: i for i, number in enumerate(stock["case_no"].tolist())}
    chains = []
    for number in numbers:
        chain = [where[number]]
        while (found := where.get(tidy_number(str(stock["repeat_of"][chain[-1]])))) is not None:
            if found in chain:
                break  # two cases marked as repeats of each other
            chain.append(found)
        chains.append([i for i in chain[1:] if not stock.restricted[i]])
    return chains


def _handled(stock: Stock, notices: Table) -> dict[str, Earlier]:
    """By number, how each case was handled here: when due and answered, days late, who was reminded."""
    reminded = _reminded(notices, stock["case_no"])
    found = {}
    for i, opened in enumerate(is_open(stock).tolist()):
        number = str(stock["case_no"][i])
        due, replied = as_day(stock.due[Step.REPLY][i]), as_day(stock["replied_on"][i])
        until = replied or (day_of(stock) if opened else None)
        found[number] = Earlier(
            number,
            department=str(stock["department"][i]),
            received_on=as_day(stock.start[Start.RECEIVED][i]),
            due_on=due,
            replied_on=replied,
            days_late=max((until - due).days, 0) if until and due else 0,
            reminded=reminded.get(number, ()),
        )
    return found


def _reminded(notices: Table, numbers: Array) -> dict[str, tuple[Reminded, ...]]:
    """The reminders of each of these cases, the oldest first; one to several people of a role counts once."""
    found: dict[str, set[Reminded]] = {}
    for i in went_out(notices, numbers, NoticeKind.REMINDER, NoticeKind.ESCALATION):
        on = as_day(notices["done_at"][i]) or as_day(notices["claimed_at"][i])
        if on is not None:
            one = Reminded(str(notices["kind"][i]), str(notices["slot"][i]), on)
            found.setdefault(str(notices["case_no"][i]), set()).add(one)
    return {number: tuple(sorted(ones, key=lambda one: (one.on, one.kind, one.slot))) for number, ones in found.items()}


def went_out(notices: Table, numbers: Array, *kinds: NoticeKind) -> list[int]:
    """Rows of Notices of these kinds about these cases that were sent or written, not only claimed."""
    mask = (
        is_among(notices["case_no"], numbers)
        & np.isin(notices["kind"], [kind.key for kind in kinds])
        & np.isin(notices["state"], WENT_OUT)
    )
    return [int(i) for i in np.flatnonzero(mask)]
