"""Whether a run has letters to make, and what it says of them. Nothing is imported that draws one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from automation.cases.letters.made import answered
from automation.commands.request import usual_outbox
from automation.ledger.model import Ledger
from automation.text.catalogue import msg
from sheet_schema import Language
from sheet_schema.letter_files import TEMPLATES

_NOT_COPIED = msg("The letters in {folder} were not copied: copy that folder along.")


@dataclass(frozen=True)
class LettersSaid:
    """What is said of the letters of a run."""

    lines: tuple[str, ...] = ()
    went_well: bool = True


def folder_of_letters(workbook: str) -> Path:
    """Where the letters of a ledger lie: beside the workbook; for a Google Sheet, in the current folder."""
    return usual_outbox(workbook).with_suffix(".letters")


def has_templates(workbook: str) -> bool:
    """Whether the office has templates of its own beside the ledger at this address."""
    return (folder_of_letters(workbook) / TEMPLATES).is_dir()


def letters_left(workbook: str, language: Language) -> list[str]:
    """What is said of the letters beside the ledger at this address, where it is copied: a copy of the ledger has none."""
    folder = folder_of_letters(workbook)
    return [_NOT_COPIED.say(language, folder=folder)] if folder.is_dir() else []


def chosen_lines(ledger: Ledger) -> list[int]:
    """The rows in which a letter is chosen that was not made yet."""
    register = ledger.register
    wanted = np.flatnonzero(register["letter"] != "").tolist()
    return [at for at in wanted if not answered(str(register["letters_made"][at]), str(register["letter"][at]))]


def has_any_letter(ledger: Ledger) -> bool:
    """Whether a run has a letter to make, if nothing is against it."""
    return not ledger.stops and bool(chosen_lines(ledger))
