"""Ends a run at once where nothing changed since one that found nothing to do.

"Such a run leaves beside the workbook what it found and until when that holds; until then a run on the same bytes says the
same again without reading them. Whatever is different, missing or doubtful makes it a full run" (docs/design.md#p8.12).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from automation.commands.chat_addresses import chats_of_call
from automation.commands.console import one_object
from automation.commands.language import chosen_language
from automation.commands.mail_options import BY_PASSWORD
from automation.commands.options import PROGRAM, RunOptions, Session
from automation.ledger.errors import LedgerError
from automation.workbooks.address import key_of
from automation.workbooks.excel.as_it_lies import as_it_lies
from automation.workbooks.file_rights import Rights
from automation.workbooks.plain_files import read_plain, sizes_and_times
from automation.workbooks.whole_files import write_whole

ENDS_AT_ONCE = "run"
"""The job that may. The others are started by hand, to see what they do."""
_MOST = 4_000_000
"""Bytes of the file that are read, and written: one with more problems is not kept."""
_SOURCES = ("automation", "sheet_schema", "email_templates")


@dataclass(frozen=True)
class Found:
    """What a run with nothing to do found, and from when (aware) until when any other would find the same.

    `asked` stands for its options and the program, `of` for the file and its journal. `said` are the lines it printed,
    or its one object, in which its own time stands under `now` and `run`.
    """

    asked: str
    of: str
    since: datetime
    until: datetime
    code: int
    said: Sequence[str]
    as_object: Mapping[str, object] | None = None
    mailbox: str = ""
    """The state of the mailbox whose replies are read."""

    def holds(self, now: datetime) -> bool:
        return self.since <= now < self.until

    def object_at(self, now: datetime) -> Mapping[str, object] | None:
        """Its one object with the time of another run; None if it has none. Raises ValueError."""
        if self.as_object is None:
            return None
        local = now.astimezone(ZoneInfo(str(self.as_object["time_zone"]))).replace(tzinfo=None)
        return {**self.as_object, "run": local.isoformat(timespec="seconds"), "now": local.isoformat()}


def say_again(job: str, asked: RunOptions, session: Session) -> int | None:
    """Say what an earlier run said, and return its exit code; None if this run has to look for itself."""
    found = found_before(job, asked, session.real_time)
    if found is None:
        return None
    for line in found.said if found.as_object is None else (one_object(found.as_object),):
        session.say(line)
    return found.code


def found_before(job: str, asked: RunOptions, now: datetime) -> Found | None:
    """What this run would find, if an earlier one found nothing to do and nothing that matters is different since."""
    if (name := name_of(job, asked)) is None:
        return None
    path = _workbook(asked)
    with suppress(OSError, ValueError, KeyError, TypeError, ZoneInfoNotFoundError):
        found = _read(read_plain(_kept_in(path), _MOST))
        same = found.asked == name and found.holds(now) and found.of == as_it_lies(path, now)
        if same and (not asked.imap_host or _is_as_it_was(asked, found.mailbox)):
            return replace(found, as_object=found.object_at(now))
    return None


def _is_as_it_was(asked: RunOptions, before: str) -> bool:
    """Whether no mail came since. Where that cannot be told, a full run says why."""
    from automation.commands.replies import state_of_mailbox  # only where replies are read

    try:
        return bool(before) and state_of_mailbox(asked) == before
    except LedgerError:
        return False


def keep(found: Found, asked: RunOptions, rights: Rights | None) -> None:
    """Keep it beside the workbook, for the workbook's people. If that fails, the next run is a full one."""
    values = asdict(found) | {"since": found.since.isoformat(), "until": found.until.isoformat()}
    content = json.dumps(values, ensure_ascii=False).encode()
    if len(content) < _MOST:
        with suppress(OSError, LedgerError):
            write_whole(_kept_in(_workbook(asked)), content, rights)


def name_of(job: str, asked: RunOptions) -> str | None:
    """One word for all that the result depends on beside the file, its journal and the time; None if it may never be kept.

    That is where the time is not the clock's, where somebody looks on or takes a decision, and where a password may come
    from elsewhere.
    """
    alone = asked.now is None and not (asked.dry_run or asked.accept_stop or asked.verbose or asked.intake_folder)
    passwords = [bool(os.environ.get(name)) for name in ("LEDGER_SMTP_PASSWORD", "LEDGER_IMAP_PASSWORD")]
    if job != ENDS_AT_ONCE or not alone or _from_elsewhere(asked, passwords[0]) or _is_online(asked):
        return None
    chats = chats_of_call()
    here = [
        str(_workbook(asked)),
        str(Path.cwd()),
        chosen_language(),
        *passwords,
        sorted(chats.urls),
        sorted(chats.shared),
        chats.installed,
    ]
    told = [asdict(asked), *here, *_program()]
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _from_elsewhere(asked: RunOptions, password: bool) -> bool:
    """Whether the password may come from the keyring, about which nobody can say that it is the same."""
    return bool(asked.smtp_host) and asked.smtp_login == BY_PASSWORD and not password


def _is_online(asked: RunOptions) -> bool:
    try:
        return key_of(asked.workbook) is not None
    except LedgerError:
        return True  # no address at all, which the run will say


def _workbook(asked: RunOptions) -> Path:
    return Path(asked.workbook).resolve()


def _kept_in(workbook: Path) -> Path:
    return workbook.with_name(f".{workbook.name}.idle")


def _program() -> Iterator[object]:
    """What changes with every version of the program, of Python and of the libraries."""
    files = sorted(_files(PROGRAM.parent))
    yield from (sys.version, str(PROGRAM), len(files), sum(size for size, _ in files), max(at for _, at in files))
    yield Path(click.__file__).parent.parent.stat().st_mtime_ns


def _files(root: Path) -> Iterator[tuple[int, int]]:
    """The size of each file of the program, and when it was last changed."""
    status = (root / "jobs.py").stat()
    yield status.st_size, status.st_mtime_ns
    yield from sizes_and_times(root / name for name in _SOURCES)


def _read(content: bytes) -> Found:
    """Raises ValueError, KeyError or TypeError for a file that is torn or of another kind."""
    values = json.loads(content)
    since, until = (datetime.fromisoformat(values[key]) for key in ("since", "until"))
    said, as_object = [str(line) for line in values["said"]], values["as_object"]
    if as_object is not None and not isinstance(as_object, dict):
        raise TypeError
    return Found(
        asked=str(values["asked"]),
        of=str(values["of"]),
        since=since.astimezone(UTC),
        until=until.astimezone(UTC),
        code=int(values["code"]),
        said=said,
        as_object=as_object,
        mailbox=str(values.get("mailbox", "")),
    )
