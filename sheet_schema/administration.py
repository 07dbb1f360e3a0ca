"""The tabs in which administrators decide how the office works. Each ends in a `problems` column that jobs write."""

from __future__ import annotations

from sheet_schema import vocabulary as words
from sheet_schema.model import By, Column, Place, Tab, Type
from sheet_schema.naming import ROLES_CALLED
from sheet_schema.usual_words import CROSSES, SECRECY, TICKED, WordColumn

S, J, SJ = By.STAFF, By.JOB, By.BOTH
TEXT, LONG, DATE, WHOLE, CHOICE, CHOICES = (
    Type.TEXT,
    Type.LONG,
    Type.DATE,
    Type.WHOLE,
    Type.CHOICE,
    Type.CHOICES,
)


def _problems(width: float = 40) -> Column:
    return Column(
        "problems",
        "Problems",
        LONG,
        J,
        width=width,
        derived=True,
        note_english="What is wrong with this row. A row with a problem is skipped; the others still work.",
    )


def _wrong_text() -> Column:
    return Column(
        "problems",
        "Problems",
        LONG,
        J,
        width=30,
        derived=True,
        note_english="What is wrong with the text. Until it is put right, ours is used.",
    )


def _enabled() -> Column:
    return Column(
        "enabled",
        "Enabled",
        CHOICE,
        S,
        choices=words.InForce,
        also_written=CROSSES,
        width=9,
        note_english="No switches the row off. Try: Problems says what it would do to the open cases, and it does nothing.",
    )


def _first_day(note: str) -> Column:
    return Column("from", "From", DATE, SJ, sense="rule", note_english=note)


def _last_day(note: str) -> Column:
    return Column("until", "Until", DATE, S, sense="rule", note_english=note)


def _correction() -> Column:
    return Column(
        "correction",
        "Correction",
        LONG,
        S,
        width=24,
        note_english="Type here, before you change the row, why the change corrects a mistake: the row then holds as if it had"
        " always stood so. It counts for one change. Blank: a change holds from today on, and the row as it was is kept.",
    )


def _chat(note: str) -> Column:
    return Column("chat", "Chat", TEXT, S, width=14, note_english=note)


DEPARTMENTS = Tab(
    "departments",
    "Departments",
    Place.ADMINISTRATOR,
    colour="3F7D58",
    columns=(
        Column(
            "name",
            "Name",
            TEXT,
            S,
            width=20,
            note_english="As it should appear everywhere.",
        ),
        Column(
            "also_called",
            "Also called",
            TEXT,
            S,
            separator=";",
            width=20,
            note_english="Other names people use; several with ; between.",
        ),
        Column(
            "email",
            "E-mail",
            TEXT,
            S,
            separator=";",
            width=32,
            note_english="Where its mail goes.",
        ),
        Column(
            "read_by",
            "Read by",
            TEXT,
            S,
            source="people",
            strict=False,
            separator=";",
            width=20,
            note_english="Who opens this mailbox besides the head: names from People, several with ; between. Nothing about a"
            " case goes to a mailbox that somebody opens who may not know of it.",
        ),
        Column(
            "head",
            "Head of department",
            TEXT,
            S,
            source="people",
            width=14,
            note_english="A name from People.",
        ),
        Column(
            "leader",
            "Senior leader",
            TEXT,
            S,
            source="people",
            width=16,
            note_english="A name from People.",
        ),
        Column("note", "Note", LONG, S, width=30),
        _chat(
            "Which chat its people read: a name under [chat] in ledger.toml. Of cases that are restricted or kept from"
            " anybody nothing goes there."
        ),
        _problems(),
    ),
)

