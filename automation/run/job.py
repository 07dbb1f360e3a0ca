"""What a run is asked to do, what limits it, and its result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic

from automation.cases.cases import Cases
from automation.ledger.changes import ColumnChange, Columns
from automation.ledger.errors import LedgerError
from automation.ledger.foreign_sheet import ForeignFile
from automation.ledger.model import Filled, Ledger, Problem
from automation.ledger.notices import Notice
from automation.ledger.people import Person
from automation.ledger.workbook import NOTHING_NOTED, Notes, RowMove, Snapshot, TabEdit
from automation.mail.letters.context import Answer, FailedJob
from automation.mail.mail import Mail, OutgoingMail
from automation.mail.transport.chats import Chats
from automation.mail.transport.mailer import Handed, MailServer
from automation.steps.alerts import alert
from automation.steps.assignment_notices import tell_departments
from automation.steps.digests import digest
from automation.steps.escalation import escalate
from automation.steps.handover import hand_over
from automation.steps.petitioner_notices import tell_petitioners
from automation.steps.reminders import remind
from automation.steps.task_notices import escalate_tasks, remind_of_tasks
from automation.steps.years_due import BookOf, YearDue
from automation.workbooks.laid_out import LaidOut
from sheet_schema import FILING, HISTORY, NOTICES
from sheet_schema.vocabulary import DIGESTS, TO_PETITIONERS, NoticeKind, NoticeState

Raises = Callable[[Cases, datetime], list[Notice]]


@dataclass(frozen=True)
class Job:
    """What a command does: whether it assigns, the notices it raises, the columns it may write (empty: all)."""

    name: str
    assigns: bool
    raises: tuple[Raises, ...] = ()
    writes: Columns = ()
    files: bool = False
    """Whether it moves closed rows to Filing."""
    answers: bool = False
    """Whether it does what an administrator asks for in Settings."""

    @property
    def kinds(self) -> tuple[NoticeKind, ...]:
        """The kinds of notices that this job raises when they are due, and those that any job may raise."""
        return kinds_of([raises.__name__ for raises in self.raises])

    @property
    def writes_everything(self) -> bool:
        """Whether it may write every column; only such a command numbers rows and writes derived cells."""
        return not self.writes


KINDS: Mapping[str, tuple[NoticeKind, ...]] = {
    alert.__name__: (NoticeKind.ALERT,),
    tell_departments.__name__: (NoticeKind.ASSIGNMENT, NoticeKind.HANDED_OVER),
    remind.__name__: (NoticeKind.REMINDER,),
    escalate.__name__: (NoticeKind.ESCALATION,),
    remind_of_tasks.__name__: (NoticeKind.TASK_REMINDER,),
    escalate_tasks.__name__: (NoticeKind.TASK_ESCALATION,),
    digest.__name__: DIGESTS,
    hand_over.__name__: (NoticeKind.HANDOVER,),
    tell_petitioners.__name__: TO_PETITIONERS,
}
"""The kinds of notices that each step raises, by the step's name."""
ABOUT_THE_RUN = (NoticeKind.FAILURE, NoticeKind.STORM, NoticeKind.STOP, NoticeKind.LEFT_OPEN, NoticeKind.ANSWER)
"""The kinds that no step raises."""


def kinds_of(steps: Iterable[str]) -> tuple[NoticeKind, ...]:
    """The kinds of notices that these steps raise, by their names, and those that no step raises."""
    return (*(kind for step in steps for kind in KINDS.get(step, ())), *ABOUT_THE_RUN)


_NOTICES: Columns = (*(("notices", column.key) for column in NOTICES), ("settings", "value"))


_FILED: Columns = (
    *(("filing", column.key) for column in FILING),
    ("index", "filed_on"),
    ("index", "archive_no"),
)


JOBS: Mapping[str, Job] = {
    "run": Job(
        "run",
        assigns=True,
        raises=(
            alert,
            tell_departments,
            remind,
            escalate,
            remind_of_tasks,
            escalate_tasks,
            digest,
            hand_over,
            tell_petitioners,
        ),
        files=True,
        answers=True,
    ),
    # These four assign although they may not write the department: in memory, so that their mails find their readers.
    "alert": Job("alert", assigns=True, raises=(alert,), writes=_NOTICES),
    "remind": Job("remind", assigns=True, raises=(remind, remind_of_tasks), writes=_NOTICES),
    "escalate": Job("escalate", assigns=True, raises=(escalate, escalate_tasks), writes=_NOTICES),
    "digest": Job("digest", assigns=True, raises=(digest,), writes=_NOTICES),
    "archive": Job("archive", assigns=False, writes=_FILED, files=True),
    "validate": Job("validate", assigns=False),
    "assign": Job(
        "assign",
        assigns=True,
        raises=(tell_departments,),
        writes={
            ("register", "department"),
            ("register", "handler"),
            ("routing", "matches"),
            *_NOTICES,
            *(("history", column.key) for column in HISTORY),
            ("index", "as_seen"),
        },
    ),
}


