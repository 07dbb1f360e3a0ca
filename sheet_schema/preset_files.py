"""The presets: what a new workbook's administrators' tabs are first filled with, and what each row rests on.

A preset is a TOML file in `presets/`, one array of tables for each tab. Text that differs by language is
`{en, zh}`, choices are keys. Every row has a `basis`, in the tab where the tab has such a column (Deadlines)
and otherwise only in the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sheet_schema.vocabulary import LANGUAGES, Language

NAMES = ("cn-school", "uk-school")
SECTIONS = ("topics", "departments", "routing", "deadlines", "escalation", "settings")


@dataclass(frozen=True)
class Preset:
    """One preset file. `sections` holds its rows as written, by the key of the tab they belong to."""

    name: str
    sections: Mapping[str, tuple[Mapping[str, object], ...]]

    def rows(self, section: str, language: Language) -> list[dict[str, object]]:
        """The rows of one tab in file order, by column key, text in this language and choices by their keys.

        Values are text or whole numbers; `""` is a blank cell. `basis` is always among them.
        """
        if section not in SECTIONS:
            raise ValueError(f"A preset has the sections {', '.join(SECTIONS)}, not {section!r}.")
        return [{key: _in_language(value, language) for key, value in row.items()} for row in self.sections[section]]


@cache
def load(name: str) -> Preset:
    """The preset of this name. ValueError, in one sentence, if there is none."""
    if name not in NAMES:
        raise ValueError(f"There is no preset called {name!r}: choose one of {', '.join(NAMES)}.")
    content = tomllib.loads((files("sheet_schema") / "presets" / f"{name}.toml").read_text("utf-8"))
    return Preset(name, {section: tuple(content[section]) for section in SECTIONS})


def _in_language(value: object, language: Language) -> object:
    return value[language] if isinstance(value, dict) and set(value) == set(LANGUAGES) else value
