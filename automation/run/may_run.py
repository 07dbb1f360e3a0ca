"""Refuses runs that must not begin."""

from __future__ import annotations

from datetime import timedelta

from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.office_time import local_time
from automation.run.run_context import RunContext
from automation.text.catalogue import msg
from sheet_schema.vocabulary import Sending

FAR_FROM_THE_CLOCK = timedelta(days=1)


def refuse_to_run(context: RunContext) -> None:
    """Raises LedgerError if the run must not begin."""
    refuse_moved(context.before)
    _refuse_without_a_server(context)
    _refuse_real_mail_of_another_day(context)


def refuse_moved(ledger: Ledger) -> None:
    """Raises LedgerError if the ledger was moved: nothing here counts any more, least of all its free numbers."""
    moved_to = ledger.policy.settings["moved_to"]
    if moved_to:
        raise LedgerError(
            msg("This ledger was moved to {moved_to}: work there. (To go on here, empty “Moved to” in Settings.)").of(
                moved_to=moved_to
            ),
            ledger.language,
        )


def _refuse_without_a_server(context: RunContext) -> None:
    request, sending = context.request, context.before.policy.settings["sending"]
    somewhere_to_send = request.instead_of_sending or request.server
    if sending in (Sending.LIVE, Sending.RELEASE) and context.raises_notices and not somewhere_to_send:
        raise LedgerError(
            msg(
                "Sending is live, but no mail server is set: set LEDGER_SMTP_HOST, _PORT, _USER and _PASSWORD, set Sending to trial or paused, or name a folder with --outbox."
            ),
            context.before.language,
        )


def _refuse_real_mail_of_another_day(context: RunContext) -> None:
    request, settings = context.request, context.before.policy.settings
    far = abs(context.now - local_time(request.real_time, settings.zone)) > FAR_FROM_THE_CLOCK
    harmless = request.dry_run or request.instead_of_sending or settings["sending"] == Sending.TRIAL
    if far and not harmless:
        raise LedgerError(
            msg("--now is more than a day from the clock and this ledger sends real mail: add --dry-run."),
            context.before.language,
        )
