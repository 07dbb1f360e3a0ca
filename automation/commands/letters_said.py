"""Whether a run has letters to make, and what it says of them. Nothing is imported that draws one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from automation.cases.letters.made import answered
from automation.commands.request import usual_outbox
from automation.run.job import Result
from automation.steps.letters import CODE
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


def letters_to_make(result: Result) -> list[str]:
    """The cases in which a run found a letter chosen that was not made yet, and nothing against it: else their rows say what."""
    register = result.after.register
    refused = {problem.case_no for problem in result.problems if problem.code == CODE}
    wanted = [
        number
        for number, kind, made in zip(
            *(register[key].tolist() for key in ("case_no", "letter", "letters_made")), strict=True
        )
        if kind and number and number not in refused and not answered(made, kind)
    ]
    return [] if result.stopped else wanted
