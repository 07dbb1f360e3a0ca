"""Every fixed list of the workbook. Each word has a key and two labels.

Tables, JSON and code use the key, which a word is equal to (`Kind.ALLEGATION == "allegation"`); labels appear only in
cells and in text for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from sheet_schema.languages import LANGUAGES, traits
from sheet_schema.word import Word, Words


class Light(Word):
    LATE = "late", "Late"
    SOON = "soon", "Soon"
    ON_TIME = "on_time", "On time"
    WAITING = "waiting", "Waiting"


class Channel(Word):
    VISIT = "visit", "Visit"
    LETTER = "letter", "Letter"
    PHONE = "phone", "Phone"
    ONLINE = "online", "Online"
    EMAIL = "email", "E-mail"
    HOTLINE = "hotline", "Hotline or mailbox"
    SUPERIOR = "superior", "Authority"
    PASSED_ON = "passed_on", "Passed on by authority"
    LEADER = "leader", "Leader"


class Kind(Word):
    """信访工作条例 (2022) art. 29-31 have the first three; we added the enquiry."""

    SUGGESTION = "suggestion", "Suggestion"
    COMPLAINT = "complaint", "Complaint"
    ALLEGATION = "allegation", "Allegation"
    ENQUIRY = "enquiry", "Enquiry"


class YesNo(Word):
    YES = "yes", "Yes"
    NO = "no", "No"


MailLanguage: Words = Word(  # type: ignore[assignment, call-arg]
    "MailLanguage",
    {code: (code, str(traits(code)["name"])) for code in LANGUAGES},  # type: ignore[arg-type]
    module=__name__,
)
"""The installed languages, each by its own name."""


class RuleState(Word):
    YES = "yes", "Yes"
    NO = "no", "No"
    TRY = "try", "Try"


class InForce(Word):
    """Whether a dated rule or a row of Calendar counts."""

    YES = "yes", "Yes"
    NO = "no", "No"
    TRY = "try", "Try"


class Status(Word):
    INCOMPLETE = "incomplete", "Incomplete"
    IN_REVIEW = "in_review", "At stage 2"
    IN_SECOND_REVIEW = "in_second_review", "At stage 3"
    CLOSED = "closed", "Closed"
    REPLIED = "replied", "Replied"
    IN_HAND = "in_hand", "In hand"
    REGISTERED = "registered", "Registered"


class Step(Word):
    DECIDE = "decide", "Decide"
    NOTIFY = "notify", "Acknowledge"
    REPLY = "reply", "Reply"
    LEGAL_LIMIT = "legal_limit", "Legal limit"
    TELL_RESULT = "tell_result", "Tell the result"
    TELL_EXTENSION = "tell_extension", "Notice of extension"
    PART = "part", "Part"
    FEEDBACK = "feedback", "Report back"
    REVIEW = "review", "Stage 2"
    OBJECTION_PERIOD = "objection_period", "Time to ask for stage 2"
    PANEL = "panel", "Panel"
    SECOND_REVIEW = "second_review", "Stage 3"
    SECOND_PERIOD = "second_period", "Time to ask for stage 3"


class Decision(Word):
    ACCEPT = "accept", "Accept"
    DECLINE = "decline", "Decline"
    REFER = "refer", "Refer"
    ELSEWHERE = "elsewhere", "Signposted"
    LEGAL_PROCEDURE = "legal_procedure", "Legal procedure"
    EXPLAINED = "explained", "Explained"
    VOID = "void", "Void"


TURNED_AWAY = (Decision.DECLINE, Decision.REFER, Decision.ELSEWHERE, Decision.LEGAL_PROCEDURE, Decision.EXPLAINED)
"""Decisions after which no reply is owed: 信访工作条例 (2022) art. 23 (not ours: told where to go), art. 31 (a procedure of its own)."""


class Procedure(Word):
    """信访工作条例 (2022) art. 31 (1) to (5): what goes to a procedure of its own in law."""

    COURT = "court", "Court or police"
    ARBITRATION = "arbitration", "Arbitration"
    APPEAL = "appeal", "Appeal within its own body"
    ADMINISTRATIVE = "administrative", "Administrative procedure"
    PROTECTION = "protection", "Enforcement by an authority"


class CaseOutcome(Word):
    """信访工作条例 (2022) art. 29 (suggestions: 采纳或者部分采纳), art. 32 (complaints), art. 33 (调解); allegations are found true or not."""

    SUPPORTED = "supported", "Upheld"
    PARTLY_SUPPORTED = "partly_supported", "Partly upheld"
    EXPLAINED = "explained", "Explained"
    NOT_SUPPORTED = "not_supported", "Not upheld"
    ADOPTED = "adopted", "Adopted"
    PARTLY_ADOPTED = "partly_adopted", "Partly adopted"
    NOT_ADOPTED = "not_adopted", "Not adopted"
    SUBSTANTIATED = "substantiated", "Substantiated"
    PARTLY_SUBSTANTIATED = "partly_substantiated", "Partly substantiated"
    UNSUBSTANTIATED = "unsubstantiated", "Unsubstantiated"
    UNVERIFIABLE = "unverifiable", "Could not be verified"
    MEDIATED = "mediated", "Settled by mediation"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Satisfaction(Word):
    GOOD = "good", "Good"
    FAIR = "fair", "Fair"
    POOR = "poor", "Poor"


class Identity(Word):
    STUDENT = "student", "Pupil"
    PARENT = "parent", "Parent"
    STAFF = "staff", "Staff"
    OTHER = "other", "Other"


class Retention(Word):
    """DA/T 22-2015 and 8号令: permanent, thirty years, ten years."""

    PERMANENT = "permanent", "Permanent"
    YEARS_30 = "years_30", "30 years"
    YEARS_10 = "years_10", "10 years"


RETENTION_CODES = {Retention.PERMANENT: "Y", Retention.YEARS_30: "D30", Retention.YEARS_10: "D10"}
"""DA/T 22-2015: 永久 Y, 定期30年 D30, 定期10年 D10."""
RETENTION_YEARS = {Retention.YEARS_30: 30, Retention.YEARS_10: 10}
ARCHIVE_CLASSES = {Kind.SUGGESTION: "JY", Kind.COMPLAINT: "SS", Kind.ALLEGATION: "JJ", Kind.ENQUIRY: "ZX"}
"""The class (问题) in an archive number: the initials of the kind's Chinese name in pinyin."""


