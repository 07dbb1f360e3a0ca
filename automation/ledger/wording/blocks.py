"""Every sentence of every mail that administrators may say in their own words, and ours."""

from __future__ import annotations

from collections.abc import Iterator

from automation.ledger.wording.block import Block, Places
from automation.text.catalogue import Message, counted, msg
from sheet_schema import wording as part
from sheet_schema.vocabulary import NoticeKind, Role
from sheet_schema.wording import Part, Placeholder

_ALWAYS: Places = {"today": Placeholder.TODAY, "school": Placeholder.SCHOOL}
_N: Places = {"n": Placeholder.COUNT, **_ALWAYS}
_NUMBER: Places = {"number": Placeholder.CASE_NO, **_ALWAYS}
_NUMBERS: Places = {"n": Placeholder.COUNT, **_NUMBER}
_ALL_NUMBERS: Places = {"numbers": Placeholder.CASE_NOS, **_NUMBERS}
_ONE: Places = {"number": Placeholder.CASE_NO, "step": Placeholder.STEP, "day": Placeholder.DUE_ON, **_ALWAYS}
_SEVERAL: Places = {"n": Placeholder.COUNT, **_ONE}
_CAME_ONE: Places = {"number": Placeholder.CASE_NO, "step": Placeholder.MATTER, "day": Placeholder.CAME_ON, **_ALWAYS}
_CAME: Places = {"n": Placeholder.COUNT, "number": Placeholder.CASE_NO, "day": Placeholder.CAME_ON, **_ALWAYS}
_COPY: Places = {"department": Placeholder.DEPARTMENT, **_NUMBER}
_TODAY: Places = {"day": Placeholder.TODAY, "school": Placeholder.SCHOOL}
_DIGEST: Places = {"headline": Placeholder.HEADLINE, **_TODAY}
_FILED: Places = {"n": Placeholder.COUNT, **_TODAY}
_MEMO: Places = {"workbook": Placeholder.WORKBOOK, "time": Placeholder.TIME, **_TODAY}
_FAILURE: Places = {"job": Placeholder.JOB, **_MEMO}
_STORM: Places = {"n": Placeholder.COUNT, "limit": Placeholder.LIMIT, "release": Placeholder.SENDING, **_MEMO}
_OPEN: Places = {"n": Placeholder.HOURS, **_MEMO}
_ANSWER: Places = {"asked": Placeholder.ASKED, **_TODAY}
_WHY: Places = {"reason": Placeholder.REASON, **_ALWAYS}

Row = tuple[Part, Places, tuple[Message, ...]]
"""A sentence of a mail: its part, what may be put in, and ours, of which the first that can be filled is said."""
BECAUSE = msg("You get this because {reason}.")


def _mail(kind: NoticeKind, *rows: Row, about: str = "cases") -> Iterator[Block]:
    for one, places, ours in rows:
        yield Block(kind, one, ours, places, about)


def _to_both(kind: NoticeKind, row: Row, about: str, to_department: Message) -> Block:
    """A sentence in which a language calls a department otherwise than a person."""
    one, places, ours = row
    return Block(kind, one, ours, places, about, to_department=(to_department,))


def _about_steps(
    kind: NoticeKind, subject: Message, several: Message, opening: Message, reply: Message
) -> Iterator[Block]:
    """What a mail about steps with a due date says; at its end each reader is told what to do next."""
    return _mail(
        kind,
        (part.SUBJECT_OF_ONE, _ONE, (subject,)),
        (part.SEVERAL, _SEVERAL, (several,)),
        (part.OPENING, _SEVERAL, (opening,)),
        (part.CLOSING_DEPARTMENT, _SEVERAL, (reply,)),
        (part.CLOSING_OFFICE, _SEVERAL, (msg("Enter in the Register what has been done; then nothing more is sent about it."),)),
        (part.CLOSING_LEADER, _SEVERAL, (msg("To give an instruction, reply to this mail; the office enters it in the ledger."),)),
        (part.CLOSING_LEADER_HERE, _SEVERAL, (msg("Enter an instruction in the Register."),)),
    )  # fmt: skip


