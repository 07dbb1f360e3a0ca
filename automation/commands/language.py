"""The language in which the command line speaks where no ledger says which."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

import click

from automation.text.catalogue import msg
from sheet_schema.languages import LANGUAGES, SOURCE, Language

_ASKED = ("LEDGER_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Environment variables that name a language, the strongest first."""
_CHOSEN: ContextVar[Language | None] = ContextVar("language", default=None)
"""What `--language` before the command says, while that command is done."""


def spoken() -> Language:
    """The language of this call: what `--language` says, else that of the computer."""
    return _CHOSEN.get() or language_of_the_system(os.environ)


def chosen_language() -> Language | None:
    """What `--language` says in this call."""
    return _CHOSEN.get()


def spoken_of(ledger: Language) -> Language:
    """The language in which this call speaks of a ledger: what `--language` says, else the ledger's own."""
    return _CHOSEN.get() or ledger


@contextmanager
def one_call() -> Iterator[None]:
    """What a call chooses holds until its end."""
    before = _CHOSEN.set(None)
    try:
        yield
    finally:
        _CHOSEN.reset(before)


def choose_language(_: click.Context, __: click.Parameter, language: Language | None) -> None:
    """Speak this language from now on, if one was said."""
    _CHOSEN.set(language)


def language_of_the_system(environ: Mapping[str, str]) -> Language:
    """The installed language that the environment asks for; on Windows, where it seldom does, that of the system."""
    named = next((environ[name] for name in _ASKED if environ.get(name)), "") or _of_windows()
    asked = named.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return asked if asked in LANGUAGES else SOURCE


def _of_windows() -> str:
    if sys.platform != "win32":
        return ""
    import ctypes  # there only
    import locale

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")


def here(text: str) -> str:
    """Mark a sentence of the help. It stays English, and `said` says it when it is shown."""
    return text


def said(text: str) -> str:
    """A sentence that was marked by `here`, in the language of this call."""
    return msg(text).say(spoken()) if text else ""