PEOPLE = Tab(
    "people",
    "People",
    Place.ADMINISTRATOR,
    colour="3F7D58",
    columns=(
        Column(
            "name",
            "Name",
            TEXT,
            S,
            width=14,
            note_english="As it should appear everywhere.",
            sense="person",
        ),
        Column(
            "also_called",
            "Also called",
            TEXT,
            S,
            separator=";",
            width=18,
            note_english="Other names people use, such as Mr Wang; several with ; between.",
        ),
        Column("email", "E-mail", TEXT, S, width=32),
        Column("phone", "Telephone", TEXT, S, width=15),
        Column(
            "role",
            "Role",
            CHOICES,
            S,
            choices=words.Role,
            also_written=ROLES_CALLED,
            separator=";",
            strict=False,
            width=20,
            note_english="office, duty, head of department, handler, senior leader, headteacher, governors, conduct of staff,"
            " archivist, administrator, authority, outside; several with ; between.",
        ),
        Column(
            "digest",
            "Digest",
            CHOICE,
            S,
            choices=words.DigestRhythm,
            width=9,
            note_english="How often this person gets the digest.",
        ),
        Column("absent_from", "Absent from", DATE, S, note_english="First day away."),
        Column(
            "absent_until",
            "Absent until",
            DATE,
            S,
            note_english="Last day away. Blank, with Absent from filled: has left.",
        ),
        Column(
            "stand_in",
            "Stand-in",
            TEXT,
            S,
            source="people",
            width=14,
            note_english="A name from People.",
        ),
        Column(
            "language",
            "Language",
            CHOICE,
            S,
            choices=words.MailLanguage,
            width=10,
            note_english="In which language this person gets mails. Blank: in the ledger's.",
        ),
        Column(
            "address_as",
            "Address as",
            TEXT,
            S,
            width=14,
            note_english="How mails greet this person, such as Mr Hughes. Blank: by name.",
        ),
        _chat("Which chat this person reads: a name under [chat] in ledger.toml, where its secret address stands."),
        Column(
            "told_by",
            "Told by",
            CHOICE,
            S,
            choices=words.ToldBy,
            width=11,
            note_english="mail, chat, or mail and chat. Blank: by mail, and in the chat if there is one. Alerts go every way.",
        ),
        _problems(),
    ),
)

TOPICS = Tab(
    "topics",
    "Topics",
    Place.ADMINISTRATOR,
    colour="3F7D58",
    columns=(
        Column("name", "Topic", TEXT, S, width=26),
        Column(
            "hint",
            "Hint",
            LONG,
            S,
            width=50,
            note_english="What belongs here.",
        ),
        Column("retention", "Retention", CHOICE, S, choices=words.Retention),
        _problems(),
    ),
)

ROUTING = Tab(
    "routing",
    "Routing",
    Place.ADMINISTRATOR,
    colour="B7791F",
    columns=(
        Column(
            "order",
            "Order",
            WHOLE,
            S,
            width=8,
            note_english="Lowest first; the first match wins.",
        ),
        Column(
            "enabled",
            "Enabled",
            CHOICE,
            S,
            choices=words.RuleState,
            also_written=CROSSES,
            width=9,
            note_english="Yes, No, or Try: shows in Matches what it would do, and does nothing.",
        ),
        _problems(30),
        Column(
            "channel",
            "Channel",
            CHOICES,
            S,
            choices=words.Channel,
            separator="|",
            strict=False,
            width=12,
            note_english="Blank means any; | means or. All filled cells must match.",
        ),
        Column("kind", "Kind", CHOICES, S, choices=words.Kind, separator="|", strict=False, width=12),
        Column("topic", "Topic", TEXT, S, source="topics", separator="|", strict=False, width=20),
        Column(
            "identity",
            "Who they are",
            CHOICES,
            S,
            choices=words.Identity,
            separator="|",
            strict=False,
            width=10,
        ),
        Column(
            "about",
            "About role",
            CHOICES,
            S,
            later=True,
            choices=words.Role,
            sense="rule",
            separator="|",
            strict=False,
            width=12,
            note_english="Roles: cases about somebody who has one of them, as About whom in the Register says; | means or.",
        ),
        Column(
            "keywords",
            "Keywords",
            TEXT,
            S,
            separator="|",
            width=22,
            note_english="Words to look for in the summary; | means or.",
        ),
        Column("department", "Department", CHOICE, S, source="departments", width=18),
        Column("handler", "Handler", TEXT, S, source="people", width=14),
        Column(
            "restricted",
            "Restricted",
            CHOICE,
            S,
            choices=words.YesNo,
            also_written=SECRECY,
            width=9,
            note_english="Yes: cases this rule matches are restricted.",
        ),
        Column(
            "copy_to",
            "Copy to",
            TEXT,
            S,
            separator=";",
            width=16,
            note_english="Roles, people or departments who are told as well; several with ; between.",
        ),
        Column("note", "Note", LONG, S, width=36),
        Column(
            "matches",
            "Matches",
            LONG,
            J,
            width=34,
            derived=True,
            note_english="How many cases in 90 days, the last one, and for Try how many open cases would move.",
        ),
    ),
)

