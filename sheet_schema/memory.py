"""The tabs by which the program knows what was before: the administrators' rules as it last saw them, and the years that were closed."""

from __future__ import annotations

from sheet_schema.model import By, Column, Place, Tab, Type

J = By.JOB
TEXT, LONG, DATE, WHOLE = Type.TEXT, Type.LONG, Type.DATE, Type.WHOLE

RULES_SEEN = Tab(
    "rules_seen",
    "Rules seen",
    Place.JOB,
    hidden=True,
    columns=(
        Column(
            "tab",
            "Tab",
            TEXT,
            J,
            width=16,
            note_english="For the program: the administrators' tab whose rows these are.",
        ),
        Column("part", "Part", WHOLE, J),
        Column(
            "rows",
            "Rows",
            LONG,
            J,
            width=40,
            checksum=True,
            note_english="What stood in the tab after the last run, packed, so that the next one sees what people changed.",
        ),
    ),
)

BOOKS = Tab(
    "books",
    "Year books",
    Place.JOB,
    columns=(
        Column("year", "Year", WHOLE, J, note_english="The year in which these cases were filed."),
        Column(
            "book",
            "Book",
            TEXT,
            J,
            width=26,
            note_english="The workbook in which these cases stand: a file beside this one, or a Google Sheet.",
        ),
        Column("closed_on", "Closed on", DATE, J, sense="book"),
        Column("cases", "Cases", WHOLE, J, width=9),
        Column(
            "numbers",
            "Case numbers",
            LONG,
            J,
            width=30,
            note_english="Kept here, so that none is given again and a gap still shows.",
        ),
        Column("archive_nos", "Archive numbers", LONG, J, width=34),
        Column("seal_nos", "Seal numbers", LONG, J, width=16),
        Column(
            "seals",
            "Digest of seals",
            TEXT,
            J,
            width=20,
            checksum=True,
            sense="book",
            note_english="Over the seals of these cases in the book.",
        ),
        Column(
            "history",
            "Digest of History",
            TEXT,
            J,
            width=20,
            checksum=True,
            sense="book",
            note_english="When its lines up to this year moved to the book; the next line is bound to it.",
        ),
        Column(
            "prints",
            "For repeats",
            LONG,
            J,
            width=20,
            note_english="By case, six digits of a checksum over petitioner or contact together with the topic: enough to know a repeat, too few to read a name or a number from.",
        ),
    ),
)
