"""Filing, to which closed lines of the Register move, with the columns of the archive."""

from __future__ import annotations

from sheet_schema import vocabulary as words
from sheet_schema.model import By, Column, Place, Tab, Type
from sheet_schema.register import REGISTER

S, J, SJ = By.STAFF, By.JOB, By.BOTH
TEXT, DATE, CHOICE = Type.TEXT, Type.DATE, Type.CHOICE

FILING = Tab(
    "filing",
    "Filing",
    Place.STAFF,
    colour="6B7280",
    columns=(
        *REGISTER.columns,
        Column(
            "archive_no",
            "Archive no.",
            TEXT,
            J,
            width=24,
            note_english="Given once, never again.",
        ),
        Column(
            "filed_on",
            "Filed on",
            DATE,
            J,
            note_english="The day the row moved here.",
        ),
        Column(
            "year",
            "Year",
            Type.WHOLE,
            J,
            width=8,
            note_english="The year it was closed.",
        ),
        Column(
            "retention",
            "Retention",
            CHOICE,
            SJ,
            choices=words.Retention,
            note_english="How long it is kept. Permanent is set only by hand.",
        ),
        Column(
            "appraise_on",
            "Look at again on",
            DATE,
            J,
            note_english="When the archive looks at it again. Nothing is destroyed by the job.",
        ),
        Column(
            "owed",
            "Owed",
            TEXT,
            J,
            width=24,
            one_line=True,
            note_english="What each step owed, for the program: the due day, when it was fixed, by which rule, and whether it was"
            " done in time.",
        ),
        Column(
            "seal_no",
            "Seal no.",
            Type.WHOLE,
            J,
            width=9,
            note_english="Running number of the seal.",
        ),
        Column(
            "seal",
            "Seal",
            TEXT,
            J,
            width=20,
            checksum=True,
            note_english="Shows any later change to this row.",
        ),
        Column(
            "pages",
            "Pages",
            Type.WHOLE,
            S,
            width=8,
            note_english="For the archivist.",
        ),
        Column("box", "Box", TEXT, S, width=8, note_english="For the archivist."),
        Column(
            "taken_over_by",
            "Taken over by",
            TEXT,
            S,
            note_english="For the archivist.",
        ),
        Column(
            "taken_over_on",
            "Taken over on",
            DATE,
            S,
            note_english="For the archivist.",
        ),
    ),
)