class Who(Word):
    OFFICE = "office", "Office"
    HANDLER = "handler", "Handler"
    HEAD = "head", "Head of department"


class Start(Word):
    RECEIVED = "received", "Received"
    ACCEPTED = "accepted", "Accepted"
    CONCLUDED = "concluded", "Concluded"
    REPLIED = "replied", "Replied"
    EXTENDED = "extended", "Extension entered"
    REVIEW = "review", "Stage 2 asked"
    REVIEW_DONE = "review_done", "Stage 2 answered"
    SECOND_REVIEW = "second_review", "Stage 3 asked"
    PANEL = "panel", "Panel meets"


class Unit(Word):
    DAY = "day", "day"
    WORKDAY = "workday", "working day"
    SCHOOLDAY = "schoolday", "school day"


class DayKind(Word):
    HOLIDAY = "holiday", "holiday"
    WORKDAY = "workday", "working day"
    CLOSED = "closed", "closed"


class Role(Word):
    OFFICE = "office", "office"
    DUTY = "duty", "duty"
    HEAD = "head", "head of department"
    HANDLER = "handler", "handler"
    LEADER = "leader", "senior leader"
    PRINCIPAL = "principal", "headteacher"
    GROUP = "group", "governors"
    DISCIPLINE = "discipline", "conduct of staff"
    ARCHIVIST = "archivist", "archivist"
    ADMINISTRATOR = "administrator", "administrator"
    SUPERIOR = "superior", "authority"
    OUTSIDE = "outside", "outside"


RANK: Mapping[str, int] = {
    Role.HEAD: 1, Role.LEADER: 2, Role.DISCIPLINE: 2, Role.PRINCIPAL: 3, Role.GROUP: 4, Role.SUPERIOR: 4, Role.OUTSIDE: 4,
}  # fmt: skip
"""How far up each role stands; whoever is not named here, such as office and handler, stands at the bottom, 0."""


