"""Addresses whose mail a server refused for good, and the report of each beside its person or department
(docs/design.md#p6.10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.addresses import addresses_in
from automation.ledger.model import Ledger, Problem
from automation.ledger.table import Table
from sheet_schema.vocabulary import NoticeState

REFUSED = "address_refused"
ENDED = (NoticeState.SENT.key, NoticeState.FAILED.key)


class Refusal(NamedTuple):
    """What a server said last of an address, and the numbers of the cases in the mails that it refused since it took one; `""`
    of a mail about no case."""

    reply: str
    case_numbers: frozenset[str]


def refused_addresses(ledger: Ledger) -> list[Problem]:
    """A problem beside every address whose last mail was refused, until it is corrected or accepts one."""
    return [
        Problem(tab, row, "email", REFUSED, messages.problem(REFUSED, value=address, reply=refusal.reply))
        for tab, row, address, refusal in _where_refused(ledger)
    ]


def refused_cases(ledger: Ledger) -> dict[tuple[str, int], frozenset[str]]:
    """By tab and row of such a problem, the numbers of the cases in the mails that were refused."""
    found: dict[tuple[str, int], frozenset[str]] = {}
    for tab, row, _, refusal in _where_refused(ledger):
        found[tab, row] = found.get((tab, row), frozenset()) | refusal.case_numbers
    return found


def refusals(notices: Table) -> dict[str, Refusal]:
    """By address, folded to lower case, for each that has taken no mail since it refused one."""
    found: dict[str, Refusal] = {}
    if not (notices["state"] == NoticeState.FAILED.key).any():
        return found
    done = np.flatnonzero(np.isin(notices["state"], ENDED))
    for i in done[np.argsort(notices["done_at"][done], kind="stable")].tolist():
        before = found.pop(address := notices["to"][i].casefold(), None)
        if notices["state"][i] == NoticeState.FAILED.key:
            numbers = before.case_numbers if before else frozenset()
            found[address] = Refusal(notices["error"][i], numbers | {notices["case_no"][i]})
    return found


def _where_refused(ledger: Ledger) -> Iterator[tuple[str, int, str, Refusal]]:
    """Tab, row and address of everybody who has an address that refused mail."""
    refused = refusals(ledger.tables["notices"])
    for tab in ("people", "departments") if refused else ():
        table = ledger.tables[tab]
        for row, cell in zip(table.rows.tolist(), table["email"].tolist(), strict=True):
            for address in addresses_in(cell):
                if address.casefold() in refused:
                    yield tab, int(row), address, refused[address.casefold()]