@dataclass(frozen=True)
class ActionContext:
    """What an action works with: the locked workbook after the commit, the run's request, the office's time."""

    workbook: LaidOut
    snapshot: Snapshot
    request: Request
    now: datetime


AnswerFor = Callable[[Person], Answer]
Action = Callable[[ActionContext], AnswerFor]
"""Does what was asked, once, and returns a function that tells each reader what they may know. Raises LedgerError."""


@dataclass(frozen=True)
class Request:
    """What a person or a timer asks for.

    `now` is the time to work as if it were (`--now`), aware, or naive in the ledger's own time zone. `real_time` is the
    time by this computer's clock, aware; both are the same without `--now`.
    """

    job: Job
    now: datetime
    real_time: datetime
    seconds: Callable[[], float] = monotonic
    """Seconds on a clock that only goes on, to tell how long the run has worked."""
    dry_run: bool = False
    accepted_stop: str = ""
    outbox: Path | None = None
    """The folder for mails; without one no notice is claimed."""
    earlier_outbox: Path | None = None
    """The folder into which versions before this one wrote mails, if they are to be listed, too."""
    earlier_outbox_shared: bool = True
    """Whether other ledgers may have written mails there."""
    instead_of_sending: bool = False
    """Whether a person named the folder, so that mails go there whatever Settings say."""
    server: MailServer | None = None
    reply_secret: str = field(default="", repr=False)
    """With what Message-IDs are made such that nobody can guess them; blank where replies are not read."""
    chats: Chats = field(default_factory=Chats)
    """The chats that messages can be sent to from this computer."""
    workbook: str = ""
    """The name of the workbook for mails that mention it."""
    takes_in: Sequence[ForeignFile | LedgerError] | None = None
    """The files that somebody dropped for the office, or why one cannot be read, beside the tab that a form fills; None if no rows of forms are taken over."""
    actions: Mapping[str, Action] = field(default_factory=dict)
    """The action for each thing an administrator may ask for; if there are none, it waits for a run that has them."""

    @property
    def really_sends(self) -> bool:
        """Whether mails go to a server if Settings allow it."""
        return self.server is not None and not self.instead_of_sending


@dataclass(frozen=True)
class Result:
    """What a run did to the workbook, or would do with `dry_run`. `claims` are the notices that it claims."""

    run: str
    now: datetime
    before: Ledger
    after: Ledger
    changes: tuple[ColumnChange, ...] = ()
    filled: tuple[Filled, ...] = ()
    edits: tuple[TabEdit, ...] = ()
    problems: tuple[Problem, ...] = ()
    mails: tuple[Mail, ...] = ()
    held: tuple[OutgoingMail, ...] = ()
    unreachable: tuple[Notice, ...] = ()
    notices: tuple[tuple[Notice, OutgoingMail], ...] = ()
    claims: Notes = NOTHING_NOTED
    moves: tuple[RowMove, ...] = ()
    broken: tuple[FailedJob, ...] = ()
    became: Mapping[str, Handed] = field(default_factory=dict)
    """What became of each mail, by its id; empty until one is handed over."""
    ended: LedgerError | None = None
    """Why the run stopped handing over before all mails were out."""
    written: bool = False
    undone: frozenset[str] = frozenset()
    """Cases left to the next run because somebody changed their row at the moment of writing."""
    calls: int = 0
    """Requests sent over the network; 0 for a local file."""
    closes: YearDue | None = None
    """The year that is to be closed once all else is done."""

    @property
    def stopped(self) -> bool:
        return any(problem.stops for problem in self.problems)

    @property
    def found_nothing(self) -> bool:
        """Whether there was nothing to write, to send or to tell, and every job went well."""
        at_work = (self.edits, self.moves, self.claims, self.mails, self.broken, self.became, self.undone, self.closes)
        return not (any(at_work) or self.written or self.stopped or self.ended)

    @property
    def some_not_sent(self) -> bool:
        done = (NoticeState.SENT, NoticeState.WRITTEN)
        return any(handed.state not in done for handed in self.became.values())


Bound = Callable[[RowMove], Mapping[int, str]]
"""Finds the rows of a move that cannot go, and the reason of each."""


@dataclass(frozen=True)
class Constraints:
    """What limits a run.

    With `open_elsewhere` only the journal can be written. `no_mail` is the reason, in words, why no mail can go out.
    """

    open_elsewhere: bool = False
    no_mail: str = ""
    bound: Bound = lambda _: {}
    most_moves: int | None = None
    """The most rows that one commit can move; None: no limit."""
    book_of: BookOf | None = None
    """The name of a year's book; None if no year can be closed."""
    marks_batches: bool = False
    """Whether the first mails are claimed as being handed over, up to a batch, since a write for each would take long."""
    calls: Callable[[int], int] = lambda _: 0
    """The number of network requests that the run will have sent, by its number of mails; 0 for a local file."""


UNCONSTRAINED = Constraints()