class DigestRhythm(Word):
    NONE = "none", "none"
    DAILY = "daily", "daily"
    WEEKLY = "weekly", "weekly"


class ToldBy(Word):
    """How a person wants to be told of a case."""

    MAIL = "mail", "mail"
    CHAT = "chat", "chat"
    BOTH = "both", "mail and chat"


class Sending(Word):
    TRIAL = "trial", "trial"
    LIVE = "live", "live"
    PAUSED = "paused", "paused"
    RELEASE = "release", "release"


class PleaseDo(Word):
    """What an administrator may request in Settings, without a terminal."""

    CHECK = "check", "check"
    PREVIEW = "preview", "preview"
    REPORT = "report", "report"
    HANDOVER = "handover", "handover"
    BACKUP = "backup", "backup"


class HowOften(Word):
    """How often there is to be a reception day."""

    WEEK = "week", "week"
    FORTNIGHT = "fortnight", "fortnight"
    MONTH = "month", "month"
    NEVER = "never", "never"


class TaskStep(Word):
    """What is to be done by a day and is no step of a case."""

    RECEPTION = "reception", "Reception day"
    UNDERTAKING = "undertaking", "Undertaking"


class Flag(Word):
    """What `flags` may say of a case. The last three ask somebody to look."""

    OVERDUE = "overdue", "Overdue"
    EXTENDED = "extended", "Extended"
    COLLECTIVE = "collective", "Group"
    JOINT = "joint", "Joint letter"
    REPEAT = "repeat", "Repeat"
    SETTLED = "settled", "After a second review"
    RESTRICTED = "restricted", "Restricted"
    CONFLICT = "conflict", "Conflict of interest"
    PERHAPS_REPEAT = "perhaps_repeat", "Repeat of {}?"
    PERHAPS_MEANT = "perhaps_meant", "Who is meant: {}?"


class NoticeKind(Word):
    ALERT = "alert", "alert"
    REMINDER = "reminder", "reminder"
    ESCALATION = "escalation", "overdue"
    ASSIGNMENT = "assignment", "assigned"
    HANDED_OVER = "handed_over", "gone elsewhere"
    TASK_REMINDER = "task_reminder", "task ahead"
    TASK_ESCALATION = "task_escalation", "task overdue"
    DIGEST_OFFICE = "digest_office", "digest for the office"
    DIGEST_LEADER = "digest_leader", "digest"
    HANDOVER = "handover", "hand-over list"
    FAILURE = "failure", "failure"
    STORM = "storm", "too many mails"
    STOP = "stop", "stopped"
    LEFT_OPEN = "left_open", "left open"
    ANSWER = "answer", "answer"
    ACKNOWLEDGED = "acknowledged", "acknowledgement"
    RATING = "rating", "how it was handled"


NoticeStep: Words = cast(Any, Word)(
    "NoticeStep", {word.name: (word.key, word.english) for words in (Step, PleaseDo, TaskStep) for word in words}
)
"""What the column Step of Notices may hold: a step of a case, an administrator's request, or what is to be done elsewhere."""

DIGESTS = (NoticeKind.DIGEST_OFFICE, NoticeKind.DIGEST_LEADER)
PERSONAL = (*DIGESTS, NoticeKind.HANDOVER, NoticeKind.ANSWER)
"""Notices for one reader, named in the slot, about all cases that this reader may know of."""
TO_PETITIONERS = (NoticeKind.ACKNOWLEDGED, NoticeKind.RATING)
"""Notices to whoever brought a case, not to anybody in People or Departments."""
URGENT = (NoticeKind.ALERT, NoticeKind.FAILURE, NoticeKind.STORM, NoticeKind.STOP, NoticeKind.ANSWER)
"""Notices that go out at any hour, and even while too many other mails are held back (docs/design.md#p6.4)."""


class NoticeState(Word):
    CLAIMED = "claimed", "claimed"
    HANDING_OVER = "handing_over", "handing over"
    SENT = "sent", "sent"
    WRITTEN = "written", "written"
    RETRY = "retry", "retry"
    FAILED = "failed", "failed"
    UNCERTAIN = "uncertain", "uncertain"
    VOID = "void", "void"
    SUPERSEDED = "superseded", "superseded"
