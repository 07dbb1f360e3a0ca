"""Words for what became of mails, and for which mails a run could send."""

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
