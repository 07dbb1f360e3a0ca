"""Addresses whose mail a server refused for good, and the report of each beside its person or department
(docs/design.md#p6.10)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.addresses import addresses_in
from automation.ledger.model import Ledger, Problem
from automation.ledger.table import Table
from sheet_schema.vocabulary import NoticeState

REFUSED = "address_refused"
ENDED = (NoticeState.SENT.key, NoticeState.FAILED.key)


def refused_addresses(ledger: Ledger) -> list[Problem]:
    """A problem beside every address whose last mail was refused, until it is corrected or accepts one."""
    refused = refusals(ledger.tables["notices"])
    return (
        [problem for tab in ("people", "departments") for problem in _beside(ledger, tab, refused)] if refused else []
    )


def refusals(notices: Table) -> dict[str, str]:
    """The server's reply by address, folded to lower case, for each that has taken no mail since it refused one."""
    failed = NoticeState.FAILED.key
    if not (notices["state"] == failed).any():
        return {}
    done = np.flatnonzero(np.isin(notices["state"], ENDED))
    last: dict[str, int] = {}
    for i in done[np.argsort(notices["done_at"][done], kind="stable")].tolist():
        last[notices["to"][i].casefold()] = i
    return {address: notices["error"][i] for address, i in last.items() if notices["state"][i] == failed}


def refused_cases(ledger: Ledger) -> dict[tuple[str, int], set[str]]:
    """By tab and row, the numbers of the cases in the mails that its addresses refused since they took one; "" of a mail about no case."""
    notices, refused = ledger.tables["notices"], refusals(ledger.tables["notices"])
    numbers: dict[str, set[str]] = {address: set() for address in refused}
    done = np.flatnonzero(np.isin(notices["state"], ENDED)) if refused else np.zeros(0, dtype=np.int64)
    for i in done[np.argsort(notices["done_at"][done], kind="stable")].tolist():
        if (address := notices["to"][i].casefold()) in numbers:
            if notices["state"][i] == NoticeState.SENT.key:
                numbers[address].clear()
            else:
                numbers[address].add(notices["case_no"][i])
    found = {}
    for tab in ("people", "departments") if refused else ():
        table = ledger.tables[tab]
        for row, cell in zip(table.rows.tolist(), table["email"].tolist(), strict=True):
            found[tab, int(row)] = set().union(*(numbers.get(one.casefold(), set()) for one in addresses_in(cell)))
    return found


def _beside(ledger: Ledger, tab: str, refused: dict[str, str]) -> Iterator[Problem]:
    table = ledger.tables[tab]
    for row, cell in zip(table.rows.tolist(), table["email"].tolist(), strict=True):
        for address in addresses_in(cell):
            if address.casefold() in refused:
                said = messages.problem("address_refused", value=address, reply=refused[address.casefold()])
                yield Problem(tab, int(row), "email", REFUSED, said)
