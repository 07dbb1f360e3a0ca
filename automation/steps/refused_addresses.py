"""Addresses whose mail a server refused for good, chats that took no message, and the report of each beside its person or
department (docs/design.md#p6.10)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.addresses import addresses_in
from automation.ledger.chats import chat_address, is_chat
from automation.ledger.model import Ledger, Problem
from automation.ledger.table import Table
from sheet_schema.vocabulary import NoticeState

REFUSED = {"email": "address_refused", "chat": "chat_refused"}
"""By column, the problem with an address in it that refused."""
ENDED = (NoticeState.SENT.key, NoticeState.FAILED.key)


def refused_addresses(ledger: Ledger, known: Collection[str] | None = None) -> list[Problem]:
    """A problem beside every address whose last mail was refused, until it is corrected or accepts one.

    For a reader who may know only of the cases with the numbers `known`, as if there had been no mail about any other
    (docs/design.md#p5.2).
    """
    return [
        Problem(tab, row, key, REFUSED[key], messages.problem(REFUSED[key], value=value, reply=reply))
        for tab, row, key, value, reply in _where_refused(ledger, known)
    ]


def refusals(notices: Table, known: Collection[str] | None = None) -> dict[str, str]:
    """What a server said, by address, folded to lower case, for each that has taken no mail since it refused one. A chat took
    nothing either where a mail went instead, as the reason in *Error* says."""
    found: dict[str, str] = {}
    ended = np.isin(notices["state"], ENDED)
    refused = ended & (notices["state"] == NoticeState.FAILED.key)
    for i in np.flatnonzero(ended & (notices["error"] != "")).tolist():
        refused[i] |= is_chat(notices["to"][i])
    if not refused.any():
        return found
    done = np.flatnonzero(ended)
    for i in done[np.argsort(notices["done_at"][done], kind="stable")].tolist():
        if known is not None and notices["case_no"][i] and notices["case_no"][i] not in known:
            continue
        found.pop(address := notices["to"][i].casefold(), None)
        if refused[i]:
            found[address] = notices["error"][i]
    return found


def _where_refused(ledger: Ledger, known: Collection[str] | None) -> Iterator[tuple[str, int, str, str, str]]:
    """Tab, row, column, address of everybody who has an address that refused mail, or a chat that took nothing, and why."""
    refused = refusals(ledger.tables["notices"], known)
    for tab in ("people", "departments") if refused else ():
        table = ledger.tables[tab]
        cells = zip(table.rows.tolist(), table["email"].tolist(), table["chat"].tolist(), strict=True)
        for row, cell, chat in cells:
            for address in addresses_in(cell):
                if address.casefold() in refused:
                    yield tab, int(row), "email", address, refused[address.casefold()]
            if chat_address(chat) in refused:
                yield tab, int(row), "chat", chat, refused[chat_address(chat)]
