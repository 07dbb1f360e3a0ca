"""Takes a cell that names several apart, at every separator people use but not inside a name that has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from automation.ledger.names.lexicon import Label, Span
from sheet_schema import naming

SINGLE_WORD = 1


@dataclass(frozen=True)
class Part:
    """What stands between two separators. `follows_a_comma` is told because `Jones, Robert` is one person."""

    spans: tuple[Span, ...]
    follows_a_comma: bool
    is_bracket: bool

    @property
    def start(self) -> int:
        return self.spans[0].units[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].units[-1].end

    @property
    def says_outside(self) -> bool:
        """Whether it says of the part before that it is nobody here."""
        labels = [span.labels for span in self.spans]
        return any(Label.OUTSIDE in one for one in labels) and all(
            one & {Label.OUTSIDE, Label.FILLER, Label.GROUP} for one in labels
        )

    @property
    def speaks_of_a_pupil(self) -> bool:
        """Whether it says of whom it names that they are a pupil or a parent, so that a slip is not looked for."""
        return any(span.form in naming.PUPILS_AND_PARENTS for span in self.spans)

    @property
    def follows_a_colon(self) -> bool:
        return ":" in self.spans[0].units[0].gap


def parts_of(spans: Sequence[Span]) -> list[Part]:
    parts: list[Part] = []
    held: list[Span] = []
    after_comma = bracket = next_comma = False

    def close() -> None:
        nonlocal held
        if held:
            parts.append(Part(tuple(held), after_comma, bracket))
        held = []

    for i, span in enumerate(spans):
        first = span.units[0]
        if first.opens_a_part or _is_before_a_name(span, held):
            close()
            next_comma = first.follows_a_comma
            bracket = first.opens_a_bracket
        if Label.JOINING in span.labels and not span.parties and not _is_a_surname(spans, i):
            close()
            next_comma = bracket = False
            continue
        if not held:
            after_comma = next_comma
            next_comma = False
        held.append(span)
    close()
    return parts


def _is_before_a_name(span: Span, held: Sequence[Span]) -> bool:
    """Whether a Latin title begins another person: `Mr Smith Ms Brown`, but not `Headteacher Mr Smith`."""
    return (
        Label.COURTESY in span.labels
        and not span.is_han
        and any(
            not other.is_title and not other.labels & {Label.FILLER, Label.SUBJECT, Label.POST_BEFORE} for other in held
        )
    )


def _is_a_surname(spans: Sequence[Span], at: int) -> bool:
    """Whether a joining word of one character stands right before a title and begins its part: 和老师."""
    if len(spans[at].units) > SINGLE_WORD or not spans[at].is_han or at + 1 == len(spans):
        return False
    begins = at == 0 or spans[at].units[0].opens_a_part
    return begins and spans[at + 1].is_title
