"""What `check` says of chats: which are set, which are used, which cannot be; and a test message (docs/design.md#p6.15)."""

from __future__ import annotations

from collections.abc import Mapping

from automation.commands.chat_addresses import open_file
from automation.ledger.chats import chat_address, chat_name, leads_somewhere
from automation.ledger.model import Ledger
from automation.ledger.people import Department, Person
from automation.mail.transport.chats import Chats
from automation.text.catalogue import Message, Sentences, listed, msg
from automation.text.extras import how_to_install
from automation.workbooks.laid_out import NOTHING_FOUND, Found

_TEXTS: Mapping[str, Message] = {
    "used": msg("Chat {name}: an address is set; used by {users}."),
    "unused": msg("Chat {name}: an address is set; nobody uses it."),
    "unset": msg("Chat {name}: no address is set for it, so that {users} get mails only."),
    "bad": msg("Chat {name}: its address cannot be used ({reason}), so that all goes by mail."),
    "unknown": msg("no service is known that has such addresses"),
    "not_safe": msg("it leads there without TLS"),
    "shared": msg("another name has the same address, so that nobody can tell who reads along"),
    "typed": msg(
        "Chats: where {users} should have the name of a chat stands an address, which is a secret: write it under [chat] in ledger.toml, and its name in the sheet."
    ),
    "not_installed": msg("Chats: nothing is installed that could send to them; type {command}"),
    "open": msg(
        "Chats: others on this computer may read {path}, which holds secret addresses: take that right away (chmod 600)."
    ),
    "test_sent": msg("A test message was taken by the chat {name}."),
    "test_failed": msg(
        "The test message was not taken by the chat {name} ({error}): look at its address and at the network of this computer."
    ),
    "no_such": msg("No address is set for the chat {name}."),
    "test": msg("This is a test message."),
}


def chats_found(ledger: Ledger, chats: Chats) -> Found:
    """Which chats are set and used, and what is wrong with them."""
    users, typed = _users(ledger), _with_an_address(ledger)
    if not users and not typed and not chats.urls:
        return NOTHING_FOUND
    texts, language = Sentences(_TEXTS, ledger.language), ledger.language
    facts, findings = list[str](), list[str]()
    if typed:
        findings.append(texts.say("typed", users=listed(typed, language)))
    if not chats.installed:
        findings.append(texts.say("not_installed", command=how_to_install("chat")))
    for address in sorted({*users, *chats.urls}):
        name = chat_name(address)
        people = listed(users[address], language) if address in users else ""
        reason = _unusable(chats, address)
        if address not in chats.urls:
            findings.append(texts.say("unset", name=name, users=people))
        elif reason:
            findings.append(texts.say("bad", name=name, reason=texts[reason]))
        else:
            facts.append(texts.say("used" if people else "unused", name=name, users=people))
    if path := open_file():
        findings.append(texts.say("open", path=path))
    return Found(tuple(facts), tuple(findings))


def _users(ledger: Ledger) -> dict[str, list[str]]:
    """By the address of each chat that the sheet names, who has it."""
    users: dict[str, list[str]] = {}
    for one in _entries(ledger):
        if (address := chat_address(one.chat)) and not leads_somewhere(one.chat):
            users.setdefault(address, []).append(one.name)
    return users


def _with_an_address(ledger: Ledger) -> list[str]:
    """Who has a secret address in the sheet, where a name should stand."""
    return [one.name for one in _entries(ledger) if leads_somewhere(one.chat)]


def _entries(ledger: Ledger) -> tuple[Department | Person, ...]:
    return (*ledger.policy.departments, *ledger.policy.people)


def _unusable(chats: Chats, address: str) -> str:
    """Why the address cannot be used, as far as one can tell without sending, by the key of its text; empty if it can."""
    if chats.installed and address in chats.shared:
        return "shared"
    if address not in chats.usable:
        return ""
    from automation.mail.transport.chat import NOT_SAFE, plugin_of  # brings the extra along

    plugin = plugin_of(chats.urls[address])
    if not isinstance(plugin, str):
        return ""
    return "not_safe" if plugin == NOT_SAFE else "unknown"


def try_chat(ledger: Ledger, chats: Chats, name: str) -> Found:
    """Send a test message to this chat."""
    texts, address = Sentences(_TEXTS, ledger.language), chat_address(name)
    if address not in chats.urls:
        return Found((), (texts.say("no_such", name=name),))
    if not chats.installed or _unusable(chats, address):
        return NOTHING_FOUND  # which is said already
    from automation.mail.transport.chat import said_in  # brings the extra along

    error = said_in(chats.urls[address], texts["test"])
    if error:
        return Found((), (texts.say("test_failed", name=name, error=error),))
    return Found((texts.say("test_sent", name=name),), ())
