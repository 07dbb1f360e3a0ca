"""What a setting of the Settings tab is."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import Enum

from sheet_schema.languages import Language, translated
from sheet_schema.word import Labelled, Words


class SettingType(Enum):
    TEXT = "text"
    WHOLE = "whole number"
    TIME = "time of day"
    DATE = "date"
    CHOICE = "choice"
    SEVERAL = "several choices"
    ZONE = "time zone"


@dataclass(frozen=True)
class Setting(Labelled):
    """One row of Settings. `default` is written as a person would type it, a choice's as its key.

    `least` and `most` bound a whole number; a text must match `pattern`, if there is one, as a whole. `places` are the
    words in braces that are filled in there; None where braces mean nothing. `several` is a list of whose words it holds any
    number, with ; between, or none.
    """

    key: str
    english: str
    type: SettingType
    _: KW_ONLY
    meaning_english: str
    default: str = ""
    choices: Words | None = None
    several: Words | None = None
    least: int = 0
    most: int = 100_000
    pattern: str = ""
    places: tuple[str, ...] | None = None

    def meaning(self, language: Language) -> str:
        return translated(language, f"{self.context} meaning", self.meaning_english)
