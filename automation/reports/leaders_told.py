"""What leaders were told of important and collective cases, and how fast; and whether the ledger is whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np

from automation.cases.cases import Cases
from automation.cases.indicators import Stock
from automation.ledger.model import Ledger
from automation.ledger.table import Array, Table, is_among
from automation.reports.counting import View, enough, in_order
from automation.reports.lists import by_number, came, listed, part, went_out
from automation.reports.model import Integrity, Period, ToldCase
from automation.steps.numbering import EMPTIED, MISSING
from sheet_schema.vocabulary import NoticeKind

A_MINUTE = 60
"""Seconds."""


def told_cases(view: View, period: Period, ledger: Ledger, collective_from: int) -> tuple[tuple[ToldCase, ...], int]:
    """The important, collective and joint cases received in the period, and the number of restricted ones. The minutes run
    from the moment a run first saw the case until its first alert had gone out."""
    masks = [
        came(stock, period) & (stock["important"] | (stock["people"] >= collective_from))
        for stock in (view.named, view.restricted)
    ]
    at = by_number(view.named, masks[0])
    these = part(view.named, at)
    joint = these.joint(collective_from)
    seen = _first_seen(ledger, these["case_no"])
    alerted = _alerted(ledger.tables["notices"], these["case_no"])
    found = []
    for i, case in enumerate(listed(view.named, at)):
        alerts, first = alerted.get(case.number, {}), seen.get(case.number)
        told_at = min(alerts.values(), default=None)
        people = these["people"][i]
        found.append(
            ToldCase(
                case=case,
                people=1 if np.isnan(people) else int(people),
                joint=bool(joint[i]),
                important=bool(these["important"][i]),
                seen_at=first,
                alerted=tuple(sorted(alerts.items(), key=lambda one: (one[1], one[0]))),
                minutes=(told_at - first).total_seconds() / A_MINUTE if told_at and first else None,
                leader_told=bool(these["leader_told"][i]),
                leader_note=bool(these["leader_note"][i]),
            )
        )
    return tuple(found), enough(int(masks[1].sum()))


def _first_seen(ledger: Ledger, numbers: Array) -> dict[str, datetime]:
    """The earliest moment at which History or Notices mentions each case."""
    found: dict[str, datetime] = {}
    for tab, at in (("history", "at"), ("notices", "claimed_at")):
        table = ledger.tables[tab]
        mask = is_among(table["case_no"], numbers) & ~np.isnat(table[at])
        for number, when in zip(table["case_no"][mask].tolist(), table[at][mask].tolist(), strict=True):
            found[number] = min(when, found.get(number, when))
    return found


def _alerted(notices: Table, numbers: Array) -> dict[str, dict[str, datetime]]:
    """For each case, when each role was first alerted."""
    found: dict[str, dict[str, datetime]] = {}
    for i in went_out(notices, numbers, NoticeKind.ALERT):
        when, slot = notices["done_at"][i].item(), str(notices["slot"][i])
        if when is not None:
            by_role = found.setdefault(str(notices["case_no"][i]), {})
            by_role[slot] = min(when, by_role.get(slot, when))
    return found


def integrity(cases: Cases, view: View) -> Integrity:
    """Gaps in the numbers, vanished rows, and rows wrong for over a working day, as of now."""
    index = cases.ledger.index
    lost = np.isin(index["problem_codes"], [MISSING, EMPTIED])
    filed = ~np.isnat(index["filed_on"])
    stands = np.zeros(len(index), dtype=bool)
    for table in (cases.ledger.filing, cases.register):
        stands |= is_among(index["case_no"], table["case_no"])
    wrong = _long_wrong(cases)
    return Integrity(
        in_order(index["case_no"][lost].tolist()),
        in_order(index["case_no"][filed & ~stands].tolist()),
        in_order(_among(view.named, wrong)),
        enough(len(list(_among(view.restricted, wrong)))),
    )


def _long_wrong(cases: Cases) -> frozenset[str]:
    """Cases whose row has had a problem, not just a warning, for more than one working day."""
    index = cases.ledger.index
    since = index["problems_since"].astype("datetime64[D]")
    old = cases.ledger.policy.calendar.workdays_between(since, cases.now.date()) > 1
    wrong = {one.case_no for one in cases.ledger.problems if one.tab == "register" and not one.warning}
    return frozenset(wrong & set(index["case_no"][old].tolist()))


def _among(stock: Stock, numbers: frozenset[str]) -> Iterable[str]:
    return (number for number in stock["case_no"].tolist() if number in numbers) if numbers else ()
