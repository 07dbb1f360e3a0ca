"""Words for what became of mails and runs, and for which mails a run could send."""

from __future__ import annotations

from sheet_schema.vocabulary import NoticeState
from sheet_schema.word import Word

UNFINISHED = (NoticeState.CLAIMED, NoticeState.HANDING_OVER, NoticeState.RETRY)
"""States of a mail that a later run still has to settle."""


class RunMail(Word):
    """Which mail a run was free to send, whether or not there was any."""

    ALL = "all", "all"
    URGENT = "urgent", "urgent only"
    NONE = "none", "none"


class Command(Word):
    """The commands that leave a line in Runs."""

    RUN = "run", "run"
    VALIDATE = "validate", "validate"
    ASSIGN = "assign", "assign"
    ALERT = "alert", "alert"
    REMIND = "remind", "remind"
    ESCALATE = "escalate", "escalate"
    DIGEST = "digest", "digest"
    ARCHIVE = "archive", "archive"
    RESEAL = "reseal", "reseal"
    CLOSE_YEAR = "close-year", "close year"
    IMPORT = "import", "import"
    TAKE_BACK = "take-back", "import taken back"
    ERASE = "erase", "erase"


class RunOutcome(Word):
    DONE = "done", "done"
    FAILED = "failed", "failed"
    PLANNED = "planned", "planned"
    """A year was announced, which a later run is to close."""
    PARTLY = "partly", "partly"
    """Some of a year's rows were moved to its book, and others are to follow."""


class ChangedBy(Word):
    """Who changed a cell, where it was not the program."""

    PERSON = "person", "a person"
