"""What the commands do once their options are read: open the workbook, run, and say what came of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from automation import asked as asked_for
from automation.checking import check, looked_over
from automation.copying import backed_up, backup, copied
from automation.errors import LedgerError, Misused
from automation.explain import explain, explained
from automation.installing import install_into
from automation.job import Doer
from automation.mail.folder import PAGE, FolderMailer
from automation.mail.mailer import MailServer
from automation.parsing import is_ledger, language_of, parse
from automation.progress import Tell, silent
from automation.resealing import resealed
from automation.restoring import restored
from automation.run import JOBS, Request, run
from automation.showing import as_json, problem_line, redacted, show
from automation.steps.filing import all_seals, last_seal
from automation.steps.numbering import EMPTIED, MISSING
from automation.workbooks.backups import MANIFEST
from automation.workbooks.excel import ExcelWorkbook
from automation.workbooks.opening import address_of, key_of, workbook_at
from automation.working_out import previewed, work_out
from sheet_schema import Language, folded
from sheet_schema.vocabulary import PleaseDo

if TYPE_CHECKING:
    from automation.workbooks.google import GoogleWorkbook

EXIT_PROBLEMS = 3
EXIT_NOT_SENT = 4
VERIFIED = frozenset({"filing", "history"})
NUMBERS = frozenset({MISSING, EMPTIED, "copied_number", "filed_number", "filed_back", "foreign_number"})
"""Problems of the Register that `verify` is about: gaps, copied numbers, filed numbers back in the Register."""

DOERS: Mapping[str, Doer] = {**asked_for.DOERS, PleaseDo.CHECK: check, PleaseDo.BACKUP: backup}
"""All that an administrator may ask for in Settings."""

Say = Callable[..., object]


@dataclass(frozen=True)
class Asked:
    """The options of a command that takes part in a run, as typed."""

    workbook: str
    now: str | None = None
    dry_run: bool = False
    as_json: bool = False
    check: bool = False
    accept_stop: str = ""
    verbose: bool = False
    outbox: str = ""
    smtp_host: str = ""
    smtp_port: int = 465
    smtp_user: str = ""


def moment(text: str | None, clock: datetime) -> datetime:
    """What `--now` says: an ISO day (taken at 09:00) or time, naive; without it the clock. Raises Misused."""
    if text is None:
        return clock
    try:
        if len(text) <= 10:
            return datetime.combine(date.fromisoformat(text), time(9))
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Misused(
            f"--now {text} is not a day or time: write it like 2026-03-18 or 2026-03-18T09:00.",
            f"--now {text} 不是日期或时间：请写成 2026-03-18 或 2026-03-18T09:00。",
        ) from error


def do_job(job: str, asked: Asked, say: Say, tell: Tell = silent) -> int:
    """Run a job and show the result; the exit code: 0, 1 after a stop or a broken job, 3 for problems with --check,
    4 if a mail could not be handed over."""
    clock = datetime.now(UTC)
    request = requested(job, asked, clock)
    result = run(workbook_at(asked.workbook, clock), request, tell)
    if asked.as_json:
        say(json.dumps(as_json(result, dry_run=asked.dry_run), ensure_ascii=False, indent=1))
    else:
        show(result, say, request.outbox or Path(), dry_run=asked.dry_run, verbose=asked.verbose)
    if result.stopped or result.broken:
        return 1
    if result.some_not_sent:
        return EXIT_NOT_SENT
    return EXIT_PROBLEMS if asked.check and result.problems else 0


def requested(job: str, asked: Asked, clock: datetime) -> Request:
    """The options as a request. Raises Misused for a moment that is none, LedgerError for half a mail server."""
    key = key_of(asked.workbook)
    return Request(
        JOBS[job],
        moment(asked.now, clock),
        clock,
        asked.dry_run,
        asked.accept_stop,
        Path(asked.outbox) if asked.outbox else usual_outbox(asked.workbook),
        bool(asked.outbox),
        mail_server(asked),
        address_of(key) if key else Path(asked.workbook).name,
        DOERS,
    )


def mail_server(asked: Asked) -> MailServer | None:
    """The mail server as set, None if there is none. The password comes from the environment or yagmail's keyring.

    Raises LedgerError if only half of it is set.
    """
    if not asked.smtp_host:
        return None
    password = os.environ.get("LEDGER_SMTP_PASSWORD") or _from_keyring(asked.smtp_user)
    if not (asked.smtp_user and password):
        missing = "LEDGER_SMTP_PASSWORD" if asked.smtp_user else "LEDGER_SMTP_USER"
        raise LedgerError(
            f"LEDGER_SMTP_HOST is set, but {missing} is not: set both, or neither.",
            f"已设置 LEDGER_SMTP_HOST，但没有设置 {missing}：请一并设置，或都不设置。",
        )
    return MailServer(asked.smtp_host, asked.smtp_port, asked.smtp_user, password)


def _from_keyring(user: str) -> str:
    """What `yagmail.register(user, password)` kept on this computer, if the keyring is installed."""
    try:
        import keyring
    except ImportError:
        return ""
    return keyring.get_password("yagmail", user) or ""


def usual_outbox(workbook: str) -> Path:
    """Where mails are written when nobody says where: beside the workbook; of a Google Sheet, in this folder."""
    return Path("outbox") if key_of(workbook) else Path(workbook).with_name("outbox")


def preview_mails(asked: Asked, into: str, say: Say) -> int:
    """Write every mail that this moment calls for as a page into a folder; nothing is claimed or sent."""
    clock = datetime.now(UTC)
    mails, ledger = previewed(workbook_at(asked.workbook, clock).read(), requested("run", asked, clock))
    folder = Path(into)
    for old in folder.glob("*.eml"):
        old.unlink()
    mailer = FolderMailer(folder, ledger.language)
    for mail in mails:
        mailer.deliver(mail)
    mailer.close()
    said = {"en": "{n} mails, shown in {page}. Nothing was sent.", "zh": "{n} 封邮件，见 {page}。没有发出。"}
    nothing = {"en": "No mail is called for now.", "zh": "目前没有需要发的邮件。"}
    text = said[ledger.language].format(n=len(mails), page=folder / PAGE) if mails else nothing[ledger.language]
    say(text)
    return 0


def check_ledger(asked: Asked, mail_to: str, say: Say, *, probe: bool = False) -> int:
    """Look at everything that is easily got wrong, with `probe` also at what is taken for granted of Google; exit code 3 if
    there is something to look at."""
    if probe:
        _refuse_to_probe(asked)
    clock = datetime.now(UTC)
    workbook = workbook_at(asked.workbook, clock)
    snapshot = workbook.read()
    if probe and not is_ledger(snapshot):  # Google can be tried before anything is entrusted to it
        return _probe(workbook, language_of(map(folded, snapshot.grids)), clock, say)
    found = looked_over(workbook, snapshot, requested("run", asked, clock), mail_to)
    for line in found.lines():
        say(line)
    code = EXIT_PROBLEMS if found.findings else 0
    return max(code, _probe(workbook, found.language, clock, say)) if probe else code


def _probe(workbook: ExcelWorkbook | GoogleWorkbook, language: Language, clock: datetime, say: Say) -> int:
    from automation.workbooks.sheets.probing import probed

    assert not isinstance(workbook, ExcelWorkbook), "a path was refused before"
    tried = probed(workbook.transport, workbook.key, clock)
    for line in tried.lines(language):
        say(line)
    return EXIT_PROBLEMS if tried.failed else 0


def _refuse_to_probe(asked: Asked) -> None:
    """Raises Misused where there is nothing to probe, or nothing may be written."""
    if key_of(asked.workbook) is None:
        raise Misused(
            f"--probe tries what Google Sheets does, and {Path(asked.workbook).name} is a local workbook: there is nothing to probe.",
            f"--probe 用来检验 Google 表格的行为，而 {Path(asked.workbook).name} 是本地账本：没有需要检验的。",
        )
    if asked.dry_run:
        raise Misused(
            "--probe writes to two scratch tabs and --dry-run writes nothing: leave one of them out.",
            "--probe 要在两个临时表上写入，而 --dry-run 不写入任何内容：请去掉其中一个。",
        )


def verify_ledger(asked: Asked, say: Say) -> int:
    """Whether everything that was ever issued and filed is there, as it was; exit code 3 if not."""
    clock = datetime.now(UTC)
    snapshot = workbook_at(asked.workbook, clock).read()
    request = replace(requested("run", asked, clock), outbox=None, dry_run=True)
    result = work_out(snapshot, request)
    found = [one for one in result.problems if one.tab in VERIFIED or one.code in NUMBERS or one.stops]
    ledger = result.before
    said = {
        "en": "Last seal {last}; digest of all seals {digest}.",
        "zh": "末次封存序号 {last}；封存总码 {digest}。",
    }
    say(said[ledger.language].format(last=last_seal(ledger), digest=all_seals(ledger.filing)))
    sound = {"en": "Everything is there, as it was.", "zh": "编号、归档和封存均无异常。"}
    for problem in redacted(found, result.after):
        say(problem_line(problem, ledger.language))
    if not found:
        say(sound[ledger.language])
    return EXIT_PROBLEMS if found else 0


def reseal_case(workbook: str, case: str, reason: str, now: str | None, say: Say) -> int:
    clock = datetime.now(UTC)
    say(resealed(workbook_at(workbook, clock), case, reason, moment(now, clock)))
    return 0


def back_up_ledger(workbook: str, into: str, say: Say) -> int:
    """Put a dated copy beside the ledger, or into a folder, with its checksum in a manifest; read it back to be sure."""
    clock = datetime.now(UTC)
    book = workbook_at(workbook, clock)
    ledger = parse(book.read())
    made = backed_up(book, Path(into) if into else None, clock)
    copy = parse(ExcelWorkbook(made, clock).read())
    same = {key: len(table) for key, table in copy.tables.items()} == {
        key: len(table) for key, table in ledger.tables.items()
    }
    texts = {
        "en": "Copied to {path}, checked against {manifest}.",
        "zh": "已备份到 {path}，校验值在 {manifest}。",
    }
    say(texts[ledger.language].format(path=made, manifest=MANIFEST))
    return 0 if same else 1


def restore_cases(workbook: str, source: str, now: str | None, say: Say, *, really: bool) -> int:
    """Put vanished cases back from an older copy, or say what would be done."""
    clock = datetime.now(UTC)
    copy = ExcelWorkbook(Path(source), clock)
    copy.refuse_if_altered()
    lines = restored(workbook_at(workbook, clock), copy.read(), copy.name, moment(now, clock), really=really)
    for line in lines:
        say(line)
    return 0


def explain_case(
    workbook: str, case: str, now: str | None, say: Say, tell: Tell = silent, *, as_one_object: bool = False
) -> int:
    clock = datetime.now(UTC)
    request = Request(JOBS["run"], moment(now, clock), clock, dry_run=True)
    result = run(workbook_at(workbook, clock), request, tell)
    if as_one_object:
        say(json.dumps(explained(result, case), ensure_ascii=False, indent=1))
        return 0
    for line in explain(result, case):
        say(line)
    return 0


def install_ledger(workbook: str, language: str | None, preset: str | None, now: str | None, say: Say) -> int:
    clock = datetime.now(UTC)
    for line in install_into(workbook, _language(language) if language else None, preset, moment(now, clock), clock):
        say(line)
    return 0


def copy_ledger(source: str, target: str, language: str | None, say: Say, *, move: bool) -> int:
    clock = datetime.now(UTC)
    wanted = _language(language) if language else None
    for line in copied(source, target, wanted, clock, move=move):
        say(line)
    return 0


def _language(text: str) -> Language:
    return "zh" if text == "zh" else "en"