DEADLINES = Tab(
    "deadlines",
    "Deadlines",
    Place.ADMINISTRATOR,
    colour="B7791F",
    columns=(
        _enabled(),
        Column(
            "kind",
            "Kind",
            CHOICE,
            S,
            choices=words.Kind,
            width=12,
            note_english="Blank means any. The most specific row wins.",
        ),
        Column("channel", "Channel", CHOICE, S, choices=words.Channel, width=12),
        Column("step", "Step", CHOICE, S, choices=words.Step, width=16),
        _problems(30),
        Column(
            "who",
            "Who",
            CHOICE,
            S,
            choices=words.Who,
            width=11,
            note_english="Who is reminded.",
        ),
        Column("starts_from", "Counted from", CHOICE, S, choices=words.Start, width=14),
        Column("amount", "Amount", WHOLE, S, width=8),
        Column("unit", "Unit", CHOICE, S, choices=words.Unit, width=10),
        Column(
            "roll_forward",
            "Move to a working day",
            CHOICE,
            S,
            choices=words.YesNo,
            also_written=TICKED,
            width=11,
            note_english="Yes: an end on a day off moves to the next working day.",
        ),
        Column(
            "extend_up_to",
            "Extend up to",
            WHOLE,
            S,
            width=11,
            note_english="The longest extension, in the same unit. Blank: none is allowed.",
        ),
        Column(
            "wait_up_to",
            "May wait up to",
            WHOLE,
            S,
            later=True,
            width=11,
            note_english="How long a wait typed in the Register may stop this clock, all waits of a case together, in the same"
            " unit. Blank: it never waits.",
        ),
        Column(
            "remind_before",
            "Remind before",
            TEXT,
            S,
            separator=",",
            width=13,
            note_english="For example 7,3,1: reminders so long before, in the same unit.",
        ),
        Column(
            "basis",
            "Basis",
            LONG,
            S,
            width=44,
            note_english="Where the figure comes from, in one line: the rule, or the school's own choice.",
        ),
        _first_day("The row holds for cases that begin on this day or later. Blank: since always."),
        _last_day("The last day on which the row holds; cases that began by then keep it. Blank: no end."),
        Column(
            "open_cases",
            "Open cases too",
            CHOICE,
            S,
            choices=words.YesNo,
            also_written=TICKED,
            width=10,
            note_english="Yes: also for cases that are open on the day in From. What was overdue by then stays so.",
        ),
        _correction(),
    ),
)

ESCALATION = Tab(
    "escalation",
    "Escalation",
    Place.ADMINISTRATOR,
    colour="B7791F",
    columns=(
        Column("step", "Step", CHOICE, S, choices=words.Step, width=16),
        Column("level", "Level", WHOLE, S, width=8),
        Column(
            "after",
            "After",
            WHOLE,
            S,
            width=8,
            note_english="So long after the due date.",
        ),
        Column("unit", "Unit", CHOICE, S, choices=words.Unit, width=10),
        Column(
            "to", "To", CHOICES, S, choices=words.Role, also_written=ROLES_CALLED, separator=";", strict=False, width=22
        ),
        Column(
            "ask_explanation",
            "Ask for an explanation",
            CHOICE,
            S,
            choices=words.YesNo,
            also_written=TICKED,
            width=14,
            note_english="Yes: the department explains in writing why it is late.",
        ),
        _enabled(),
        _first_day("The row holds for what falls due on this day or later. Blank: since always."),
        _last_day("The row holds for what falls due up to this day. Blank: no end."),
        _correction(),
        _problems(),
    ),
)

