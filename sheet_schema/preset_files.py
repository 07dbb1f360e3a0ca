"""Reads the presets, which fill the administrators' tabs of a new workbook.

A preset is a TOML file in `presets/` with an array of tables for each tab. Text that differs by language is
`{en, zh}`; a language that is not among them reads the English, or what there is. Choices are keys. Every row has a
`basis`, the rule it rests on. Only Deadlines has a column for it: there it is one short line for readers, and `source`
keeps what was read for it, which no workbook gets.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sheet_schema.languages import SOURCE, Language

FOLDER = Path(__file__).parent / "presets"
NAMES = tuple(sorted(one.stem for one in FOLDER.glob("*.toml")))
SECTIONS = ("topics", "departments", "routing", "deadlines", "escalation", "settings")


@dataclass(frozen=True)
class Preset:
    """One preset file. `sections` has its rows as written, by the key of their tab."""

    name: str
    sections: Mapping[str, tuple[Mapping[str, object], ...]]

    def rows(self, section: str, language: Language) -> list[dict[str, object]]:
        """The rows of one tab in the file's order: values by column key and `basis`, text in this language.

        Values are text or whole numbers, choices their keys, and `""` a blank cell. ValueError for an unknown section.
        """
        if section not in SECTIONS:
            raise ValueError(f"A preset has the sections {', '.join(SECTIONS)}, not {section!r}.")
        return [{key: _in_language(value, language) for key, value in row.items()} for row in self.sections[section]]


@cache
def load(name: str) -> Preset:
    """Load a preset by its name. Raises ValueError if there is none."""
    if name not in NAMES:
        raise ValueError(f"There is no preset called {name!r}: choose one of {', '.join(NAMES)}.")
    content = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return Preset(name, {section: tuple(content[section]) for section in SECTIONS})


def _in_language(value: object, language: Language) -> object:
    if not isinstance(value, dict):
        return value
    return next((value[one] for one in (language, SOURCE) if one in value), next(iter(value.values())))