_ALERT = _mail(
    NoticeKind.ALERT,
    (part.SUBJECT_OF_ONE, _CAME_ONE, (msg("{step}: {number}, {day}"), msg("{step}: {number}"))),
    (part.SEVERAL, _CAME, (msg("{n} urgent matters to report at once, first {number}, {day}"),)),
    (part.SEVERAL_URGENT, _CAME, (msg("{n} urgent matters, first {number}, {day}"), msg("{n} urgent matters, first {number}"))),
    (part.OPENING, _CAME, (msg("Please telephone first, before you do anything else."),)),
    (part.CLOSING_GROUP, _CAME, (msg("If they are a group, please see no more than five representatives together."),)),
    (part.CLOSING, _CAME, (msg("Once a leader has been told, the office records it in the ledger, and this is not sent again."),)),
    (part.CLOSING_OFFICE, _CAME, (msg("Once a leader has been told, record it in the Register: then this is not sent again."),)),
)  # fmt: skip
_REMINDER = _about_steps(
    NoticeKind.REMINDER,
    subject=msg("{number} {step} due {day}"),
    several=msg("{n} cases due, the first on {day}: {number} {step}"),
    opening=counted("This is due soon.", "These are due soon."),
    reply=msg("Reply to this mail with the result; the office enters it in the ledger."),
)
_ESCALATION = _about_steps(
    NoticeKind.ESCALATION,
    subject=msg("Late: {number} {step} was due {day}"),
    several=msg("{n} late cases, worst first: {number} {step} was due {day}"),
    opening=counted("The deadline for this has passed.", "The deadline for these has passed."),
    reply=msg("Reply to this mail with the result, or with the reason and the day it will be done; the office enters it in the ledger."),
)  # fmt: skip


def _about_tasks(kind: NoticeKind, subject: Message, several: Message, opening: Message) -> Iterator[Block]:
    """What a mail about something to be done says that is no step of a case."""
    return _mail(
        kind,
        (part.SUBJECT_OF_ONE, _ONE, (subject,)),
        (part.SEVERAL, _SEVERAL, (several,)),
        (part.OPENING, _SEVERAL, (opening,)),
        (part.CLOSING_OFFICE, _SEVERAL, (msg("Enter in the ledger what has become of it; then nothing more is sent about it."),)),
        (part.CLOSING_LEADER, _SEVERAL, (msg("Reply to this mail with what has become of it; the office enters it in the ledger."),)),
    )  # fmt: skip


