"""The clocks of filed cases by today's rules: what a case owed that was filed before its due days were fixed."""

from __future__ import annotations

from collections.abc import Mapping

from automation.cases.clocks import Clock, run_clocks
from automation.cases.extensions import extensions_in_filing
from automation.cases.joined_facts import answered
from automation.cases.stopped_clocks import MoreTime, waits_in_filing
from automation.ledger.model import Ledger
from automation.ledger.table import Array
from sheet_schema.vocabulary import Step


def clocks_in_filing(ledger: Ledger, index_at: Array, first_seen: Array) -> Mapping[Step, Clock]:
    """Work out the clocks of each row of Filing; `index_at` has its position in Index (-1: none)."""
    filing = answered(ledger.filing)
    extensions = extensions_in_filing(filing, ledger.index, index_at)
    waits = waits_in_filing(filing, ledger.index, index_at)
    return run_clocks(filing, ledger.policy, first_seen, MoreTime(extensions, waits), filing["case_no"] != "")
