"""import: take the register that an office kept before over into the ledger, or take such an import back.

It says first what each column means and what would come of it, in a small file beside the register that can be corrected
(docs/design.md#p13.1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from automation.commands.console import one_object
from automation.commands.import_said import Told, as_json, in_words
from automation.commands.language import spoken_of
from automation.commands.options import Session, moment
from automation.ledger.errors import Busy, LedgerError, Misused
from automation.ledger.foreign_sheet import ForeignFile, ForeignSheet
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import read_ledger
from automation.ledger.parsing import habits_of
from automation.ledger.workbook import Changed, Commit, Snapshot, Undone, Workbook
from automation.run.importing import IMPORT, Imported, plan_import
from automation.run.job import Request, Result
from automation.run.taking_back import TAKE_BACK, plan_taking_back
from automation.text.catalogue import counted, msg
from automation.ways_in.headings import headings_of
from automation.ways_in.old_case import OldCase
from automation.ways_in.old_cases import old_cases
from automation.ways_in.proposal import Proposal
from automation.ways_in.proposal_file import as_file, corrected
from automation.ways_in.proposing import Proposed, proposed
from automation.workbooks.file_rights import rights_of
from automation.workbooks.foreign.opening import foreign_file
from automation.workbooks.laid_out import LaidOut
from automation.workbooks.opening import workbook_at
from automation.workbooks.plain_files import read_plain, reason_of
from automation.workbooks.whole_files import write_whole

ATTEMPTS = 5
ENDING = ".import.toml"
_MOST_OF_A_PROPOSAL = 1 << 20
_Plan = TypeVar("_Plan")
_COLOURS = msg(
    "{name} says by a colour which cases are closed, and colours can be read of an .xlsx only: save it as .xlsx, and give that file."
)
_NO_HEADINGS = msg(
    "{name} has no line of headings that a register would have: it needs at least three, such as the day, the name and the matter."
)
_BACK = counted(
    "The import of {mark} is taken back: 1 case is a blank line again.",
    "The import of {mark} is taken back: {n} cases are blank lines again.",
)
_WOULD_BE_BACK = counted(
    "The import of {mark} would be taken back, with 1 case.",
    "The import of {mark} would be taken back, with {n} cases.",
)


@dataclass(frozen=True)
class ImportOptions:
    """The options of `import`, as typed."""

    workbook: str
    file: str | None = None
    tab: str = ""
    take_back: str = ""
    now: str | None = None
    dry_run: bool = False
    as_json: bool = False


def import_register(asked: ImportOptions, session: Session) -> int:
    """Take a register over, or take back what was."""
    workbook = workbook_at(asked.workbook, session.real_time)
    if asked.take_back:
        return _take_back(workbook, asked, session)
    if not asked.file and not asked.tab:
        raise Misused(msg("Name the file with the old register, or with --tab a tab of the ledger's own workbook."))
    session.tell("reading")
    ledger = _ledger(workbook)
    file = foreign_file(Path(asked.file)) if asked.file else _own_tab(workbook, asked.tab)
    if asked.file and asked.tab:
        file = _only(file, asked.tab)
    found = proposed(file, habits_of(ledger))
    if found is None:
        raise LedgerError(_NO_HEADINGS.of(name=file.name), ledger.language)
    if found.colours_unseen:
        raise LedgerError(_COLOURS.of(name=file.name), ledger.language)
    path = Path(f"{asked.file or asked.tab}{ENDING}")
    proposal, is_new = _proposal(path, found, file, ledger)
    told = _import(workbook, asked, session, (file, proposal, old_cases(file, proposal, habits_of(ledger))))
    told = told._replace(proposal_file=path, proposal_is_new=is_new, evidence=found.evidence)
    if asked.as_json:
        session.say(one_object(as_json(told)))
    else:
        for line in in_words(told, spoken_of(ledger.language)):
            session.say(line)
    return 0


def refuse_what_is_no_register(file: str) -> None:
    """Raises LedgerError unless this file can be imported."""
    if not any(map(headings_of, foreign_file(Path(file)).sheets)):
        raise LedgerError(_NO_HEADINGS.of(name=Path(file).name))


def _ledger(workbook: Workbook) -> Ledger:
    return read_ledger(workbook.read())[1]


def _own_tab(workbook: LaidOut, title: str) -> ForeignFile:
    """A tab of the ledger's own workbook."""
    grids = workbook.read_whole().grids
    if title not in grids:
        raise LedgerError(msg("{workbook} has no tab “{tab}”: check its name.").of(workbook=workbook.name, tab=title))
    return ForeignFile(workbook.name, (ForeignSheet(title, grids[title].rows),))


