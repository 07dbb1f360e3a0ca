"""Decides what each mail is, and which case it answers: never by a guess.

A reply is known by the Message-ID of a mail of ours, with its token; its sender must be somebody to whom that very mail went,
and who may know of the case today. What fails any of this reaches no case (docs/design.md#p15.2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import numpy as np

from automation.cases.confidentiality import Confidence, judge, judge_table, may_quote
from automation.cases.mailboxes import Recipient
from automation.ledger.addresses import addresses_in, mailbox_of
from automation.ledger.case_numbers import in_order, prefixes_in_use
from automation.ledger.model import Ledger
from automation.mail.replies.headers import Headers
from automation.mail.replies.mailbox import Interest
from automation.mail.replies.thread_token import looks_like_ours, mail_named
from sheet_schema.answers import AnswerState
from sheet_schema.vocabulary import TO_PETITIONERS


@dataclass(frozen=True)
class Judged:
    """What a mail is, the case that it answers, and the cases that it perhaps answers."""

    state: AnswerState
    case_no: str = ""
    perhaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Post:
    """The ledger, as those who write to it are known in it."""

    ledger: Ledger
    now: datetime
    secret: str = field(repr=False)

    def interest(self, headers: Headers) -> Interest:
        """What is wanted of a mail: all of it if it answers a mail that is certain to be ours; its sender if it says that it does, if
        the sender is known, or if it is about one of our cases."""
        named = (*headers.answered, *headers.thread)
        if headers.is_report():
            return Interest.WHOLE
        if headers.is_automatic():
            return Interest.NONE
        if not headers.is_forged() and any(mail_named(self.secret, one) for one in named):
            return Interest.WHOLE
        known = headers.sender in self.readers or bool(self.numbers_in(headers.subject))
        return Interest.SENDER if known or any(map(looks_like_ours, named)) else Interest.NONE

    def judge(self, headers: Headers, text: str) -> Judged:
        """What the mail is. `text` is what is new in it."""
        sender = headers.sender
        if headers.is_forged():
            return Judged(AnswerState.SPOOFED)
        mails = self._answered(headers)
        if not mails:
            return Judged(AnswerState.NO_REPLY if sender in self.readers else AnswerState.STRANGER)
        if any(mail in self._to_petitioners for mail in mails):
            return self._from_petitioner(mails, sender)
        told = [self._told.get(mail, {}).get(sender) for mail in mails]
        if not sender or any(cases is None for cases in told):
            return Judged(AnswerState.STRANGER)
        cases = in_order({case for found in told for case in found or ()})
        known = tuple(case for case in cases if self._may_know(case, sender))
        if cases and not known:
            return Judged(AnswerState.MAY_NOT_KNOW)
        return self._by_number(text, cases, known)

    def _from_petitioner(self, mails: Sequence[str], sender: str) -> Judged:
        """What somebody says to whom we wrote as to whoever brought a case: of that case alone, and not if the address is
        one of ours by now."""
        cases = {case for mail in mails for case in self._told[mail].get(sender, ())}
        sure = len(cases) == 1 and sender not in self.readers and all(mail in self._to_petitioners for mail in mails)
        return Judged(AnswerState.PETITIONER, cases.pop()) if sure else Judged(AnswerState.STRANGER)

    @cached_property
    def _to_petitioners(self) -> frozenset[str]:
        """The mails of ours that went to those who brought cases."""
        notices = self.ledger.tables["notices"]
        kinds = np.isin(notices["kind"], [kind.key for kind in TO_PETITIONERS])
        return frozenset(notices["mail_id"][kinds].tolist()) - {""}

    def _by_number(self, text: str, cases: Sequence[str], known: tuple[str, ...]) -> Judged:
        """The case that the text names, or the one that the mail was about."""
        named = self.numbers_in(text)
        if any(case in named for case in cases if case not in known):
            return Judged(AnswerState.MAY_NOT_KNOW)
        meant = named or frozenset(cases)
        if len(meant) == 1 and (one := next(iter(meant))) in known:
            return Judged(AnswerState.REPLY, one)
        return Judged(AnswerState.WHICH_CASE, perhaps=known)

    def numbers_in(self, text: str) -> frozenset[str]:
        """The numbers of cases that a text names, as they would be issued, whether or not they were."""
        plain = unicodedata.normalize("NFKC", text).upper()
        return frozenset(f"{before.upper()}{count}" for before, count in self._number.findall(plain))

    def _answered(self, headers: Headers) -> tuple[str, ...]:
        """The mails of ours that this one answers: the one that In-Reply-To names, else all in its thread."""
        for named in (headers.answered, headers.thread):
            ours = (mail_named(self.secret, one) for one in named)
            found = tuple(dict.fromkeys(mail for mail in ours if mail in self._told))
            if found:
                return found
        return ()

    def _may_know(self, number: str, address: str) -> bool:
        """Whether everybody who is known to have this address may know of the case today."""
        place = self._places.get(number)
        readers = self.readers.get(address, ())
        if place is None or not readers:
            return False
        confidence, at = place
        return all(confidence.may_know(at, reader) for reader in readers)

    def may_quote(self, number: str) -> bool:
        """Whether more than number, step and date may be said of this case; of one that is not known, no."""
        place = self._places.get(number)
        return place is not None and may_quote(*place)

    @cached_property
    def readers(self) -> Mapping[str, Sequence[Recipient]]:
        """Who has which mailbox: people and departments that have a row."""
        policy = self.ledger.policy
        found: dict[str, list[Recipient]] = {}
        named = [(one.name, one.email, False) for one in policy.named_people]
        named += [(one.name, one.email, True) for one in policy.named_departments]
        for name, cell, is_department in named:
            for address in addresses_in(cell):
                found.setdefault(mailbox_of(address), []).append(Recipient(name, address, is_department))
        return found

    @cached_property
    def _told(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """The cases of which each mail of ours told, by its id and by the mailbox to which it went."""
        notices = self.ledger.tables["notices"]
        found: dict[str, dict[str, frozenset[str]]] = {}
        lines = zip(*(notices[key].tolist() for key in ("mail_id", "to", "case_no")), strict=True)
        for mail, address, number in lines:
            if mail:
                readers = found.setdefault(mail, {})
                mailbox = mailbox_of(address)
                readers[mailbox] = readers.get(mailbox, frozenset()) | ({number} if number else frozenset())
        return found

    @cached_property
    def _places(self) -> Mapping[str, tuple[Confidence, int]]:
        """Where each case is judged: in the Register, or in Filing. A number that stands twice is nobody's."""
        ledger = self.ledger
        filed = judge_table(ledger.filing, ledger.policy, self.now.date())
        here = judge(ledger, self.now)
        found: dict[str, tuple[Confidence, int]] = {}
        twice: set[str] = set()
        for table, confidence in ((ledger.register, here), (ledger.filing, filed)):
            for at, number in enumerate(table["case_no"].tolist()):
                twice |= {number} & found.keys()
                found[number] = (confidence, at)
        return {number: place for number, place in found.items() if number and number not in twice}

    @cached_property
    def _number(self) -> re.Pattern[str]:
        before = "|".join(
            sorted((re.escape(one.upper()) for one in prefixes_in_use(self.ledger)), key=len, reverse=True)
        )
        return re.compile(rf"(?<![A-Z0-9])({before})\s?([0-9]+)(?![0-9])")

    def bounced(self, mails: Iterable[tuple[str, str]]) -> Mapping[int, str]:
        """The lines of Notices of mails that came back, each with the reply, of those mails that are certain to be ours."""
        notices = self.ledger.tables["notices"]
        found: dict[int, str] = {}
        for local, reply in mails:
            if mail := mail_named(self.secret, local):
                found |= dict.fromkeys(np.flatnonzero(notices["mail_id"] == mail).tolist(), reply)
        return found
