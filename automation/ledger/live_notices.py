"""The lines of Notices that concern a case of the Register: few, where ten years of them lie filed."""

from __future__ import annotations

from automation.ledger.model import Ledger
from automation.ledger.table import Array, Table, is_among


def live_notices(ledger: Ledger) -> Table:
    """Notices without the lines that name no case of the Register: for what is asked of such cases alone."""
    notices = ledger.tables["notices"]
    return notices.remembered(_of_cases, notices, ledger.register["case_no"])


def _of_cases(notices: Table, numbers: Array) -> Table:
    return notices.only(is_among(notices["case_no"], numbers) & (notices["case_no"] != ""))