def _only(file: ForeignFile, title: str) -> ForeignFile:
    sheets = [sheet for sheet in file.sheets if sheet.title == title]
    if not sheets:
        raise LedgerError(msg("{workbook} has no tab “{tab}”: check its name.").of(workbook=file.name, tab=title))
    return ForeignFile(file.name, sheets, file.encoding, file.separator)


def _proposal(path: Path, found: Proposed, file: ForeignFile, ledger: Ledger) -> tuple[Proposal, bool]:
    """The proposal as a person corrected it; if there is no file of it yet, it is written. Raises LedgerError."""
    try:
        text = read_plain(path, _MOST_OF_A_PROPOSAL).decode("utf-8-sig")
    except FileNotFoundError:
        _write(
            path,
            as_file(found.proposal, found.evidence, file.name, ledger.language),
            Path(str(path).removesuffix(ENDING)),
        )
        return found.proposal, True
    except (OSError, UnicodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise LedgerError(
            msg("{path} cannot be read ({reason}): put it right, or delete it for a new one.").of(
                path=path, reason=reason
            )
        ) from error
    return corrected(found.proposal, text, path.name), False


def _write(path: Path, text: str, beside: Path) -> None:
    """Write the proposal, for those who may read the register."""
    try:
        write_whole(
            path, text.encode("utf-8", "surrogatepass"), rights_of(beside).beside() if beside.exists() else None
        )
    except OSError as error:
        raise LedgerError(
            msg("{path} cannot be written ({reason}): copy the register to a folder in which you may write.").of(
                path=path, reason=reason_of(error)
            )
        ) from error


def _import(
    workbook: LaidOut, asked: ImportOptions, session: Session, read: tuple[ForeignFile, Proposal, list[OldCase]]
) -> Told:
    file, proposal, cases = read
    request = Request(IMPORT, moment(asked.now, session.real_time), session.real_time, dry_run=asked.dry_run)

    def plan(snapshot: Snapshot) -> Imported:
        return plan_import(snapshot, request, cases, file.name)

    session.tell("working_out")
    if asked.dry_run:
        return Told(file, proposal, cases, plan(workbook.read()), written=False)
    imported, undone = _committed(workbook, plan, lambda one: one.result if one.new else None)
    return Told(file, proposal, cases, imported, written=bool(imported.new), undone=undone.owners)


def _take_back(workbook: LaidOut, asked: ImportOptions, session: Session) -> int:
    request = Request(TAKE_BACK, moment(asked.now, session.real_time), session.real_time, dry_run=asked.dry_run)
    if asked.dry_run:
        back = plan_taking_back(workbook.read(), request, asked.take_back)
    else:
        back, undone = _committed(
            workbook, lambda snapshot: plan_taking_back(snapshot, request, asked.take_back), lambda one: one.result
        )
        if undone.owners:
            raise Busy(
                msg("Somebody worked on {numbers} at that moment, which stay: look at them, and say it again.").of(
                    numbers=sorted(undone.owners)
                )
            )
    if asked.as_json:
        session.say(one_object({"taken_back": back.mark, "cases": back.numbers, "dry_run": asked.dry_run}))
        return 0
    language = spoken_of(back.result.after.language)
    said = _WOULD_BE_BACK if asked.dry_run else _BACK
    session.say(said.say(language, n=len(back.numbers), mark=back.mark))
    return 0


def _committed(
    workbook: Workbook, plan: Callable[[Snapshot], _Plan], writes: Callable[[_Plan], Result | None]
) -> tuple[_Plan, Undone]:
    """Plan on what is there under the lock, and write it in one commit; once more if somebody saved meanwhile."""
    with workbook.lock():
        for _ in range(ATTEMPTS):
            snapshot = workbook.read()
            planned = plan(snapshot)
            result = writes(planned)
            if result is None:
                return planned, Undone()
            try:
                return planned, workbook.commit(Commit(snapshot, result.edits, result.moves))
            except Changed:
                continue
    raise Busy(msg("{workbook} was saved again and again: try again in a minute.").of(workbook=workbook.name))
