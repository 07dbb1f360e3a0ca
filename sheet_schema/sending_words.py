"""Words for what became of mails, and for which mails a run could send."""

from __future__ import annotations

from sheet_schema.vocabulary import NoticeState, Word

UNFINISHED = (NoticeState.CLAIMED, NoticeState.HANDING_OVER, NoticeState.RETRY)
"""States of a mail that a later run still has to settle."""


class RunMail(Word):
    """Which mail a run was free to send, whether or not there was any."""

    ALL = "all", "all", "全部"
    URGENT = "urgent", "urgent only", "仅紧急"
    NONE = "none", "none", "不发"
