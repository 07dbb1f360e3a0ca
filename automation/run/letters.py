"""Makes letters: writes their files, and says so in the rows of their cases, in one guarded commit (docs/design.md#p16.3).

The files are written first. If a run dies before the commit, the next one finds the same file with the same content, and takes it for
its own; if a row had changed meanwhile, its files are taken away again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from automation.cases.cases import Cases
from automation.cases.letters.facts import Lack, declared_for, mark_of
from automation.cases.letters.made import Made, as_cell, made_in
from automation.cases.letters.objections import Considered, chosen, considered
from automation.forms.letters.as_pdf import letter_pdf
from automation.forms.letters.filling import as_file, faults, filled_in, places
from automation.ledger.changes import known_rows
from automation.ledger.errors import Busy
from automation.ledger.history import run_mark
from automation.ledger.model import Filled, Ledger
from automation.ledger.office_time import local_time
from automation.ledger.recognition import refuse_what_is_no_ledger
from automation.ledger.workbook import Changed
from automation.run.history import with_history
from automation.run.letter_folder import ENDING, LetterFolder, safe
from automation.run.row_commit import ATTEMPTS, Rows, committed, rows_of
from automation.text.catalogue import msg
from automation.workbooks.laid_out import LaidOut
from sheet_schema.word import Labelled

_WHY = msg("a letter was made: {file}")
_BLANK = msg("[missing]")
_DRAFT = msg("draft {stem}", "file")


@dataclass(frozen=True)
class LettersRequest:
    """Where letters go, and when it is. With `pdf` each is drawn as a PDF, too; a `draft` is made whatever is missing."""

    folder: LetterFolder
    now: datetime
    pdf: bool = False
    draft: bool = False


@dataclass(frozen=True)
class Letter:
    """A letter that was made, or could not be: `why` has the reasons. `left` says that its row changed meanwhile."""

    number: str
    kind: Labelled
    files: tuple[Path, ...] = ()
    why: tuple[Lack, ...] = ()
    considered: Considered | None = None
    left: bool = False
    own_template: bool = False


@dataclass(frozen=True)
class LettersMade:
    """What came of it, with the ledger as it was read."""

    ledger: Ledger
    letters: tuple[Letter, ...] = ()


Wanted = Callable[[Cases], Sequence[tuple[int, str]]]
"""Which cases want which kind of letter."""


def make_letters(workbook: LaidOut, request: LettersRequest, wanted: Wanted = chosen) -> LettersMade:
    """Make the letters that are wanted and can be made. Raises Busy, and LedgerError where a file cannot be written."""
    refuse_what_is_no_ledger(workbook.read())  # before anything is locked, which leaves a file beside it
    with workbook.lock():
        for _ in range(ATTEMPTS):
            rows = rows_of(workbook, request.now)
            letters = [
                _letter(rows.cases, at, kind, request)
                for at, kind in wanted(rows.cases)
                if known_rows(rows.ledger.register, np.array([at])).size
            ]
            new = [letter for letter in letters if letter.files and not request.draft]
            try:
                undone = committed(workbook, rows, _told(rows, new, request.now)) if new else frozenset()
            except Changed:
                _take_back(request, new)
                continue
            except BaseException:
                _take_back(request, new)
                raise
            _take_back(request, [letter for letter in new if letter.number in undone])
            return LettersMade(
                rows.cases.ledger,
                tuple(replace(one, files=(), left=True) if one.number in undone else one for one in letters),
            )
    raise Busy(msg("{workbook} was saved again and again: try again in a minute.").of(workbook=workbook.name))


def _take_back(request: LettersRequest, letters: Sequence[Letter]) -> None:
    request.folder.take_away([file for letter in letters for file in letter.files])


def _letter(cases: Cases, at: int, kind: str, request: LettersRequest) -> Letter:
    """Write one letter's files, unless something is against it."""
    ledger, declared = cases.ledger, declared_for(cases, kind)
    language, number = ledger.language, str(cases.register["case_no"][at])
    template = request.folder.template(declared, language)
    if wrong := faults(template, declared):
        return Letter(number, declared.kind, why=tuple(("letter", one) for one in wrong))
    one = considered(cases, at, kind, places(template), of_all=True)
    against = one.forbids if request.draft else one.objections
    if against:
        return Letter(number, declared.kind, why=against, considered=one)
    values = {place: text or _BLANK.say(language) for place, text in one.facts.values.items()}
    word = filled_in(template, values, declared, language)
    contents = {ENDING: as_file(word)} | ({".pdf": letter_pdf(word, language)} if request.pdf else {})
    stem = f"{safe(number)} {safe(declared.kind.label(language))}"
    stem = _DRAFT.say(language, stem=stem) if request.draft else stem
    files = request.folder.keep(stem, contents)
    return Letter(number, declared.kind, files, one.lacks, one, own_template=template.own)


def _told(rows: Rows, letters: Sequence[Letter], when: datetime) -> Ledger:
    """The ledger in whose rows these letters are told of, with a line in History for each."""
    ledger, language = rows.ledger, rows.ledger.language
    now = local_time(when, ledger.policy.settings.zone)
    register, made = ledger.register, ledger.register["letters_made"].copy()
    for letter in letters:
        assert letter.considered is not None  # a letter with files was considered
        at = letter.considered.at
        declared = letter.considered.declared
        mark = mark_of(rows.cases, at, declared) if register["letter"][at] == declared.kind else ""
        new = Made(
            day=now.date().isoformat(),
            kind=letter.considered.declared.kind.key,
            label=letter.kind.label(language),
            file=letter.files[0].name,
            mark=mark,
        )
        made[at] = as_cell([*made_in(str(made[at])), new])
    why = [_WHY.say(language, file=letter.files[0].name) for letter in letters]
    told = ledger.having(register=register.having(letters_made=made))
    filled = Filled("letters_made", [one.considered.at for one in letters if one.considered], why)
    return with_history(told, [filled], run_mark(now), now)
