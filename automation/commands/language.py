"""The language in which the command line speaks where no ledger says which."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from automation.text.catalogue import msg
from sheet_schema.languages import LANGUAGES, SOURCE, Language

_ASKED = ("LEDGER_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Environment variables that name a language, the strongest first."""


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


HERE = language_of_the_system(os.environ)
"""The language of this computer."""


def here(text: str, **values: object) -> str:
    """A sentence in the language of this computer."""
    return msg(text).say(HERE, **values)