CALENDAR = Tab(
    "calendar",
    "Calendar",
    Place.ADMINISTRATOR,
    colour="B7791F",
    columns=(
        Column("date", "Date", DATE, S),
        Column("until", "Until", DATE, S, note_english="Blank: one day."),
        Column(
            "kind",
            "Kind",
            CHOICE,
            S,
            choices=words.DayKind,
            width=12,
            sense="day",
            note_english="holiday; working day (a make-up Saturday or Sunday); closed (school break: counts for school-day"
            " steps only). working day beats holiday beats closed.",
        ),
        Column("name", "Name", TEXT, S, width=26),
        _enabled(),
        Column(
            "in_force_from",
            "In force from",
            DATE,
            SJ,
            note_english="The day on which this row came to count, not the day it is about: what was due before it stays as it"
            " was. Blank: since always.",
        ),
        Column(
            "in_force_until",
            "In force until",
            DATE,
            S,
            note_english="The last day on which this row counted, not the last day it is about: what was due by then goes by it."
            " Blank: it still counts.",
        ),
        _correction(),
        _problems(),
    ),
)

DUTY = Tab(
    "duty",
    "Duty",
    Place.ADMINISTRATOR,
    colour="B7791F",
    columns=(
        Column("date", "Date", DATE, S),
        Column("until", "Until", DATE, S, note_english="Blank: one day."),
        Column("person", "Person", TEXT, S, source="people", width=14),
        Column("phone", "Telephone", TEXT, S, width=15),
        _problems(),
    ),
)

SETTINGS = Tab(
    "settings",
    "Settings",
    Place.ADMINISTRATOR,
    colour="B7791F",
    columns=(
        Column("name", "Setting", TEXT, S, width=30),
        Column("value", "Value", TEXT, S, width=30),
        Column("meaning", "Meaning", LONG, S, width=70),
        _problems(),
    ),
)

WORDS = Tab(
    "words",
    "Words",
    Place.ADMINISTRATOR,
    colour="B7791F",
    columns=(
        Column(
            "column",
            "Column",
            CHOICE,
            S,
            choices=WordColumn,
            width=16,
            sense="words",
            note_english="The column in which it is typed. It counts wherever the same list is to choose from.",
        ),
        Column("word", "Word", TEXT, S, width=24, note_english="What your office writes."),
        Column(
            "means",
            "Means",
            TEXT,
            S,
            width=24,
            note_english="Which choice of that column's list it stands for. What was typed stays as it is.",
        ),
        _problems(),
    ),
)

WORDING = Tab(
    "wording",
    "Wording",
    Place.ADMINISTRATOR,
    colour="B7791F",
    columns=(
        Column("block", "Sentence", TEXT, S, width=34, note_english="Which sentence of which mail. Leave it as it is."),
        Column(
            "text",
            "Text",
            LONG,
            S,
            width=46,
            note_english="Your own words; blank: ours. Only what May contain lists is filled in, in braces. Used in mails"
            " in the ledger's language; whoever reads another gets ours. It is said of one and of several alike: write"
            " case(s), or so that the number does not matter.",
        ),
        _wrong_text(),
        Column("ours", "Ours", LONG, J, width=46, derived=True, note_english="What mails say where Text is blank."),
        Column(
            "allowed",
            "May contain",
            LONG,
            J,
            width=26,
            derived=True,
            note_english="What may be put in, with its braces. Where a mail has no such value, as in a restricted case, it"
            " says ours.",
        ),
        Column("meaning", "Meaning", LONG, J, width=44, derived=True, note_english="What the sentence is for."),
    ),
)
