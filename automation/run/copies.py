"""What administrators see of other people's mail on trial (docs/design.md#p6.1).

Whoever must not know of a case is shown what would be sent if it had never been typed: to leave out single mails would
tell of it, too (docs/design.md#p5.10).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from automation.cases.recipients import Recipients
from automation.ledger.model import Ledger
from automation.mail.mail import Mail
from automation.run.kept_out import hidden_from
from sheet_schema.vocabulary import NoticeKind, Role, Sending

MailsWithout = Callable[[Collection[str]], Sequence[Mail]]
"""Works out this run's mails as if the cases with these numbers had never been typed."""


def with_copies(
    mails: Sequence[Mail], ledger: Ledger, recipients: Recipients, mails_without: MailsWithout
) -> tuple[Mail, ...]:
    """On trial, the mails with the copies that the administrators get of them; otherwise the mails as they are.

    Nobody gets more copies at once than `storm_at`.
    """
    settings = ledger.policy.settings
    if settings["sending"] != Sending.TRIAL:
        return tuple(mails)
    copies: defaultdict[int, list[Mail]] = defaultdict(list)
    for reader in recipients.in_role(Role.ADMINISTRATOR.key):
        hidden = hidden_from(ledger, recipients.confidence, reader.name)
        shown = mails_without(hidden) if hidden else mails
        if reader.address and len(shown) <= settings.whole("storm_at"):
            for at, mail in _carried(_of_others(shown), mails):
                copies[at].append(replace(mail, to=reader.address))
    return tuple(replace(mail, copies=tuple(copies[at])) for at, mail in enumerate(mails))


def _carried(shown: Iterable[Mail], mails: Sequence[Mail]) -> Iterator[tuple[int, Mail]]:
    """Each mail to be copied, and the position of the mail with which its copy leaves: the same mail, or the one before if
    that is only sent where a case is hidden."""
    at = 0
    places = {_reader_of(mail): place for place, mail in enumerate(mails)}
    for mail in shown:
        at = places.get(_reader_of(mail), at)
        yield at, mail


def _reader_of(mail: Mail) -> tuple[str, str, str]:
    return mail.kind, mail.reader, mail.to


def _of_others(mails: Sequence[Mail]) -> Iterator[Mail]:
    """All but answers, which nobody gets but who asked; `do_and_answer` adds their copies. Of a chat the mail that says it
    all is shown."""
    mails = [mail.instead or mail for mail in mails]
    return (mail for mail in mails if mail.kind != NoticeKind.ANSWER and not mail.is_in_chat)
