"""Keeps in Index what finished steps owed, of open cases and of those filed by earlier versions (docs/design.md#p3.16)."""

from __future__ import annotations

import numpy as np

from automation.cases.cases import Cases
from automation.cases.filed_clocks import clocks_in_filing
from automation.cases.joined_facts import answered
from automation.cases.owed import owed_now
from automation.ledger.office_time import today
from automation.ledger.table import Array, positions_of
from sheet_schema.vocabulary import Decision


def remember_owed(cases: Cases, columns: dict[str, Array]) -> None:
    """Fix in Index's columns what was owed by each step that is done."""
    lines, day, owed = cases.register_lines, today(cases.now), columns["owed"]
    known = lines.cases & (lines.index_at >= 0)
    at = lines.index_at[known]
    before = np.full(len(known), "", dtype=object)
    before[known] = owed[at]
    owed[at] = owed_now(cases.register, cases.ledger.policy, cases.clocks, before, day)[known]
    _of_earlier_versions(cases, columns, day)


def _of_earlier_versions(cases: Cases, columns: dict[str, Array], day: np.datetime64) -> None:
    filing, owed = answered(cases.ledger.filing), columns["owed"]
    at = positions_of(filing["case_no"], cases.ledger.index["case_no"])
    known = (filing["case_no"] != "") & (filing["owed"] == "") & (at >= 0)
    wanting = known & (filing["decision"] != "") & (filing["decision"] != Decision.VOID.key)
    wanting[wanting] = owed[at[wanting]] == ""
    if wanting.any():
        first_seen = columns["first_seen"][at]
        found = owed_now(
            filing,
            cases.ledger.policy,
            clocks_in_filing(cases.ledger, at, first_seen),
            np.full(len(at), "", dtype=object),
            day,
        )
        owed[at[wanting]] = found[wanting]
