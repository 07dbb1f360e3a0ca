"""What people usually write for a tick, for nobody, for a petitioner without a name or address, and for no repeat."""

from __future__ import annotations

from collections.abc import Mapping

from sheet_schema.languages import in_every_language, said_for
from sheet_schema.vocabulary import YesNo
from sheet_schema.word import Word, folded, word_form

TICKS = {word_form(text) for text in ("✓", "✔", "√", "☑", "✅", "1", *said_for("ticks", "yes"))}
NO_TICKS = {word_form(text) for text in (*"☐□×✕✖✗✘❌╳0-/", *said_for("ticks", "no"))}
"""What means no tick. A cross is no in Chinese; only the letter x is a tick."""
TICK_MARK = "✓"
TICKED: Mapping[str, tuple[str, ...]] = {YesNo.YES.key: tuple(TICKS), YesNo.NO.key: tuple(NO_TICKS)}
"""What people write for Yes and No where a tick would do."""
CROSSES: Mapping[str, tuple[str, ...]] = {YesNo.NO.key: tuple("×✕✖✗✘❌╳")}
"""What plainly switches a row off. A dash or 无 may as well say that nothing was chosen."""

_UNNAMED = [
    text
    for said in in_every_language("petitioners")
    for unnamed in said.get("unnamed", ())
    for who in said.get("unnamed_who", ())
    for text in (f"{unnamed} {who}", f"{who} {unnamed}")
]
ANONYMOUS = {folded(text) for text in (*said_for("petitioners", "anonymous"), *_UNNAMED)}
"""What people write in `petitioner` if no name was given."""
NO_CONTACT = {folded(text) for text in said_for("petitioners", "no_contact")}
"""What people write in `contact` if there is no way to reach the petitioner."""
NOBODY = {folded(text) for text in ("-", "--", "—", "——", "–", "－", *said_for("nobody", "none"))}
"""What people write in `about` if nobody is complained about."""
NOT_A_REPEAT = {word_form(text) for text in said_for("also_repeat", "none")}
"""What people write in `repeat_of` if they have looked and it is not a repeat."""
URGENCY: Mapping[str, tuple[str, ...]] = {
    YesNo.YES.key: ("!", "!!", "!!!", "*", "★", *said_for("only_important", "yes")),
    YesNo.NO.key: said_for("only_important", "no"),
}
"""What people also write in Important. What is not plainly No counts as important (docs/design.md#p4.9)."""
SKIPPED: Mapping[str, tuple[str, ...]] = {answer.key: said_for("only_skipped", answer.key) for answer in YesNo}
"""What people also write in Skipped a stage."""
SECRECY: Mapping[str, tuple[str, ...]] = {answer.key: said_for("only_restricted", answer.key) for answer in YesNo}
"""What people also write in Restricted. What is not plainly No counts as Yes (docs/design.md#p5.6)."""


class WordColumn(Word):
    """The columns for which an office may have words of its own."""

    CHANNEL = "channel", "Channel"
    KIND = "kind", "Kind"
    TOPIC = "topic", "Topic"
    RESTRICTED = "restricted", "Restricted"
    DECISION = "decision", "Decision"
    PROCEDURE = "procedure", "Procedure"
    OUTCOME = "outcome", "Outcome"
    SATISFACTION = "satisfaction", "Satisfaction"
    IDENTITY = "identity", "Who they are"
    ROLE = "role", "Role"
    DIGEST = "digest", "Digest"
    LANGUAGE = "language", "Language"
    STEP = "step", "Step"
    WHO = "who", "Who"
    STARTS_FROM = "starts_from", "Counted from"
    UNIT = "unit", "Unit"
    ROLL_FORWARD = "roll_forward", "Move to a working day"
    ASK_EXPLANATION = "ask_explanation", "Ask for an explanation"
    ENABLED = "enabled", "Enabled"
    DAY_KIND = "day_kind", "Kind of day"
    RETENTION = "retention", "Retention"
