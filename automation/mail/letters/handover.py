"""The archive's hand-over list: what was filed, by category, with neutral titles, the seals and their digest."""

from __future__ import annotations

from collections.abc import Mapping

from automation.cases.confidentiality import quotable_cases
from automation.ledger.directory import person_named
from automation.ledger.history_chain import digest_of_history
from automation.mail.letters.context import LetterContext
from automation.mail.letters.quoting import whom_to_ask
from automation.mail.letters.reasons import because_of_role
from automation.mail.mail import OutgoingMail
from automation.steps.filing import all_seals, last_seal
from automation.steps.handover import covered
from automation.text.catalogue import Message, Sentences, msg, sentences, with_note
from automation.text.templates import TemplateValues
from sheet_schema.vocabulary import Kind, Retention, Role

_TEXTS: Mapping[str, Message] = {"why": msg("It comes once a week if anything was filed."), "secret": msg("Confidential"), "no_kind": msg("Without a kind")}  # fmt: skip


def handed_over_to_the_archive(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """Everything sealed since the last list. Whoever gets it for somebody who is away, too, gets one."""
    texts, notice = Sentences(_TEXTS, letters.language), mail.notices[0]
    filing = letters.ledger.filing
    shown = covered(letters.ledger, notice.level).tolist()
    restricted = ~quotable_cases(filing, letters.ledger.policy)
    # Sorted by kind, a confidential case's place in the list would give its kind away.
    shown.sort(
        key=lambda at: (
            *(("", "") if restricted[at] else (filing["kind"][at], filing["archive_no"][at])),
            filing["seal_no"][at],
        )
    )
    groups: dict[str, list[TemplateValues]] = {}
    ask = whom_to_ask(letters, mail, filed=True)
    for at in shown:
        group, row = _row(letters, at, ask if restricted[at] else "")
        groups.setdefault(group, []).append(row)
    return {
        "why": sentences([because_of_role(letters, _role(letters, mail)), texts["why"]], letters.language),
        "count": len(shown),
        "groups": [
            {"title": with_note(title, str(len(rows)), letters.language), "rows": rows}
            for title, rows in groups.items()
        ],
        "last_seal": last_seal(letters.ledger),
        "digest": all_seals(filing),
        "history": digest_of_history(letters.ledger),
    }


def _role(letters: LetterContext, mail: OutgoingMail) -> Role:
    """The role in which the list was meant for somebody: the archivist's, or the office's where no archivist can get it."""
    person = person_named(mail.notices[0].slot, letters.ledger.policy.people)
    return Role.OFFICE if person is not None and Role.ARCHIVIST not in person.roles else Role.ARCHIVIST


def _row(letters: LetterContext, at: int, ask: str) -> tuple[str, TemplateValues]:
    """The category of a filed case, and its line in the list. Of a restricted case (where `ask` says whom to ask) the
    line holds no title and no kind, and no archive number either, since that contains the kind."""
    filing, texts = letters.ledger.filing, Sentences(_TEXTS, letters.language)
    retention, kind, closed = str(filing["retention"][at]), str(filing["kind"][at]), filing["closed_on"][at]
    line: dict[str, object] = {
        "case_no": filing["case_no"][at],
        "closed": "" if str(closed) == "NaT" else letters.spoken(closed.item()),
        "seal_no": int(filing["seal_no"][at]),
    }
    if ask:
        return texts["secret"], {
            **line,
            "archive_no": "",
            "title": ask,
            "retention": "",
        }
    more = {
        "archive_no": filing["archive_no"][at],
        "title": filing["topic"][at],
        "retention": Retention.of(retention).label(letters.language) if retention else "",
    }
    return Kind.of(kind).label(letters.language) if kind else texts["no_kind"], {**line, **more}
