"""The Register's columns for letters: which one is wanted, what was made, and what a letter says that no other column has."""

from __future__ import annotations

from sheet_schema.letter_words import LetterKind
from sheet_schema.model import By, Column, Group, Type


def letter_columns(group: Group) -> tuple[Column, ...]:
    """In their order, all in this group, which folds away."""
    return (
        Column(
            "letter",
            "Letter",
            Type.CHOICE,
            By.STAFF,
            choices=LetterKind,
            strict=False,
            later=True,
            group=group,
            width=18,
            note_english="Choose a letter: the next run makes it, and says beside this where it lies. To have it made again, empty"
            " this, wait for a run and choose anew.",
        ),
        Column(
            "letters_made",
            "Letters made",
            Type.LONG,
            By.JOB,
            later=True,
            group=group,
            width=26,
            note_english="Each letter that was made: when, which, and its file in the folder of letters beside the ledger; and when and how"
            " it was handed over. Filled by the job.",
        ),
        Column(
            "matter",
            "Matter, for letters",
            Type.LONG,
            By.STAFF,
            later=True,
            group=group,
            width=24,
            note_english="What letters say the matter is, instead of the summary: for a summary that names somebody. Blank: the summary.",
        ),
        Column(
            "basis",
            "Basis of the answer",
            Type.LONG,
            By.STAFF,
            later=True,
            group=group,
            width=24,
            sense="answer",
            note_english="The rule or policy that the answer rests on, with its article or section; for letters.",
        ),
        Column(
            "other_body",
            "Other body",
            Type.TEXT,
            By.STAFF,
            later=True,
            group=group,
            width=18,
            note_english="The body that the matter is passed on to, should be taken to, or is reported to; for letters.",
        ),
        Column(
            "asked_for",
            "Asked of them",
            Type.LONG,
            By.STAFF,
            later=True,
            group=group,
            width=22,
            note_english="What they are asked to send or explain, and by when; for letters.",
        ),
        Column(
            "review_result",
            "Answer at the next stage",
            Type.LONG,
            By.STAFF,
            later=True,
            group=group,
            width=24,
            note_english="What the next stage found and decided; for letters.",
        ),
    )
