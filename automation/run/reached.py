"""What reaches one reader: the mails of a run to the byte, and what the program works out for them when asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from automation.cases.cases import Cases
from automation.cases.confidentiality import Confidence
from automation.ledger.addresses import mailbox_of
from automation.ledger.people import Person
from automation.ledger.table import Array, Table
from automation.mail.letters.context import Answer
from automation.mail.mail import Mail
from automation.mail.message import compose
from automation.reports.build import report_on, view_of
from automation.reports.counting import View
from automation.reports.page import page_of
from automation.reports.periods import chosen
from automation.run.job import ActionContext
from automation.steps.digests import visible_to
from sheet_schema.vocabulary import DIGESTS, PleaseDo, Role

MAIL, DIGEST, FIGURES, ANSWER = "mail", "digest", "figures", "answer"
PERIODS = ("last-month", "month", "year")
"""The periods for which a reader's figures are worked out."""
ONLY_READS = (PleaseDo.PREVIEW, PleaseDo.REPORT, PleaseDo.HANDOVER, PleaseDo.CHECK)
"""What an administrator may ask for that changes nothing, so that it can be worked out twice."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that reaches a reader: when, of which sort, its title, its bytes, and its lines for people to compare."""

    at: datetime
    sort: str
    kind: str
    title: str
    content: bytes
    lines: tuple[str, ...] = ()


def mails_to(addresses: Collection[str], mails: Iterable[Mail], at: datetime) -> Iterator[Item]:
    """The mails of one run that come to any of these addresses (as mailboxes are compared), copies on trial included, in order."""
    for mail in mails:
        instead = (mail.instead,) if mail.instead is not None else ()
        yield from (_item(one, at) for one in (mail, *instead, *mail.copies) if mailbox_of(one.to) in addresses)


def _item(mail: Mail, at: datetime) -> Item:
    message, rendered = compose(mail), mail.rendered
    headers = [f"{name}: {value}" for name, value in message.items()]
    lines = (*headers, *rendered.text.splitlines(), *rendered.html.splitlines())
    sort = DIGEST if mail.kind in DIGESTS else MAIL
    return Item(at, sort, mail.kind, rendered.subject, content=message.as_bytes(), lines=lines)


class Figures:
    """The reports of one world, worked out once for all readers who may know of the same cases."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases
        self._known: dict[tuple[bytes, ...], list[Item]] = {}

    def shown_to(self, person: Person) -> list[Item]:
        """The reports that this person would be shown."""
        visible, seen = visible_to(person, self._cases.ledger.policy), list[bytes]()

        def noted(table: Table, confidence: Confidence, real: Array) -> Array:
            mask = visible(table, confidence, real)
            seen.append(mask.tobytes())
            return mask

        view = view_of(self._cases, noted)
        which = tuple(seen)
        if which not in self._known:
            self._known[which] = list(self._worked_out(view))
        return self._known[which]

    def _worked_out(self, view: View) -> Iterator[Item]:
        now, calendar = self._cases.now, self._cases.ledger.policy.calendar
        for name in PERIODS:
            period, before = chosen(name, None, None, calendar, now.date())
            text = page_of(report_on(view, self._cases, period, before))
            yield Item(now, FIGURES, name, name, content=text.encode(), lines=tuple(text.splitlines()))


def answers_to(person: Person, context: ActionContext) -> Iterator[Item]:
    """The answers to everything that this person may ask for as an administrator, if they are one."""
    if Role.ADMINISTRATOR not in person.roles:
        return
    for request in ONLY_READS:
        if request in context.request.actions:
            content, lines = _said(context.request.actions[request](context)(person))
            yield Item(context.now, ANSWER, request, request, content=content, lines=lines)


def _said(answer: Answer) -> tuple[bytes, tuple[str, ...]]:
    lines = [part for line in answer.lines for part in ((line,) if isinstance(line, str) else line)]
    pages = [page.content for page in answer.attachments]
    shown = [line for page in pages for line in page.decode(errors="replace").splitlines()]
    return b"\n".join(["\n".join(lines).encode(), *pages]), (*lines, *shown)
