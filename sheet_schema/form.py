"""The Registration Form for Reception of Visitors (来访登记表) on one A4 page: which columns of the Register stand on it, in
which order and how wide. The page, the PDF and the Form tab are all laid out from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheet_schema.model import Group
from sheet_schema.register import REGISTER

TWELFTHS = 12
"""The form's width; each field takes so many twelfths of it, its label two of them."""
LABEL = 2
LINE_HEIGHT = 9.0
"""Of an ordinary line, in millimetres."""
HEADING_HEIGHT = 6.0


@dataclass(frozen=True, slots=True)
class FormField:
    """A column of the Register on the form. Only those that take a `share` of the room left over may be tall; `least` is their
    height in millimetres when there is little to say."""

    key: str
    span: int = TWELFTHS
    least: float = LINE_HEIGHT
    share: int = 0


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part of the form under its heading; the spans of each of its lines add up to twelve."""

    heading: Group
    fields: tuple[FormField, ...]


VISIT = Group("visit", "Registration form for reception of visitors", "来访登记表")
MATTER = Group("matter", "Registration form for letters and visits", "信访登记表")
"""What the form is called for a visit, and for everything else."""

PARTS = (
    FormPart(
        Group("registration", "Registration", "登记"),
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
        Group("handling", "Handling", "办理"),
        (
            FormField("decision", 4),
            FormField("decided_on", 4),
            FormField("notified_on", 4),
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
    Group("visitor", "Visitor", "信访人"),
    Group("receiver", "Received by", "接待人"),
    Group("leader", "Leader", "领导"),
)
SIGNATURES = Group("signatures", "Signatures and dates", "签名及日期")

SIGNED_HEIGHT = 15.0
"""Of the line for signatures."""
FIELDS = tuple(field for part in PARTS for field in part.fields)
COLUMNS = tuple(REGISTER[field.key] for field in FIELDS)
"""The columns that stand on the form, in order."""


def heights(room: float, wanted: Mapping[str, float]) -> dict[str, float]:
    """Every field's height by its key, in millimetres, where all lines together have so much `room`: those that may be tall share
    what the others leave, each as far as it has something to say (`wanted`: how high its text stands), and what is then left by
    their shares."""
    left = room - sum(field.least * field.span for field in FIELDS) / TWELFTHS
    tall = [field for field in FIELDS if field.share]
    wants = {field.key: max(0.0, wanted.get(field.key, 0.0) - field.least) for field in tall}
    asked, shares = sum(wants.values()), sum(field.share for field in tall)
    given = min(1.0, left / asked) if asked else 0.0
    more = {field.key: given * wants[field.key] + (left - given * asked) * field.share / shares for field in tall}
    return {field.key: field.least + more.get(field.key, 0.0) for field in FIELDS}