_TASKS = (
    *_about_tasks(
        NoticeKind.TASK_REMINDER,
        subject=msg("{step} on {day} ({number})"),
        several=msg("{n} days to remember, the first {day}: {step} ({number})"),
        opening=counted("This is soon.", "These are soon."),
    ),
    *_about_tasks(
        NoticeKind.TASK_ESCALATION,
        subject=msg("Late: {step}, due {day} ({number})"),
        several=msg("{n} late: {step}, due {day} ({number}), first"),
        opening=counted("The day for this has passed.", "The days for these have passed."),
    ),
)
_GIVEN = (
    *_mail(
        NoticeKind.ASSIGNMENT,
        (part.SUBJECT_OF_ONE, _ONE, (msg("{number} is yours: {step} due {day}"), msg("{number} is yours"))),
        (part.SEVERAL, _SEVERAL, (msg("{n} new cases, the first {number}: {step} due {day}"), msg("{n} new cases, the first {number}"))),
        about="given",
    ),
    _to_both(
        NoticeKind.ASSIGNMENT,
        (part.OPENING, _SEVERAL, (counted("This matter is now yours.", "These matters are now yours."),)),
        "given",
        counted("This matter is now yours.", "These matters are now yours.", "to a department"),
    ),
    _to_both(
        NoticeKind.ASSIGNMENT,
        (part.CLOSING_DEPARTMENT, _SEVERAL, (msg("Reply to this mail with the result; the office enters it in the ledger. If it is not yours, reply today and say whose it is."),)),
        "given",
        msg("Reply to this mail with the result; the office enters it in the ledger. If it is not yours, reply today and say whose it is.", "to a department"),
    ),
    _to_both(
        NoticeKind.ASSIGNMENT,
        (part.CLOSING_OFFICE, _SEVERAL, (msg("Enter the result in the Register. If it is not yours, give it to another department there today."),)),
        "given",
        msg("Enter the result in the Register. If it is not yours, give it to another department there today.", "to a department"),
    ),
)  # fmt: skip
_PASSED_UP = _mail(
    NoticeKind.ASSIGNMENT,
    (part.SUBJECT_PASSED_UP, _NUMBER, (msg("Please see to {number}: nobody was told by mail"),)),
    (part.SEVERAL_PASSED_UP, _NUMBERS, (msg("Please see to {n} cases, the first {number}: nobody was told by mail"),)),
    (
        part.OPENING_PASSED_UP,
        _N,
        (
            counted(
                "Whoever this was given to has not been told by mail. Please see that it is taken up.",
                "Whoever these were given to have not been told by mail. Please see that they are taken up.",
            ),
        ),
    ),
    about="passed_up",
)
_INVOLVED = _mail(
    NoticeKind.ASSIGNMENT,
    (part.SUBJECT_INVOLVED, _ONE, (msg("Your part in {number}, due {day}"), msg("Your part in {number}"))),
    (part.SEVERAL_INVOLVED, _SEVERAL, (msg("Your part in {n} cases, the first {number}, due {day}"), msg("Your part in {n} cases, the first {number}"))),
    (part.OPENING_INVOLVED, _SEVERAL, (counted("You have a part in this matter.", "You have a part in these matters."),)),
    (part.CLOSING_INVOLVED, _SEVERAL, (msg("Reply to this mail with your part; the office passes it on to the department that leads. If you have none in it, reply today and say so."),)),
    about="involved",
)  # fmt: skip
_COPIED = _mail(
    NoticeKind.ASSIGNMENT,
    (part.SUBJECT_COPIED, _COPY, (msg("For information: {number} was given to {department}"), msg("For information: {number} was assigned"))),
    (part.SEVERAL_COPIED, _NUMBERS, (msg("For information: {n} cases were assigned, the first {number}"),)),
    (
        part.OPENING_COPIED,
        _N,
        (
            counted(
                "For your information only: this was assigned. You have nothing to do.",
                "For your information only: these were assigned. You have nothing to do.",
            ),
        ),
    ),
    about="copied",
)  # fmt: skip
_HANDED_OVER = (
    *_mail(
        NoticeKind.HANDED_OVER,
        (part.SUBJECT_OF_ONE, _NUMBER, (msg("{number} is no longer with you"),)),
        (part.SEVERAL, _NUMBERS, (msg("{n} cases are no longer with you, the first {number}"),)),
        about="numbers",
    ),
    _to_both(
        NoticeKind.HANDED_OVER,
        (part.OPENING, _ALL_NUMBERS, (counted("{numbers} is no longer with you. There is nothing more for you to do.", "{numbers} are no longer with you. There is nothing more for you to do."),)),
        "numbers",
        counted("{numbers} is no longer with you. There is nothing more for you to do.", "{numbers} are no longer with you. There is nothing more for you to do.", "to a department"),
    ),
)  # fmt: skip


_TO_PETITIONERS = (
    *_mail(
        NoticeKind.ACKNOWLEDGED,
        (part.SUBJECT, _NUMBER, (msg("We have received what you brought to us: {number}"),)),
        (part.OPENING, _NUMBER, (msg("We have received what you brought to us. Its number is {number}: please name it whenever you ask about it."),)),
        (part.CLOSING, _NUMBER, (msg("You can reply to this mail; the office reads it. If you want no mails from us, say so there."),)),
        about="numbers",
    ),
    *_mail(
        NoticeKind.RATING,
        (part.SUBJECT, _NUMBER, (msg("How was {number} handled?"),)),
        (part.OPENING, _NUMBER, (msg("What you brought to us as {number} is closed. How was it handled? Please reply to this mail with one word: Good, Fair or Poor."),)),
        (part.CLOSING, _NUMBER, (msg("You need not answer, and nothing depends on what you say."),)),
        about="numbers",
    ),
)  # fmt: skip


def _digest(kind: NoticeKind, subject: Message) -> Iterator[Block]:
    return _mail(
        kind,
        (part.SUBJECT, _DIGEST, (subject,)),
        (part.OPENING, _DIGEST, (msg("{headline}."),)),
        (part.CLOSING, _DIGEST, ()),
    )


