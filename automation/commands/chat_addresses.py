"""The secret addresses of chats, from the table [chat] of ledger.toml and from LEDGER_CHAT_… (docs/design.md#p6.15)."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import click

from automation.commands.defaults_file import CHATS, CONFIG
from automation.ledger.chats import chat_address
from automation.mail.transport.chats import Chats

VARIABLE = "LEDGER_CHAT_"


def chats_of_call() -> Chats:
    """The chats that are set for this call; what the environment has comes first."""
    typed = {**_in_file(), **_in_environment()}
    urls = {chat_address(name): url.strip() for name, url in typed.items() if chat_address(name) and url.strip()}
    return Chats(urls, installed=find_spec("apprise") is not None)


def _in_file() -> Mapping[str, str]:
    context = click.get_current_context(silent=True)
    found: Mapping[str, str] = context.meta.get(CHATS, {}) if context is not None else {}
    return found


def _in_environment() -> Mapping[str, str]:
    return {name[len(VARIABLE) :]: url for name, url in os.environ.items() if name.upper().startswith(VARIABLE)}


def open_file() -> str:
    """The path of the file with the addresses, if anybody on this computer may read it; empty if not, or where nobody can
    tell, as on Windows."""
    context = click.get_current_context(silent=True)
    path = context.meta.get(CONFIG, "") if context is not None and _in_file() else ""
    if not path or os.name == "nt":
        return ""
    return path if Path(path).stat().st_mode & (stat.S_IROTH | stat.S_IRGRP) else ""
