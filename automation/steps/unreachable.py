"""Addresses that a mail server refused for good, shown beside the person or department they belong to."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from automation.cases.recipients import addresses
from automation.ledger import problems as messages
from automation.ledger.model import Ledger, Problem
from sheet_schema.vocabulary import NoticeState

TELLING = (NoticeState.SENT.key, NoticeState.FAILED.key)


def refused_addresses(ledger: Ledger) -> list[Problem]:
    """A problem beside every address whose last mail was refused; once the address is mended, or takes one, it is gone."""
    refused = _refused(ledger)
    return (
        [problem for tab in ("people", "departments") for problem in _beside(ledger, tab, refused)] if refused else []
    )


def _refused(ledger: Ledger) -> dict[str, str]:
    """By address what the server said last, for those it refused last."""
    notices = ledger.tables["notices"]
    done = np.flatnonzero(np.isin(notices["state"], TELLING))
    last: dict[str, int] = {}
    for i in done[np.argsort(notices["done_at"][done], kind="stable")].tolist():
        last[notices["to"][i].casefold()] = i
    failed = NoticeState.FAILED.key
    return {address: notices["error"][i] for address, i in last.items() if notices["state"][i] == failed}


def _beside(ledger: Ledger, tab: str, refused: dict[str, str]) -> Iterator[Problem]:
    table = ledger.tables[tab]
    for row, cell in zip(table.rows.tolist(), table["email"].tolist(), strict=True):
        for address in addresses(cell):
            if address.casefold() in refused:
                said = messages.problem(
                    "address_refused", ledger.language, value=address, reply=refused[address.casefold()]
                )
                yield Problem(tab, int(row), "email", "address_refused", *said)
