"""check: look at everything that easily goes wrong, before it matters.

It changes nothing in the ledger. `--mail-to` sends one test mail; `--probe` works on two scratch tabs of a Google Sheet
and takes them away again. What is looked at stands in `check_findings.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from automation.commands.check_chats import try_chat
from automation.commands.check_findings import FindingsReader, findings_in
from automation.commands.language import chosen_language, spoken_of
from automation.commands.letters_said import has_templates
from automation.commands.options import EXIT_PROBLEMS, RunOptions, Session
from automation.commands.replies import tried_mailbox
from automation.commands.request import request_of
from automation.commands.sign_in import sign_in
from automation.ledger.errors import LedgerError, Misused
from automation.ledger.model import Ledger
from automation.ledger.normal_form import is_address
from automation.ledger.office_time import local_time
from automation.ledger.parsing import parse
from automation.ledger.people import Person
from automation.ledger.titles_and_headers import language_of
from automation.ledger.workbook import Snapshot
from automation.mail.letters.context import NO_SENDER, Answer
from automation.mail.mail import Mail
from automation.mail.transport.mailer import MailServer
from automation.run.job import ActionContext, Request
from automation.steps.digests import visible_to
from automation.text.catalogue import Message, Sentences, msg
from automation.text.dates import spoken
from automation.text.templates import render
from automation.workbooks.address import key_of
from automation.workbooks.laid_out import NOTHING_FOUND, Found, LaidOut
from automation.workbooks.opening import workbook_at
from sheet_schema import Language
from sheet_schema.languages import traits
from sheet_schema.vocabulary import NoticeState

_SAID: Mapping[str, Message] = {
    "test_sent": msg("A test mail is on its way to {to}."),
    "test_failed": msg("The test mail to {to} was not taken: {error}"),
    "not_an_address": msg("{to} is not a mail address."),
    "no_test": msg("For a test mail, set a mail server first."),
}


def answer_check(context: ActionContext) -> Callable[[Person], Answer]:
    """Look at everything, for each reader without the cases that they must not know of."""
    policy = parse(context.snapshot).policy

    def told(person: Person) -> Answer:
        found = findings_in(
            context.workbook, context.snapshot, context.request, FindingsReader(visible_to(person, policy))
        )
        hints = (found.perhaps, found.hints) if found.hints else ()
        return Answer((*found.facts, found.summary, found.findings, *hints, *found.tried))

    return told


@dataclass(frozen=True)
class CheckOptions(RunOptions):
    """The options of `check`, as typed."""

    mail_to: str = ""
    chat: str = ""
    probe: bool = False
    sign_in: bool = False


def check_ledger(asked: CheckOptions, session: Session) -> int:
    """Look at everything that easily goes wrong; send a test mail and test the assumptions about Google if asked to.

    Returns the exit code: 3 if there is something to look at.
    """
    if asked.probe:
        _refuse_to_probe(asked)
    workbook = workbook_at(asked.workbook, session.real_time)
    snapshot = workbook.read()
    if asked.sign_in:
        sign_in(asked, session, spoken_of(language_of(snapshot.grids)))
    if asked.probe and workbook.takes_a_new_ledger:  # people may test Google before they entrust a ledger to it
        return _probe(workbook, spoken_of(language_of(snapshot.grids)), session)
    request = request_of("run", asked, session.real_time)
    test_mail = _try_mail(snapshot, request, asked.mail_to) if asked.mail_to else NOTHING_FOUND
    test_chat = try_chat(parse(snapshot), request.chats, asked.chat) if asked.chat else NOTHING_FOUND
    test_mailbox = tried_mailbox(asked, snapshot) if asked.imap_host else NOTHING_FOUND
    tried = _together(test_mail, test_chat, test_mailbox, _templates(asked.workbook, snapshot))
    found = findings_in(workbook, snapshot, request, FindingsReader(language=chosen_language()), tried)
    for line in found.lines():
        session.say(line)
    code = EXIT_PROBLEMS if found.findings else 0
    return max(code, _probe(workbook, found.language, session)) if asked.probe else code


def _templates(address: str, snapshot: Snapshot) -> Found:
    """What is to be said of the office's own templates of letters, if it has any."""
    if not has_templates(address):
        return NOTHING_FOUND
    from automation.commands.check_letters import templates_found  # few offices have any

    return templates_found(address, parse(snapshot))


def _together(*tried: Found) -> Found:
    return Found(
        tuple(fact for one in tried for fact in one.facts), tuple(finding for one in tried for finding in one.findings)
    )


def _try_mail(snapshot: Snapshot, request: Request, to: str) -> Found:
    """Send a test mail, and say what became of it; nothing if the server lets nobody in, as `findings_in` says."""
    ledger = parse(snapshot)
    said = Sentences(_SAID, spoken_of(ledger.language))
    if request.server is None:
        return Found((), (said["no_test"],))
    from automation.mail.transport.server import ServerMailer  # takes a tenth of a second: only if there is a server

    mailer = ServerMailer(request.server)
    try:
        mailer.open()
        if not is_address(to):
            return Found((), (said.say("not_an_address", to=to),))
        now = local_time(request.now, ledger.policy.settings.zone)
        handed = mailer.deliver(_test_mail(ledger, request.server, request, now, to))
    except LedgerError:
        return NOTHING_FOUND
    finally:
        mailer.close()
    if handed.state is NoticeState.SENT:
        return Found((said.say("test_sent", to=to),), ())
    return Found((), (said.say("test_failed", to=to, error=handed.error),))


def _test_mail(ledger: Ledger, server: MailServer, request: Request, now: datetime, to: str) -> Mail:
    settings = ledger.policy.settings
    context = {
        "lang": traits(ledger.language)["html"],
        "title": "",
        "school": settings["school_name"],
        "trial": "",
        "trial_mark": "",
        "instead": "",
        "why": "",
        "greeting": settings["mail_greeting"].replace("{name}", to),
        "closing": settings["mail_closing"],
        "workbook": request.workbook,
        "day": spoken(now.date(), now.date(), ledger.language),
        "time": now.strftime("%H:%M"),
    }
    mark = request.real_time.strftime("test%Y%m%d%H%M%S%f")
    sender = server.user if "@" in server.user else settings["reply_to"] or NO_SENDER
    rendered = render("test", ledger.language, context)
    return Mail(
        id=mark,
        kind="test",
        to=to,
        reader=to,
        rendered=rendered,
        sender=sender,
        sender_name=settings["school_name"],
        date=request.real_time,
        reply_to=settings["reply_to"],
    )


def _probe(workbook: LaidOut, language: Language, session: Session) -> int:
    assert workbook.online is not None, "a path was refused before"
    tried = workbook.online.probed(session.real_time)
    for line in tried.lines(language):
        session.say(line)
    return EXIT_PROBLEMS if tried.failed else 0


def _refuse_to_probe(asked: CheckOptions) -> None:
    """Raises Misused if there is nothing to probe, or nothing may be written."""
    if key_of(asked.workbook) is None:
        raise Misused(
            msg("--probe tries what Google Sheets does, and {name} is a local workbook: there is nothing to probe.").of(
                name=Path(asked.workbook).name
            )
        )
    if asked.dry_run:
        raise Misused(msg("--probe writes to two scratch tabs and --dry-run writes nothing: leave one of them out."))
