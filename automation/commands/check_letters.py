"""What `check` says of an office's own templates of letters: how many there are, and what is wrong with any."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from automation.commands.language import spoken_of
from automation.commands.letters_said import folder_of_letters
from automation.forms.letters.filling import faults
from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.run.letter_folder import ENDING, LetterFolder, names_of
from automation.text.catalogue import Message, counted, msg
from automation.workbooks.laid_out import NOTHING_FOUND, Found
from sheet_schema.languages import traits
from sheet_schema.letter_files import letters_of

_SAID: Mapping[str, Message] = {
    "own": counted("Letters: 1 template of your own, in {folder}.", "Letters: {n} templates of your own, in {folder}."),
    "nobody": msg(
        "Letters: the template {name} is called like no letter, so it is never used. The letters are: {kinds}."
    ),
    "wrong": msg("Letters: {why}"),
}


def templates_found(address: str, ledger: Ledger) -> Found:
    """Look at each of them. Nothing is raised: what cannot be read is said."""
    folder = LetterFolder(folder_of_letters(address))
    there = _files(folder.templates)
    if not there:
        return NOTHING_FOUND
    language, spoken = ledger.language, spoken_of(ledger.language)
    letters = letters_of(ledger.policy.settings["preset"] or str(traits(language)["preset"]))
    known = {f"{name}{ENDING}" for one in letters.values() for name in names_of(one.kind, language)}
    findings = [
        _SAID["nobody"].say(spoken, name=path.name, kinds=[one.kind for one in letters.values()])
        for path in there
        if path.name not in known
    ]
    for declared in letters.values():
        try:
            template = folder.template(declared, language)
            wrong = faults(template, declared) if template.own else []
        except LedgerError as error:
            wrong = [error.message]
        findings += [_SAID["wrong"].say(spoken, why=one) for one in wrong]
    count = sum(path.name in known for path in there)
    return Found((_SAID["own"].say(spoken, n=count, folder=folder.templates),) if count else (), tuple(findings))


def _files(folder: Path) -> list[Path]:
    """The Word files in the folder, without those that Word keeps beside an open one."""
    return sorted(path for path in folder.glob(f"*{ENDING}") if not path.name.startswith("~$"))
