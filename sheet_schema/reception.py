"""The tab of leaders' reception days, and its settings. It is made once reception days are turned on."""

from __future__ import annotations

from sheet_schema.model import By, Column, Group, Place, Tab, Type
from sheet_schema.setting import Setting, SettingType
from sheet_schema.vocabulary import HowOften, YesNo

J, S, SJ = By.JOB, By.STAFF, By.BOTH
TEXT, LONG, DATE, MOMENT = Type.TEXT, Type.LONG, Type.DATE, Type.MOMENT

MACHINE = Group("machine", "For the program")
RECEPTION_NUMBER = "RD-"
"""What the number of a reception day begins with; a digit follows."""

RECEPTIONS = Tab(
    "receptions",
    "Reception days",
    Place.STAFF,
    colour="8A5A9E",
    on_demand=True,
    columns=(
        Column(
            "reception_no",
            "Number",
            TEXT,
            J,
            width=11,
            frozen=True,
            sense="reception",
            note_english="Given by the next run. It goes with the row, wherever that is moved to.",
        ),
        Column(
            "problems",
            "Problems",
            LONG,
            J,
            width=34,
            derived=True,
            sense="reception",
            note_english="What is wrong with this row, or missing in it.",
        ),
        Column(
            "on",
            "Date",
            DATE,
            S,
            width=16,
            sense="reception",
            note_english="The day. Or a rule, such as every Wednesday or first Wednesday of the month: it stands for all those"
            " days but days off, until the day in Until.",
        ),
        Column("time", "Time", TEXT, S, width=14, sense="reception", note_english="Such as 14:30-16:00, or afternoon."),
        Column(
            "host",
            "Host",
            TEXT,
            S,
            source="people",
            strict=False,
            separator=";",
            width=16,
            note_english="Which leader receives: a name from People, or as people say it; several with ; between.",
        ),
        Column("place", "Place", TEXT, S, width=18),
        Column(
            "until",
            "Until",
            DATE,
            S,
            width=12,
            sense="reception",
            note_english="Only beside a rule: the last day for which it holds.",
        ),
        Column(
            "came",
            "Who came",
            LONG,
            S,
            width=26,
            note_english="Or: nobody. Or: cancelled, if the day was not held. Read by the host and the office only.",
        ),
        Column(
            "cases",
            "Cases",
            TEXT,
            SJ,
            separator=";",
            width=16,
            sense="reception",
            note_english="The numbers of the cases that came of it, with ; between. A case that names this day under Reception day in"
            " the Register is added if nothing stands here.",
        ),
        Column("undertaking", "Undertaking", LONG, S, width=34, note_english="What the host undertook to do."),
        Column(
            "by_when",
            "By when",
            DATE,
            S,
            width=12,
            note_english="The day by which it is to be done: it is reminded of.",
        ),
        Column("done_on", "Done on", DATE, S, width=12, note_english="The day on which it was done: then it is over."),
        Column("note", "Note", LONG, S, width=24, sense="reception"),
        Column(
            "noted_at",
            "First seen",
            MOMENT,
            J,
            width=18,
            group=MACHINE,
            sense="reception",
            note_english="When a run first saw the row.",
        ),
        Column(
            "changed_at",
            "Last changed",
            MOMENT,
            J,
            width=18,
            group=MACHINE,
            note_english="When a run last saw that somebody had changed the row: nobody is told of what is still being typed.",
        ),
        Column(
            "seen",
            "Seen",
            TEXT,
            J,
            width=14,
            group=MACHINE,
            checksum=True,
            sense="reception",
            note_english="For the program: by it a change of the row is noticed.",
        ),
        Column(
            "days_said",
            "Days in words",
            TEXT,
            J,
            width=14,
            group=MACHINE,
            checksum=True,
            sense="reception",
            note_english="Which day was meant by a word such as tomorrow, or by one without its year, from when it was typed.",
        ),
    ),
)

RECEPTION_DAYS, RECEPTION_REMIND, RECEPTION_EVERY = "reception_days", "reception_remind", "reception_every"
RECEPTION_SETTINGS = (
    Setting(
        RECEPTION_DAYS,
        "Reception days",
        SettingType.CHOICE,
        default=YesNo.NO.key,
        choices=YesNo,
        meaning_english="yes: days on which leaders receive visitors have a tab, which `install` adds, with reminders and undertakings.",
    ),
    Setting(
        RECEPTION_REMIND,
        "Reminders of reception days",
        SettingType.TEXT,
        default="3,1",
        pattern=r"\d{1,3}([,，、;；]\s*\d{1,3})*",
        meaning_english="So many working days before a reception day, or before an undertaking is due, somebody is reminded.",
    ),
    Setting(
        RECEPTION_EVERY,
        "A reception day every",
        SettingType.CHOICE,
        default=HowOften.MONTH.key,
        choices=HowOften,
        meaning_english="How often there is to be one; the Dashboard names each week, fortnight or month without one. never: none is missed.",
    ),
)
