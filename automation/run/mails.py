"""The mails of a run: which notices it claims, and what each mail says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from automation.cases.confidentiality import Confidence
from automation.cases.recipients import Recipients
from automation.ledger.errors import where
from automation.ledger.model import Ledger
from automation.ledger.notices import NO_CASE, Notice
from automation.mail.letters import memos
from automation.mail.letters.context import NO_SENDER, FailedJob, LetterContext, RunEvents
from automation.mail.mail import Mail, OutgoingMail
from automation.mail.outbox import Outbox, Posting, post
from automation.run.job import Request, kinds_of
from automation.run.run_context import RunContext
from automation.run.steps_done import StepsDone
from automation.steps.admin_requests import answer
from automation.steps.assignment_notices import copies
from sheet_schema.vocabulary import DIGESTS, NoticeKind


@dataclass(frozen=True)
class Posted:
    """What is claimed, and the mails. `done` also says which kinds of mail could not be written."""

    done: StepsDone
    posting: Posting
    mails: tuple[Mail, ...] = ()


def post_mails(context: RunContext, done: StepsDone) -> Posted:
    """Claim the notices that are due, and write their mails.

    A mail that cannot be written must not silence the others: its notices are not claimed, so that the next run tries again, and
    the failure is told (docs/design.md#p7.8).
    """
    if not context.raises_notices or context.constraints.no_mail:
        return Posted(done, Posting(done.ledger.tables["notices"]))
    events = RunEvents(done.broken, done.stops, open_for=context.snapshot.open_for)
    letters = letter_context(context.request, context.now, done.ledger, done.confidence)
    posting = _posted(context, done, letters, events)
    if not posting.outgoing_mails:
        return Posted(done, posting)
    passed_on = left_out(done, letters.recipients)
    digests = any(mail.kind in DIGESTS for mail in posting.outgoing_mails)
    unreachable = (*posting.unreachable, *(copies_to_nobody(done, letters.recipients) if digests else ()))
    events = replace(events, held=posting.held, unreachable=unreachable, left_out=passed_on)
    letters = replace(letters, cases=done.cases, events=events)
    mails, failed = _written(letters, posting.outgoing_mails, frozenset(done.wanted))
    if failed:
        unsaid = frozenset(notice for mail in failed for notice in mail.notices)
        wanted = tuple(notice for notice in done.wanted if notice not in unsaid)
        return post_mails(context, replace(done, wanted=wanted, broken=(*done.broken, *failed.values())))
    from automation.mail.letters.compose import subjects  # a run with nothing to say does not wait for it

    subject = posting.table["subject"].copy()
    for i, said in enumerate(subjects(mails, posting.table["mail_id"])):
        subject[i] = said or subject[i]
    return Posted(done, replace(posting, table=posting.table.having(subject=subject)), tuple(mails))


def _written(
    letters: LetterContext, outgoing: Sequence[OutgoingMail], wanted: frozenset[Notice]
) -> tuple[list[Mail], dict[OutgoingMail, FailedJob]]:
    """The mails; and those that could not be written, each with why. What no step wanted, such as the mail about a failure, has
    to be written."""
    from automation.mail.letters.compose import letter  # as above

    mails: list[Mail] = []
    failed: dict[OutgoingMail, FailedJob] = {}
    for one in outgoing:
        try:
            mails.append(letter(letters, one))
        except Exception as error:  # whatever is wrong with one mail holds up no other (docs/design.md#p7.8)
            if not wanted.issuperset(one.notices):
                raise
            failed[one] = FailedJob("mails", where(error))
    return mails, failed


def _posted(context: RunContext, done: StepsDone, letters: LetterContext, events: RunEvents) -> Posting:
    """The claims, including the answer to an administrator if this run can give it."""
    ledger, now, request = done.ledger, context.now, context.request
    answers = (
        context.job.answers
        and bool(request.actions)
        and done.cases is not None
        and not context.constraints.open_elsewhere
    )
    asked: list[Notice] = answer(ledger, now) if answers else []
    broken = {one.job for one in done.broken}
    steps = [
        raises.__name__ for raises in context.job.raises if done.cases is not None and raises.__name__ not in broken
    ]
    kinds = [kind for kind in kinds_of(steps) if answers or kind is not NoticeKind.ANSWER]
    outbox = Outbox(ledger, letters.recipients, context.mark, now, really=request.really_sends, kinds=kinds)
    return post(outbox, [*done.wanted, *memos.due(events, ledger, now), *asked])


def left_out(done: StepsDone, recipients: Recipients) -> tuple[Notice, ...]:
    """The notices about cases that were passed on, and the alerts that left somebody out."""
    about_cases = (notice for notice in done.wanted if notice.case_at != NO_CASE)
    told = ((notice, recipients.told(notice)) for notice in about_cases)
    return tuple(
        notice
        for notice, one in told
        if one.passed_up or (one.ways and one.left_out and notice.kind == NoticeKind.ALERT)
    )


def copies_to_nobody(done: StepsDone, recipients: Recipients) -> tuple[Notice, ...]:
    """The copies of open cases that nobody can get. They are raised once only, so that the digest would not have them."""
    wanted = copies(done.cases) if done.cases is not None else ()
    return tuple(notice for notice in wanted if not recipients.told(notice).ways)


def letter_context(request: Request, now: datetime, ledger: Ledger, confidence: Confidence) -> LetterContext:
    """What all letters of a run share, without the cases and the run's events, which are added later."""
    return LetterContext(
        ledger=ledger,
        now=now,
        real_time=request.real_time,
        recipients=Recipients(
            ledger.policy, ledger.register, confidence, now.date(), ledger.apart, chats=request.chats.usable
        ),
        sender=_sender_of(ledger, request),
        workbook=request.workbook,
        reply_secret=request.reply_secret,
    )


def _sender_of(ledger: Ledger, request: Request) -> str:
    """The sender of mails: the address that logs in to the server or, for a folder, the office."""
    user = request.server.user if request.server is not None else ""
    return user if "@" in user else ledger.policy.settings["reply_to"] or NO_SENDER
