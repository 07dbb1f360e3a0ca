"""What leaders were told of important and collective cases, and how fast; and whether the ledger is whole."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from automation.cases.cases import Cases
from automation.ledger.case_numbers import in_order
from automation.ledger.model import Ledger
from automation.ledger.table import Array, Table, is_among
from automation.reports.counting import View
from automation.reports.lists import by_number, came, each, listed, these, went_out
from automation.reports.model import Integrity, Period, ToldCase
from automation.steps.numbering import EMPTIED, MISSING
from sheet_schema.vocabulary import NoticeKind

A_MINUTE = 60
"""Seconds."""


def told_cases(view: View, period: Period, ledger: Ledger, collective_from: int) -> tuple[tuple[ToldCase, ...], int]:
    """The important, collective and joint cases received in the period, and the number of restricted ones. The minutes run
    from the moment a run first saw the case until its first alert had gone out."""
    named, restricted = these(
        view, lambda stock: came(stock, period) & (stock["important"] | (stock["people"] >= collective_from))
    )
    found = by_number(named)
    if not len(found):
        return (), restricted
    seen = _first_seen(ledger, found["case_no"])
    alerted = _alerted(ledger.tables["notices"], found["case_no"])
    told = []
    cases = each(found, "people", "important", "leader_told", "leader_note")
    for case, one, joint in zip(cases, listed(found), found.joint(collective_from), strict=True):
        alerts, first = alerted.get(one.number, ()), seen.get(one.number)
        told.append(
            ToldCase(
                case=one,
                people=1 if np.isnan(case["people"]) else int(case["people"]),
                joint=bool(joint),
                important=case["important"],
                seen_at=first,
                alerted=alerts,
                minutes=(alerts[0][1] - first).total_seconds() / A_MINUTE if alerts and first else None,
                leader_told=bool(case["leader_told"]),
                leader_note=bool(case["leader_note"]),
            )
        )
    return tuple(told), restricted


def _first_seen(ledger: Ledger, numbers: Array) -> dict[str, datetime]:
    """The earliest moment at which History or Notices mentions each of these cases."""
    claimed = ledger.tables["notices"].frame("case_no", "claimed_at").rename(columns={"claimed_at": "at"})
    mentions = pd.concat([ledger.tables["history"].frame("case_no", "at"), claimed])
    first = mentions[mentions["case_no"].isin(numbers)].dropna(subset="at").groupby("case_no")["at"].min()
    return {str(number): at.to_pydatetime() for number, at in first.items()}


def _alerted(notices: Table, numbers: Array) -> dict[str, tuple[tuple[str, datetime], ...]]:
    """For each case the roles that were alerted, and when first; the earliest first."""
    told = went_out(notices, numbers, NoticeKind.ALERT).dropna(subset="done_at")
    first = told.sort_values(["done_at", "slot"]).drop_duplicates(["case_no", "slot"])
    return {
        str(number): tuple((slot, at.to_pydatetime()) for slot, at in zip(of["slot"], of["done_at"], strict=True))
        for number, of in first.groupby("case_no")
    }


def integrity(cases: Cases, view: View) -> Integrity:
    """Gaps in the numbers, vanished rows, and rows wrong for over a working day, as of now."""
    index, codes = cases.ledger.index, cases.ledger.index["problem_codes"]
    stands = is_among(index["case_no"], np.concatenate([cases.ledger.filing["case_no"], cases.register["case_no"]]))
    lost = (codes == MISSING) | (codes == EMPTIED)
    wrong = _long_wrong(cases)
    named, restricted = these(view, lambda stock: stock.among(wrong))
    return Integrity(
        in_order(index["case_no"][lost]),
        in_order(index["case_no"][~np.isnat(index["filed_on"]) & ~stands]),
        in_order(named["case_no"]),
        restricted,
    )


def _long_wrong(cases: Cases) -> frozenset[str]:
    """Cases whose row has had a problem, not just a warning, for more than one working day: a whole one lies behind. Whether
    today is a day off does not matter, since that may be decided today."""
    index, yesterday = cases.ledger.index, cases.now.date() - timedelta(days=1)
    since = index["problems_since"].astype("datetime64[D]")
    old = cases.ledger.policy.calendar.workdays_between(since, yesterday) >= 1
    wrong = {one.case_no for one in cases.ledger.problems if one.tab == "register" and not one.warning}
    return frozenset(wrong & set(index["case_no"][old].tolist()))
