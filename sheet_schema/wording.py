"""What the tab Wording is made of: what may be put into a mail's sentences, and the parts that a mail has."""

from __future__ import annotations

from dataclasses import dataclass

from sheet_schema.languages import Language, translated
from sheet_schema.word import Labelled, Word


class Placeholder(Word):
    """What may stand in braces in a sentence of a mail. Nothing of a case is among them that may be confidential: no name,
    no summary, no topic (docs/design.md#p6.12)."""

    CASE_NO = "case_no", "case_no"
    CASE_NOS = "case_nos", "case_nos"
    STEP = "step", "step"
    MATTER = "matter", "matter"
    DUE_ON = "due_on", "due_on"
    CAME_ON = "came_on", "came_on"
    COUNT = "count", "count"
    DEPARTMENT = "department", "department"
    HEADLINE = "headline", "headline"
    TODAY = "today", "today"
    TIME = "time", "time"
    SCHOOL = "school", "school"
    WORKBOOK = "workbook", "workbook"
    JOB = "job", "job"
    HOURS = "hours", "hours"
    LIMIT = "limit", "limit"
    SENDING = "sending", "sending"
    ASKED = "asked", "asked"
    REASON = "reason", "reason"


@dataclass(frozen=True)
class Part(Labelled):
    """A sentence that mails of several kinds have, such as the opening, and what it is for."""

    key: str
    english: str
    meaning_english: str

    def meaning(self, language: Language) -> str:
        return translated(language, f"{self.context} meaning", self.meaning_english)


SUBJECT = Part("subject", "subject", "The subject.")
SUBJECT_OF_ONE = Part("subject", "subject", "The subject of a mail about one case.")
SEVERAL = Part("several", "subject, several cases", "The subject of a mail about more than one case.")
SEVERAL_URGENT = Part(
    "several_urgent",
    "subject, several cases, not all open to the reader",
    "The subject of a mail about more than one case, where the reader may not be told what one of them is.",
)
OPENING = Part("opening", "opening", "The first sentence, above the cases or figures.")
CLOSING = Part("closing", "closing", "The last sentence above the office's name.")
CLOSING_GROUP = Part("closing_group", "closing, about groups", "What to bear in mind if they are a group.")
CLOSING_DEPARTMENT = Part(
    "closing_department",
    "closing, to the department",
    "The last sentence to the department or person who has to do it.",
)
CLOSING_OFFICE = Part(
    "closing_office", "closing, to the office", "The last sentence to the office, where it has to do it."
)
CLOSING_LEADER = Part(
    "closing_leader", "closing, to a leader", "The last sentence to whoever is told and has not to do it."
)
CLOSING_LEADER_HERE = Part(
    "closing_leader_here",
    "closing, to a leader in the office",
    "The same to somebody who works in the office and can type it.",
)
SUBJECT_PASSED_UP = Part(
    "subject_passed_up", "subject, passed up", "The subject where nobody in the department could be told."
)
SEVERAL_PASSED_UP = Part("several_passed_up", "subject, passed up, several cases", "The same for more than one case.")
OPENING_PASSED_UP = Part(
    "opening_passed_up", "opening, passed up", "The first sentence where nobody in the department could be told."
)
SUBJECT_COPIED = Part("subject_copied", "subject, copy", "The subject for whoever gets a copy, for information.")
SEVERAL_COPIED = Part("several_copied", "subject, copy, several cases", "The same for more than one case.")
OPENING_COPIED = Part("opening_copied", "opening, copy", "The first sentence for whoever gets a copy, for information.")
SUBJECT_INVOLVED = Part(
    "subject_involved", "subject, also involved", "The subject for a department that has a part in a case of another."
)
SEVERAL_INVOLVED = Part("several_involved", "subject, also involved, several cases", "The same for more than one case.")
OPENING_INVOLVED = Part(
    "opening_involved",
    "opening, also involved",
    "The first sentence for a department that has a part in a case of another.",
)
CLOSING_INVOLVED = Part(
    "closing_involved",
    "closing, also involved",
    "The last sentence for a department that has a part in a case of another.",
)
FOOTER = Part(
    "footer",
    "footer",
    "What stands below the mail, for whoever gets it in this role. The reason has to stay in it: it says why they get it.",
)
FOOTER_COPY = Part("copy", "copy", "The same for whoever gets a copy, by a routing rule and not in a role.")
FOOTER_DIGEST = Part("digest", "digest", "The same below the digest that somebody gets by Digest in People.")
PARTS = (
    SUBJECT, SUBJECT_OF_ONE, SEVERAL, SEVERAL_URGENT, OPENING, CLOSING, CLOSING_GROUP, CLOSING_DEPARTMENT, CLOSING_OFFICE, CLOSING_LEADER,
    CLOSING_LEADER_HERE, SUBJECT_PASSED_UP, SEVERAL_PASSED_UP, OPENING_PASSED_UP, SUBJECT_COPIED, SEVERAL_COPIED,
    OPENING_COPIED, SUBJECT_INVOLVED, SEVERAL_INVOLVED, OPENING_INVOLVED, CLOSING_INVOLVED, FOOTER, FOOTER_COPY, FOOTER_DIGEST,
)  # fmt: skip
