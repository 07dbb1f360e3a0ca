"""The languages that are installed, and the catalogue of each.

A language is a folder here: `language.toml` (how it is written), `labels.po` (tabs, columns, choices, settings and their
notes) and `messages.po` (every sentence of the program). English stands in the code and is what all others translate.
"""

from __future__ import annotations

import gettext
import io
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
Language = str
"""The folder name of an installed language."""
SOURCE: Language = "en"
"""The language in which labels and sentences are declared."""
LANGUAGES = (SOURCE, *sorted(one.parent.name for one in FOLDER.glob("*/language.toml") if one.parent.name != SOURCE))
"""The folder names of the installed languages, English first: `en`, `zh`."""
DOMAINS = ("labels", "messages")


@cache
def catalogue(language: Language, domain: str) -> gettext.NullTranslations:
    """The translations of one domain: as compiled by the set-up, or, if its source is newer, from the source itself."""
    if language == SOURCE:
        return gettext.NullTranslations()
    source = FOLDER / language / f"{domain}.po"
    made = source.with_suffix(".mo")
    if _is_current(made, source):
        with made.open("rb") as file:
            return gettext.GNUTranslations(file)
    return gettext.GNUTranslations(io.BytesIO(compiled(source)))


def _is_current(made: Path, source: Path) -> bool:
    return made.is_file() and made.stat().st_mtime >= source.stat().st_mtime


@cache
def translated(language: Language, context: str, english: str) -> str:
    """A label or note in this language; in English where nobody has translated it."""
    return catalogue(language, "labels").pgettext(context, english) if english else ""


@cache
def former(language: Language, context: str) -> tuple[str, ...]:
    """The labels that something had before, in ledgers that were made then."""
    return tuple(traits(language).get("former", {}).get(context, ()))


@cache
def labels_of(context: str, english: str) -> tuple[str, ...]:
    """The labels of something in every language, each once, English first; behind them those it had before."""
    before = (label for language in LANGUAGES for label in former(language, context))
    return tuple(dict.fromkeys((*(translated(language, context, english) for language in LANGUAGES), *before)))


@cache
def spellings_of(context: str, english: str, key: str, language: Language) -> tuple[str, ...]:
    """All that something may be called in a ledger of this language, best first."""
    ours = (*former(language, context), translated(language, context, english))
    return tuple(dict.fromkeys((*ours, *labels_of(context, english), key)))


@cache
def former_notes(language: Language, context: str) -> tuple[str, ...]:
    """The checksums of the notes that a column's header had before."""
    return tuple(traits(language).get("former_notes", {}).get(context, ()))


@cache
def also_written(language: Language, context: str) -> tuple[str, ...]:
    """What people who write this language also write for a word of a list."""
    own_name = traits(language).get("also_called", ()) if context == f"MailLanguage {language}" else ()
    return (*own_name, *traits(language).get("also_written", {}).get(context, ()))


def compiled(source: Path) -> bytes:
    """A catalogue of translations (`.po`) in the form that gettext reads (`.mo`)."""
    from babel.messages.mofile import write_mo  # a run on a ledger that was set up needs neither
    from babel.messages.pofile import read_po

    target = io.BytesIO()
    with source.open("rb") as file:
        write_mo(target, read_po(file))
    return target.getvalue()


@cache
def traits(language: Language) -> Mapping[str, Any]:
    """How a language is written: as compiled by the set-up, or, if its `language.toml` is newer, from that itself."""
    source = FOLDER / language / "language.toml"
    made = source.with_suffix(".json")
    return json.loads(made.read_bytes()) if _is_current(made, source) else described(source)


def described(source: Path) -> dict[str, Any]:
    """What a `language.toml` says."""
    import tomllib  # a run on a ledger that was set up does without it

    return tomllib.loads(source.read_text("utf-8"))


@cache
def in_every_language(table: str) -> tuple[Mapping[str, Any], ...]:
    """This table of each `language.toml` that has it, such as how people write days."""
    return tuple(traits(language)[table] for language in LANGUAGES if table in traits(language))


def said_for(table: str, what: str) -> tuple[str, ...]:
    """What people write for this, in every installed language, such as what they write for a tick."""
    return tuple(word for said in in_every_language(table) for word in said.get(what, ()))


def any_of(table: str, what: str) -> str:
    """A pattern for one of the words that people write for this, in any installed language."""
    words = sorted(set(said_for(table, what)), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, words))})" if words else "(?:(?!))"


def script(language: Language) -> str:
    """The script that decides fonts and widths, by its ISO 15924 code: `Latn` or `Hans`."""
    return str(traits(language)["script"])
