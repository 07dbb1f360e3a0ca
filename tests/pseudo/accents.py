"""Puts an accent on every letter of a text but what stays as it is in any language, and finds letters that have none."""

from __future__ import annotations

import re

_PLAIN = "abcdefghijklmnopqrstuvwxyz"
_ACCENTED = "áƀçðéƒĝĥíĵķļɱñóþǫŕšţúṽŵẋýž"
_ACCENTS = str.maketrans(_PLAIN + _PLAIN.upper(), _ACCENTED + _ACCENTED.upper())
_STAYS = re.compile(
    r"""
    \{[^{}]*\} | `[^`]*`                                  # places to be filled, and what is typed as it stands
    | https?://[^\s<>"”»)]+ | [\w.+-]+@[\w.-]*\w          # addresses
    | (?<![\w-])--?[a-z][a-z-]*                           # options
    | [\w./\\-]*\w\.(?:xlsx|toml|zh|py|docx|json|pdf|html|journal|backups|letters(?:/templates)?|eml|csv|example)\b
    | LEDGER_\w* | GOOGLE_[A-Z_]+ | PATH                  # variables of the environment
    | </?[a-z][^<>]*> | &\#?\w+; | %\(?\w+\)?[sd]?        # tags, entities, places of other kinds
    """,
    re.VERBOSE,
)
_LONGER = (" ɱóŕé", " áñð", " óñ", " ţĥáţ", " ŵéļļ")
_RUN = re.compile(r"[A-Za-z]{2,}")


def accented(text: str) -> str:
    """The text with an accent on each letter. A sentence (three words or more) is made a third longer as well."""
    longer = _longer(text) if len(text.split()) > 2 else ""
    done, at = [], 0
    for found in _STAYS.finditer(text):
        done += [text[at : found.start()].translate(_ACCENTS), found[0]]
        at = found.end()
    done.append(text[at:].translate(_ACCENTS))
    said = "".join(done)
    end = len(said.rstrip(" .:!?\n…"))
    return said[:end] + longer + said[end:]


def _longer(text: str) -> str:
    added, at = "", 0
    while len(added) * 3 < len(text):
        added += _LONGER[at % len(_LONGER)]
        at += 1
    return added


def without_accent(text: str, known: re.Pattern[str]) -> list[str]:
    """The runs of letters in a text that have no accent, but for what stays as it is and what is known."""
    return _RUN.findall(_STAYS.sub(" ", known.sub(" ", text)))
