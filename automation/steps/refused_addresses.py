"""Addresses whose mail a server refused for good, and the report of each beside its person or department
(docs/design.md#p6.10)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.addresses import addresses_in
from automation.ledger.model import Ledger, Problem
from automation.ledger.table import Table
from sheet_schema.vocabulary import NoticeState

REFUSED = "address_refused"
ENDED = (NoticeState.SENT.key, NoticeState.FAILED.key)


def refused_addresses(ledger: Ledger, known: Collection[str] | None = None) -> list[Problem]:
    """A problem beside every address whose last mail was refused, until it is corrected or accepts one.

    For a reader who may know only of the cases with the numbers `known`, as if there had been no mail about any other
    (docs/design.md#p5.2).
    """
    return [
        Problem(tab, row, "email", REFUSED, messages.problem(REFUSED, value=address, reply=reply))
        for tab, row, address, reply in _where_refused(ledger, known)
    ]


def refusals(notices: Table, known: Collection[str] | None = None) -> dict[str, str]:
    """What a server said, by address, folded to lower case, for each that has taken no mail since it refused one."""
    found: dict[str, str] = {}
    if not (notices["state"] == NoticeState.FAILED.key).any():
        return found
    done = np.flatnonzero(np.isin(notices["state"], ENDED))
    for i in done[np.argsort(notices["done_at"][done], kind="stable")].tolist():
        if known is not None and notices["case_no"][i] and notices["case_no"][i] not in known:
            continue
        found.pop(address := notices["to"][i].casefold(), None)
        if notices["state"][i] == NoticeState.FAILED.key:
            found[address] = notices["error"][i]
    return found


def _where_refused(ledger: Ledger, known: Collection[str] | None) -> Iterator[tuple[str, int, str, str]]:
    """Tab, row and address of everybody who has an address that refused mail, and what the server said."""
    refused = refusals(ledger.tables["notices"], known)
    for tab in ("people", "departments") if refused else ():
        table = ledger.tables[tab]
        for row, cell in zip(table.rows.tolist(), table["email"].tolist(), strict=True):
            for address in addresses_in(cell):
                if address.casefold() in refused:
                    yield tab, int(row), address, refused[address.casefold()]
