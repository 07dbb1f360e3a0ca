"""What is said beside the person or department whose chat cannot be sent to from this computer (docs/design.md#p6.15)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from automation.ledger import problems as messages
from automation.ledger.chats import chat_address, leads_somewhere
from automation.ledger.model import Ledger, Problem


def unknown_chats(
    ledger: Ledger, known: Collection[str], *, installed: bool, shared: Collection[str] = ()
) -> Iterator[Problem]:
    """A problem beside each chat of which no address is `known`, to which nothing `installed` can send, or which leads where
    another one leads, too (`shared`); and beside what is itself an address, which is a secret and is not said again."""
    for tab in ("people", "departments"):
        table = ledger.tables[tab]
        for row, name in zip(table.rows.tolist(), table["chat"].tolist(), strict=True):
            address = chat_address(name)
            if leads_somewhere(name):
                yield Problem(tab, int(row), "chat", "chat_is_address", messages.problem("chat_is_address"))
            elif address and not (installed and address in known):
                code = "chat_shared" if address in shared else "chat_unknown"
                code = code if installed else "chat_not_installed"
                yield Problem(tab, int(row), "chat", code, messages.problem(code, value=name))
