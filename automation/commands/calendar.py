"""calendar: a calendar file for each person with their steps, and one for the office with all (docs/design.md#p6.16).

It only reads the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from automation.commands.language import spoken_of
from automation.commands.options import Session, moment
from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.normal_form import normal
from automation.mail.calendar_file import Owner, calendar_file, is_ours, owner_of
from automation.run.may_run import refuse_moved
from automation.steps.calendar_entries import CalendarEntry, office_entries, own_entries
from automation.steps.cases_now import cases_now
from automation.steps.task_entries import office_task_entries, own_task_entries
from automation.text.catalogue import counted, msg
from automation.text.extras import how_to_install
from automation.workbooks.address import folder_beside
from automation.workbooks.file_rights import Rights, make_folder
from automation.workbooks.opening import workbook_at
from automation.workbooks.plain_files import read_plain, reason_of
from automation.workbooks.whole_files import write_whole

FOLDER = "calendars"
_MOST = 20_000_000
"""Bytes of a file that are read."""
_OFFICE = msg("calendar of the office", "file")
_PERSON = msg("calendar {name}", "file")
_WRITTEN = counted(
    "1 calendar is in {folder}; changed: {changed}.", "{n} calendars are in {folder}; changed: {changed}."
)
_NONE = msg("No step is open that somebody could be reminded of: no calendar was written.")


@dataclass(frozen=True)
class CalendarOptions:
    """The options of `calendar`, as typed."""

    workbook: str
    into: str = ""
    now: str | None = None


def write_calendars(wanted: CalendarOptions, session: Session) -> int:
    """Write every calendar in which something is different, and say how many. Raises LedgerError without the extra, where a run
    would stop, and for a file in the way that is not ours."""
    if find_spec("icalendar") is None:
        raise LedgerError(
            msg("Calendars need a package that is not installed: {command}.").of(command=how_to_install("calendar"))
        )
    session.tell("reading")
    workbook = workbook_at(wanted.workbook, session.real_time)
    cases = cases_now(workbook.read(), moment(wanted.now, session.real_time))
    ledger = cases.ledger
    refuse_moved(ledger)
    if stops := ledger.stops:
        raise LedgerError(
            msg("No calendar is written while no run goes on. {problem}").of(problem=stops[0]), ledger.language
        )
    if not owner_of(ledger).seed:
        raise LedgerError(msg("No run has seen this ledger yet: type `run` first, then `calendar`."), ledger.language)
    session.tell("working_out")
    folder = Path(wanted.into) if wanted.into else folder_beside(wanted.workbook, FOLDER)
    rights = workbook.own_file.rights_beside() if workbook.own_file is not None else None
    entries = {owner_of(ledger): [*office_entries(cases), *office_task_entries(cases)]}
    entries |= {
        owner_of(ledger, one.name): [*own_entries(cases, one), *own_task_entries(cases, one)]
        for one in ledger.policy.people
    }
    now = cases.now.replace(tzinfo=ledger.policy.settings.zone)
    session.tell("writing")
    try:
        there, changed = _written(folder, _by_file(entries), now, rights, _old_ones(ledger))
    except OSError as error:
        raise LedgerError(
            msg("{path} cannot be written ({reason}): close it if it is open, or name another folder with --into.").of(
                path=error.filename or folder, reason=reason_of(error)
            )
        ) from error
    language = spoken_of(ledger.language)
    session.say(_WRITTEN.say(language, n=there, folder=folder, changed=changed) if there else _NONE.say(language))
    return 0


def _by_file(entries: Mapping[Owner, list[CalendarEntry]]) -> dict[str, tuple[Owner, list[CalendarEntry]]]:
    """The same by the name of the file. Names that look alike in a file's name are told apart by a number."""
    files: dict[str, tuple[Owner, list[CalendarEntry]]] = {}
    for owner, own in entries.items():
        said = _PERSON.of(name=_plain(owner.name)) if owner.name else _OFFICE
        name = said.say(owner.language)
        alike = sum(
            normal(name) == normal(other.rpartition(" ")[0]) or normal(name) == normal(other) for other in files
        )
        files[f"{name} {alike + 1}" if alike else name] = owner, own
    return files


def _plain(name: str) -> str:
    """A person's name as a file may be called on any computer."""
    return re.sub(r"[^\w -]+", "_", name)[:60].strip()


def _old_ones(ledger: Ledger) -> Owner:
    """Whoever had a calendar and is no longer in People: all that stands in it is cancelled, and needs no name for that."""
    return owner_of(ledger, "-")


def _written(
    folder: Path,
    files: Mapping[str, tuple[Owner, list[CalendarEntry]]],
    now: datetime,
    rights: Rights | None,
    gone: Owner,
) -> tuple[int, int]:
    """Write what is different. Returns how many calendars there are, and how many changed. Raises OSError."""
    there = changed = 0
    for path, (owner, entries) in _with_forsaken(folder, files, gone):
        before = read_plain(path, _MOST) if path.is_file() else b""
        if before and not is_ours(before):
            raise LedgerError(
                msg("{path} is no calendar of this program: move it elsewhere, or name another folder with --into.").of(
                    path=path
                )
            )
        made = calendar_file(owner, entries, now, before)
        there += bool(made)
        if made != before:
            make_folder(folder, rights)
            write_whole(path, made, rights)
            changed += 1
    return there, changed


def _with_forsaken(
    folder: Path, files: Mapping[str, tuple[Owner, list[CalendarEntry]]], gone: Owner
) -> Iterator[tuple[Path, tuple[Owner, list[CalendarEntry]]]]:
    """The path of each file, and those that the program wrote for somebody who is no longer there."""
    paths = {folder / f"{name}.ics": owner for name, owner in files.items()}
    yield from paths.items()
    for path in sorted(folder.glob("*.ics")) if folder.is_dir() else ():
        if path not in paths and path.is_file() and not path.is_symlink() and is_ours(read_plain(path, _MOST)):
            yield path, (gone, [])
