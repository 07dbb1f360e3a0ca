"""Every mail that is due at a moment, sent before or not: for `preview`, and for an administrator who asks."""

from __future__ import annotations

from dataclasses import replace

from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.workbook import Snapshot
from automation.mail.letters.compose import letter
from automation.mail.letters.context import LetterContext, RunEvents
from automation.mail.mail import Mail, OutgoingMail
from automation.mail.outbox import every_mail
from automation.run.job import Request
from automation.run.mails import copies_to_nobody, left_out, letter_context
from automation.run.run_context import run_context
from automation.run.steps_done import do_steps
from automation.text.catalogue import msg


def previewed(snapshot: Snapshot, request: Request) -> tuple[list[Mail], Ledger]:
    """The mails that are due now, sent before or not, held or not; and the ledger they speak of."""
    letters, outgoing = called_for(snapshot, request)
    return [letter(letters, mail) for mail in outgoing], letters.ledger


def called_for(snapshot: Snapshot, request: Request) -> tuple[LetterContext, list[OutgoingMail]]:
    """The same mails before they are written, and what is needed to write them. Raises LedgerError if a run would stop."""
    context = run_context(snapshot, request)
    done = do_steps(context)
    if done.stops:
        no_mail = msg("No mail can be shown while no run goes on. {problem}").of(problem=done.stops[0].said)
        raise LedgerError(no_mail, done.ledger.language)
    letters = letter_context(request, context.now, done.ledger, done.confidence)
    outgoing, unreachable = every_mail(done.wanted, letters.recipients)
    return replace(
        letters,
        cases=done.cases,
        events=RunEvents(
            unreachable=(*unreachable, *copies_to_nobody(done, letters.recipients)),
            left_out=left_out(done, letters.recipients),
        ),
    ), outgoing