_HANDOVER = _mail(
    NoticeKind.HANDOVER,
    (part.SUBJECT, _FILED, (counted("Hand-over list, {day}: 1 case filed", "Hand-over list, {day}: {n} cases filed"),)),
    (
        part.OPENING,
        _FILED,
        (
            counted(
                "1 case was filed since the last list. Please fill in Pages, Box, Taken over by and Taken over on in Filing; the program never writes there.",
                "{n} cases were filed since the last list. Please fill in Pages, Box, Taken over by and Taken over on in Filing; the program never writes there.",
            ),
        ),
    ),
    (part.CLOSING, _FILED, ()),
)  # fmt: skip
_PROGRAM = (
    *_mail(
        NoticeKind.FAILURE,
        (part.SUBJECT, _FAILURE, (msg("The ledger needs repair: {job} broke on {day}"), msg("The ledger needs repair: a job broke on {day}"))),
        (part.OPENING, _FAILURE, (msg("A job of the ledger {workbook} broke on {day} at {time}. The others went on; nothing was filed."),)),
        (part.CLOSING, _FAILURE, (msg("Please send these lines to whoever looks after the program. They hold nothing of any case. No more than one such mail is sent a day."),)),
    ),
    *_mail(
        NoticeKind.STORM,
        (part.SUBJECT, _STORM, (counted("1 mail is held: the ledger has paused, {day}", "{n} mails are held: the ledger has paused, {day}"),)),
        (
            part.OPENING,
            _STORM,
            (
                counted(
                    "1 mail was about to be sent by the ledger {workbook}, more than the {limit} it may send in one run. Alerts went out; the others wait, and Sending is now paused.",
                    "{n} mails were about to be sent by the ledger {workbook}, more than the {limit} it may send in one run. Alerts went out; the others wait, and Sending is now paused.",
                ),
            ),
        ),
        (part.CLOSING, _STORM, (msg("Look at what was changed last: a deadline, the Calendar, many rows at once. If all is right, choose “{release}” as Sending in Settings: they go out once, and Sending is live again."),)),
    ),
    *_mail(
        NoticeKind.STOP,
        (part.SUBJECT, _MEMO, (msg("The ledger has stopped, {day}: please look at {workbook}"),)),
        (part.OPENING, _MEMO, (msg("The ledger {workbook} has stopped: nothing was written, and no other mail was sent."),)),
        (part.CLOSING, _MEMO, ()),
    ),
    *_mail(
        NoticeKind.LEFT_OPEN,
        (part.SUBJECT, _OPEN, (counted("Please close {workbook}: open for 1 hour, {day}", "Please close {workbook}: open for {n} hours, {day}"),)),
        (
            part.OPENING,
            _OPEN,
            (
                counted(
                    "{workbook} has been open on somebody's computer for 1 hour, so nothing can be written into it: no numbers, no departments, no dates.",
                    "{workbook} has been open on somebody's computer for {n} hours, so nothing can be written into it: no numbers, no departments, no dates.",
                ),
            ),
        ),
        (part.CLOSING, _OPEN, (msg("Please save and close it. Reminders and alerts go out all the same."),)),
    ),
    *_mail(
        NoticeKind.ANSWER,
        (part.SUBJECT, _ANSWER, (msg("Done as asked: {asked}, {day}"),)),
        (part.OPENING, _ANSWER, (msg("Somebody chose this in Settings, and it was done once. Here is what came of it."),)),
        (part.CLOSING, _ANSWER, ()),
    ),
)  # fmt: skip
_FOOTERS = (
    *(Block(None, role, (BECAUSE,), _WHY, needs=Placeholder.REASON, purpose=part.FOOTER) for role in Role),
    *(Block(None, other, (BECAUSE,), _WHY, needs=Placeholder.REASON) for other in (part.FOOTER_COPY, part.FOOTER_DIGEST)),
)  # fmt: skip

BLOCKS: tuple[Block, ...] = (
    *_ALERT, *_REMINDER, *_ESCALATION, *_GIVEN, *_PASSED_UP, *_INVOLVED, *_COPIED, *_HANDED_OVER, *_TASKS,
    *_digest(NoticeKind.DIGEST_OFFICE, msg("Office digest, {day}: {headline}")),
    *_digest(NoticeKind.DIGEST_LEADER, msg("Letters and visits, {day}: {headline}")),
    *_HANDOVER, *_TO_PETITIONERS, *_PROGRAM, *_FOOTERS,
)  # fmt: skip
"""In the order in which the tab lists them."""
BLOCK = {block.key: block for block in BLOCKS}
