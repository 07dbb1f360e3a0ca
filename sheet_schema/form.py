"""The registration form (来访登记表) on one A4 page: which columns of the Register it shows, in which order, how wide.

The printed page, the PDF and the Form tab all follow it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sheet_schema.model import Group
from sheet_schema.register import REGISTER

TWELFTHS = 12
"""The width of the form. Widths of fields are given in twelfths of it."""
LABEL = 2
"""The width of a field's label, in twelfths; it is part of the field's width."""
LINE_HEIGHT = 9.0
"""The height of an ordinary line, in millimetres."""
HEADING_HEIGHT = 6.0


@dataclass(frozen=True, slots=True)
class FormField:
    """A column of the Register on the form, `span` twelfths wide and at least `least` millimetres high.

    A field with a `share` gets taller where its text needs it, and takes that share of the space left over.
    """

    key: str
    span: int = TWELFTHS
    least: float = LINE_HEIGHT
    share: int = 0


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part of the form under a heading. The spans of the fields in a line add up to twelve."""

    heading: Group
    fields: tuple[FormField, ...]


VISIT = Group("visit", "Registration form for reception of visitors")
MATTER = Group("matter", "Registration form for letters and visits")
"""The form's title for a visit (VISIT) and for everything else (MATTER)."""

PARTS = (
    FormPart(
        Group("registration", "Registration"),
        (
            FormField("channel", 4),
            FormField("received_on", 4),
            FormField("received_by", 4),
            FormField("petitioner", 6),
            FormField("contact", 6),
            FormField("identity", 4),
            FormField("people", 4),
            FormField("important", 4),
            FormField("kind", 4),
            FormField("topic", 8),
            FormField("about", 8),
            FormField("restricted", 4),
            FormField("summary", least=36, share=3),
            FormField("attachments"),
            FormField("superior_ref", 4),
            FormField("superior_due", 4),
            FormField("fed_back_on", 4),
        ),
    ),
    FormPart(
        Group("handling", "Handling"),
        (
            FormField("decision", 4),
            FormField("decided_on", 4),
            FormField("notified_on", 4),
            FormField("procedure"),
            FormField("reason", least=13, share=1),
            FormField("department", 4),
            FormField("handler", 4),
            FormField("due_on", 4),
            FormField("leader_told"),
            FormField("leader_note", least=14, share=1),
            FormField("result", least=22, share=2),
            FormField("outcome", 4),
            FormField("replied_on", 4),
            FormField("satisfaction", 4),
        ),
    ),
)

SIGNED_BY = (
    Group("visitor", "Visitor"),
    Group("receiver", "Received by"),
    Group("leader", "Leader"),
)
SIGNATURES = Group("signatures", "Signatures and dates")

SIGNED_HEIGHT = 15.0
"""The height of the line for signatures, in millimetres."""
FIELDS = tuple(field for part in PARTS for field in part.fields)
COLUMNS = tuple(REGISTER[field.key] for field in FIELDS)
"""The columns on the form, in order."""


def heights(room: float) -> dict[str, float]:
    """Divide `room` among the lines: every field's height by its key, all in millimetres.

    Each field gets its `least`. What is left goes to the fields with a `share`.
    """
    left = room - sum(field.least * field.span for field in FIELDS) / TWELFTHS
    shares = sum(field.share for field in FIELDS)
    return {field.key: field.least + left * field.share / shares for field in FIELDS}
