"""A chat as an address: what *Notices* has in *To* of a message that goes to one.

The sheet has a chat's name only; where it leads is a secret of the computer that sends (docs/design.md#p6.15).
"""

from __future__ import annotations

from automation.ledger.normal_form import normal

_MARK = "chat:"


def chat_address(name: str) -> str:
    """The address of the chat with this name, whatever its width, case or spaces; empty for a blank cell."""
    plain = normal(name)
    return f"{_MARK}{plain}" if plain else ""


def leads_somewhere(name: str) -> bool:
    """Whether somebody typed, where the name of a chat should stand, where it leads."""
    return "://" in name


def is_chat(address: str) -> bool:
    """Whether the address is a chat's, and no mailbox's."""
    return address.startswith(_MARK)


def chat_name(address: str) -> str:
    """The name in a chat's address."""
    return address.removeprefix(_MARK)
