"""The tabs in which the program keeps what it has to remember, and the pages it writes. In those tabs nobody types."""

from __future__ import annotations

from sheet_schema import vocabulary as words
from sheet_schema.model import By, Column, Group, Place, Tab, Type
from sheet_schema.sending_words import ChangedBy, Command, RunMail, RunOutcome

J = By.JOB
TEXT, LONG, DATE, MOMENT, WHOLE, CHOICE = (
    Type.TEXT,
    Type.LONG,
    Type.DATE,
    Type.MOMENT,
    Type.WHOLE,
    Type.CHOICE,
)

MACHINE = Group("machine", "For the program")

INDEX = Tab(
    "index",
    "Index",
    Place.JOB,
    hidden=True,
    columns=(
        Column(
            "case_no",
            "Case no.",
            TEXT,
            J,
            note_english="One row for every number ever issued.",
        ),
        Column("issued_on", "Issued on", DATE, J),
        Column(
            "first_seen",
            "First seen",
            DATE,
            J,
            note_english="The day the line was first seen filled in.",
        ),
        Column(
            "fingerprint",
            "Fingerprint",
            TEXT,
            J,
            width=30,
            checksum=True,
            note_english="Of the cells people type, so that a torn-off number shows.",
        ),
        Column(
            "problem_codes",
            "Problem codes",
            TEXT,
            J,
            width=24,
            note_english="For the program; the row itself says it in words.",
        ),
        Column("problems_since", "Problems since", MOMENT, J, width=18),
        Column(
            "extended_to",
            "Extended to",
            DATE,
            J,
            note_english="The first extension seen.",
        ),
        Column("extension_seen", "Extension seen", DATE, J),
        Column(
            "extension_counts",
            "Extension counts for",
            TEXT,
            J,
            width=18,
            note_english="The steps for which the extension counted when it was first seen; with ? as things stand now. Then, if later, the days on which it was approved and from which they are to be told of it, and a mark of who approved it.",
        ),
        Column(
            "due_moved_on",
            "Due date moved on",
            DATE,
            J,
            note_english="The last day on which the due date moved though nobody had touched the row.",
        ),
        Column("closed_on", "Closed on", DATE, J),
        Column(
            "reopened_on",
            "Opened again on",
            DATE,
            J,
            note_english="The last day on which a run saw that the case was closed no more.",
        ),
        Column(
            "owed",
            "Owed",
            TEXT,
            J,
            width=24,
            one_line=True,
            note_english="The due day of each step that is done, fixed on the day behind the @.",
        ),
        Column("filed_on", "Filed on", DATE, J),
        Column(
            "days_said",
            "Days in words",
            TEXT,
            J,
            width=24,
            note_english="Which day was meant by a word such as yesterday, from the day on which it was typed.",
        ),
        Column(
            "archive_no",
            "Archive no.",
            TEXT,
            J,
            width=24,
            note_english="Kept here too, so that none is ever given twice.",
        ),
        Column(
            "imported",
            "Taken over",
            TEXT,
            J,
            width=24,
            checksum=True,
            note_english="With which import the case came, and what it is known by there, so that none comes twice.",
        ),
        Column(
            "as_seen",
            "As seen",
            LONG,
            J,
            width=24,
            checksum=True,
            note_english="What people type, as the last run left it, packed: the next one sees what they changed. Blank once filed.",
        ),
    ),
)

