"""Reads what each preset's letters say, from `letters/`: a file for each preset, a table for each kind of letter.

What the keys of a table mean stands at the head of `letters/cn-school.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sheet_schema.languages import LANGUAGES, SOURCE, Language
from sheet_schema.letter_words import LetterKind

FOLDER = Path(__file__).parent / "letters"
PRESETS = tuple(sorted(one.stem for one in FOLDER.glob("*.toml")))
USUAL = "cn-school"
"""The letters of a ledger whose setting names no preset that has any."""
TEMPLATES = "templates"
"""The folder within that of a ledger's letters in which an office's own templates lie."""
TO_PETITIONER = "petitioner"


@dataclass(frozen=True)
class LetterDeclared:
    """One kind of letter, as its preset has it. `texts` has its lines by language, `remedies` and `no_remedies` the sentence on what
    can be done against it."""

    kind: LetterKind
    to: str
    needs: tuple[str, ...]
    demands: tuple[str, ...]
    texts: Mapping[str, str]
    above: Mapping[str, str]
    decisions: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    remedy: str | int = ""
    fills: str = ""
    remedies: Mapping[str, str] | None = None
    no_remedies: Mapping[str, str] | None = None

    def lines(self, language: Language) -> list[str]:
        """Its paragraphs and rows, each with the sign that says what it is."""
        return [line for line in _of(self.texts, language).split("\n") if line]

    def remedy_said(self, language: Language, *, given: bool) -> str:
        """The sentence on what can be done, with its placeholders; `""` if the letter has none."""
        texts = self.remedies if given else self.no_remedies
        return _of(texts, language) if texts else ""

    def above_said(self, language: Language) -> str:
        """Who stands above the school, in general words."""
        return _of(self.above, language)


@cache
def letters_of(preset: str) -> Mapping[str, LetterDeclared]:
    """The letters of a preset by the key of their kind."""
    content = tomllib.loads((FOLDER / f"{preset if preset in PRESETS else USUAL}.toml").read_text("utf-8"))
    above = content.pop("above")
    return {key: _declared(LetterKind.of(key), table, above) for key, table in content.items()}


def _declared(kind: LetterKind, table: Mapping[str, Any], above: Mapping[str, str]) -> LetterDeclared:
    return LetterDeclared(
        kind=kind,
        to=table["to"],
        needs=tuple(table["needs"]),
        demands=tuple(table["demands"]),
        texts={key: text for key, text in table.items() if key in LANGUAGES},
        above=above,
        decisions=tuple(table.get("decisions", ())),
        channels=tuple(table.get("channels", ())),
        due=tuple(table.get("due", ())),
        remedy=table.get("remedy", ""),
        fills=table.get("fills", ""),
        remedies=table.get("with_remedy"),
        no_remedies=table.get("without_remedy"),
    )


def _of(texts: Mapping[str, str], language: Language) -> str:
    return next((texts[one] for one in (language, SOURCE) if one in texts), next(iter(texts.values())))
