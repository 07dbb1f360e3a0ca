"""The tabs of replies by mail: what came, and how far the mailbox was read. Made once replies are turned on."""

from __future__ import annotations

from sheet_schema.model import By, Column, Group, Place, Tab, Type
from sheet_schema.word import Word

J, S, SJ = By.JOB, By.STAFF, By.BOTH
TEXT, LONG, DATE, MOMENT, WHOLE, CHOICE, TICK = (
    Type.TEXT,
    Type.LONG,
    Type.DATE,
    Type.MOMENT,
    Type.WHOLE,
    Type.CHOICE,
    Type.TICK,
)


MACHINE = Group("machine", "For the program")


class AnswerState(Word):
    """What a mail is that stands in Answers. Of all but those in `TAKEN_IN` nothing but the sender and the time is kept."""

    REPLY = "reply", "reply"
    WHICH_CASE = "which_case", "which case?"
    STRANGER = "stranger", "sender not written to"
    MAY_NOT_KNOW = "may_not_know", "sender may not know"
    SPOOFED = "spoofed", "sender doubtful"
    NO_REPLY = "no_reply", "not a reply to a mail"
    UNREADABLE = "unreadable", "cannot be read"
    PETITIONER = "petitioner", "from whoever brought it"


TAKEN_IN = (AnswerState.REPLY, AnswerState.WHICH_CASE, AnswerState.PETITIONER)
"""The mails whose text is in Answers."""

ANSWERS = Tab(
    "answers",
    "Answers",
    Place.STAFF,
    colour="2F6F9F",
    on_demand=True,
    columns=(
        Column("received_at", "Received at", MOMENT, J, width=18),
        Column("from", "From", TEXT, J, width=26, sense="mail"),
        Column(
            "case_no",
            "Case no.",
            TEXT,
            SJ,
            note_english="The case that the mail answers. Blank, if that is not certain: type the number.",
        ),
        Column("state", "What it is", CHOICE, J, choices=AnswerState, width=16, sense="answer"),
        Column(
            "text",
            "Text",
            LONG,
            J,
            width=60,
            note_english="What is new in the mail, without what it quotes and without a signature.",
            sense="answer",
        ),
        Column(
            "files",
            "Files",
            LONG,
            J,
            width=30,
            note_english="What was attached, in the folder beside the ledger.",
        ),
        Column(
            "take_over",
            "Take over",
            TICK,
            S,
            width=10,
            note_english="Tick it, and the next run writes the text into Result, if that is still blank; from whoever brought the case, what they say of how it was handled into Satisfaction.",
        ),
        Column("taken_on", "Taken over on", DATE, J),
        Column(
            "problems",
            "Problems",
            LONG,
            J,
            width=40,
            derived=True,
            sense="answer",
            note_english="What has to be done or looked at, beside each mail.",
        ),
        Column(
            "perhaps",
            "Perhaps",
            TEXT,
            J,
            width=20,
            note_english="The cases that our mail spoke of, if it is not certain which of them is meant.",
        ),
        Column(
            "noted_at",
            "Taken in at",
            MOMENT,
            J,
            width=18,
            group=MACHINE,
            note_english="When a run put it here: digests tell of what came since the last one.",
        ),
        Column(
            "key",
            "Mail",
            TEXT,
            J,
            width=20,
            group=MACHINE,
            checksum=True,
            sense="answer",
            note_english="For the program: by it a mail is known again, so that none stands here twice.",
        ),
    ),
)

MAILBOX = Tab(
    "mailbox",
    "Mailbox",
    Place.JOB,
    hidden=True,
    on_demand=True,
    columns=(
        Column(
            "name", "Mailbox", TEXT, J, width=30, sense="read", note_english="One row for each folder that is read."
        ),
        Column("validity", "Numbered since", TEXT, J, note_english="The server's mark of how its mails are numbered."),
        Column("last_uid", "Read up to", TEXT, J, note_english="The number of the last mail that was dealt with."),
        Column("read_at", "Read at", MOMENT, J, width=18),
        Column("taken_in", "Taken in", WHOLE, J),
        Column("listed", "Listed only", WHOLE, J),
        Column("automatic", "Automatic", WHOLE, J),
        Column("others", "Others", WHOLE, J, note_english="Mails that have nothing to do with the ledger."),
        Column(
            "seen",
            "Seen",
            LONG,
            J,
            width=30,
            checksum=True,
            sense="mailbox",
            note_english="For the program: the mails dealt with last, so that one that comes again under another number is known.",
        ),
    ),
)
