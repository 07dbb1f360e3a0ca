"""The tab of what was erased: a certificate for each, which goes on explaining what is no longer there. Made by the first erasure."""

from __future__ import annotations

from sheet_schema.model import By, Column, Group, Place, Tab, Type
from sheet_schema.word import Word

J = By.JOB
TEXT, LONG, MOMENT, WHOLE, CHOICE = Type.TEXT, Type.LONG, Type.MOMENT, Type.WHOLE, Type.CHOICE

MACHINE = Group("machine", "For the program")


class Erased(Word):
    """What was erased of a case."""

    CASE = "case", "the whole case"
    PETITIONER = "petitioner", "the petitioner's data"


class ErasureState(Word):
    BEGUN = "begun", "begun"
    PARTLY = "partly", "some places are left"
    DONE = "done", "done"


ERASURES = Tab(
    "erasures",
    "Erasures",
    Place.JOB,
    on_demand=True,
    columns=(
        Column("number", "Certificate", WHOLE, J, note_english="The number of the certificate."),
        Column("at", "When", MOMENT, J, width=18),
        Column("case_no", "Case no.", TEXT, J),
        Column("what", "What", CHOICE, J, choices=Erased, width=20, sense="erased"),
        Column("by", "Decided by", TEXT, J, width=18, sense="erased"),
        Column("reason", "Reason", LONG, J, width=40, sense="erased"),
        Column("state", "State", CHOICE, J, choices=ErasureState, width=18, sense="erased"),
        Column(
            "places",
            "Places",
            LONG,
            J,
            width=60,
            note_english="Where something was erased, how much, and what is left to do by hand.",
        ),
        Column(
            "columns",
            "Columns",
            TEXT,
            J,
            width=20,
            group=MACHINE,
            note_english="For the program: what was blanked in the case's row, so that no backup brings it back.",
        ),
        Column(
            "lines",
            "Lines of History",
            LONG,
            J,
            width=20,
            group=MACHINE,
            checksum=True,
            note_english="For the program: the checksums of the lines whose text was erased, before and after.",
        ),
    ),
)
