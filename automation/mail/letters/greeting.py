"""The first line of a mail: how its reader is addressed (docs/design.md#p6.9)."""

from __future__ import annotations

from automation.cases.mailboxes import Recipient
from automation.ledger.directory import person_named
from automation.ledger.names.titled import title_form
from automation.ledger.people import Person
from automation.mail.letters.context import LetterContext
from automation.text.catalogue import msg
from sheet_schema import LANGUAGES
from sheet_schema.languages import script

BY_NAME = msg("Dear {name},")
BY_TITLE = msg("Dear {name},", "to a department, or somebody by their title")
_NAME = "{name}"
_HAN = "Han"


def greeting(letters: LetterContext, reader: Recipient) -> str:
    """The line for this reader: as *Settings* has it, and where that is still ours, as fits the reader.

    赵校长： and 德育处：, but 王芳，您好：.
    """
    person = None if reader.is_department else person_named(reader.name, letters.ledger.policy.people)
    title = _title(person, letters.language) if person is not None else ""
    wanted, name = letters.ledger.policy.settings["mail_greeting"], title or reader.name
    if wanted not in _OURS:
        return wanted.replace(_NAME, name)
    return (BY_TITLE if title or reader.is_department else BY_NAME).say(letters.language, name=name)


def _title(person: Person, language: str) -> str:
    """What *Address as* says, or in Chinese the first other name that is a title; empty for whoever goes by the name."""
    if person.address_as:
        return person.address_as
    return title_form(person) if script(language).startswith(_HAN) else ""


_OURS = frozenset(form.say(language) for form in (BY_NAME, BY_TITLE) for language in LANGUAGES)
"""The greetings that a ledger starts with, in every language."""