NOTICES = Tab(
    "notices",
    "Notices",
    Place.JOB,
    columns=(
        Column("case_no", "Case no.", TEXT, J),
        Column("kind", "Kind", CHOICE, J, choices=words.NoticeKind, strict=False, sense="mail"),
        Column("step", "Step", CHOICE, J, choices=words.NoticeStep),
        Column("due_on", "Due on", DATE, J),
        Column("level", "Level", TEXT, J, width=8),
        Column(
            "slot",
            "Role",
            CHOICE,
            J,
            choices=words.Role,
            strict=False,
            note_english="In which role the mail is read; of digests and copies, who reads it.",
        ),
        Column("holder", "Given to", TEXT, J, width=16),
        Column("to", "To", TEXT, J, width=26, sense="mail"),
        Column("subject", "Subject", LONG, J, width=40),
        Column("state", "State", CHOICE, J, choices=words.NoticeState),
        Column(
            "attempts",
            "Attempts",
            WHOLE,
            J,
            width=9,
            note_english="How often the mail was handed over, or its reader refused.",
        ),
        Column(
            "doubts",
            "In doubt",
            WHOLE,
            J,
            width=9,
            note_english="How often a run or a connection ended while this mail was being handed over.",
        ),
        Column("claimed_at", "Claimed at", MOMENT, J, width=18),
        Column("done_at", "Done at", MOMENT, J, width=18),
        Column("retry_at", "Retry at", MOMENT, J, width=18),
        Column("error", "Error", LONG, J, width=30),
        Column("run", "Run", TEXT, J, width=20, group=MACHINE),
        Column(
            "key",
            "Key",
            TEXT,
            J,
            width=24,
            group=MACHINE,
            note_english="For the program, the same in every language: by it each notice goes out once.",
        ),
        Column("mail_id", "Mail", TEXT, J, width=24, group=MACHINE),
    ),
)

HISTORY = Tab(
    "history",
    "History",
    Place.JOB,
    columns=(
        Column("run", "Run", TEXT, J, width=20),
        Column("at", "When", MOMENT, J, width=18),
        Column("case_no", "Case no.", TEXT, J),
        Column("column", "Column", TEXT, J, width=16),
        Column("before", "Before", LONG, J, width=24),
        Column("after", "After", LONG, J, width=24, sense="change"),
        Column("why", "Why", LONG, J, width=60),
        Column(
            "who",
            "Who",
            CHOICE,
            J,
            choices=ChangedBy,
            width=10,
            sense="history",
            note_english="A person, if people changed the cell and this run saw it. Blank: the program did.",
        ),
        Column(
            "tab",
            "Tab",
            TEXT,
            J,
            width=16,
            sense="history",
            note_english="Where the row stands; blank: in the Register.",
        ),
        Column(
            "row",
            "Row",
            LONG,
            J,
            width=24,
            note_english="What people call the row of an administrators' tab; where one line speaks of several cases, their numbers.",
        ),
        Column(
            "chain",
            "Chain",
            TEXT,
            J,
            width=14,
            checksum=True,
            note_english="A checksum over the line and the lines before, so that one that is taken out or changed shows.",
        ),
    ),
)

RUNS = Tab(
    "runs",
    "Runs",
    Place.JOB,
    columns=(
        Column("run", "Run", TEXT, J, width=20),
        Column("at", "When", MOMENT, J, width=18),
        Column("command", "Command", CHOICE, J, choices=Command, strict=False),
        Column("changes", "Cells changed", WHOLE, J),
        Column("notices", "Notices", WHOLE, J),
        Column("problems", "Problems", WHOLE, J, sense="run"),
        Column("calls", "Calls", WHOLE, J),
        Column("last_seal", "Last seal", WHOLE, J, width=10),
        Column(
            "seals",
            "Digest of seals",
            TEXT,
            J,
            width=20,
            checksum=True,
            note_english="Over all seals of Filing after this run.",
        ),
        Column(
            "history",
            "Digest of History",
            TEXT,
            J,
            width=20,
            checksum=True,
            note_english="Over all lines of History after this run.",
        ),
        Column(
            "mail",
            "Mail",
            CHOICE,
            J,
            choices=RunMail,
            note_english="Which mail this run was free to send: what was due while mail was held still goes later.",
        ),
        Column("outcome", "Outcome", CHOICE, J, choices=RunOutcome, strict=False, sense="run"),
        Column("message", "Message", LONG, J, width=60),
    ),
)

REPORT = Tab("report", "Report", Place.JOB, page=True)
START_HERE = Tab("start_here", "Start here", Place.FRONT, colour="2F6F9F", page=True)
DASHBOARD = Tab("dashboard", "Dashboard", Place.STAFF, colour="2F6F9F", page=True)
FORM = Tab("form", "Form", Place.STAFF, colour="2F6F9F", page=True)
