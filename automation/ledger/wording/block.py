"""One sentence of a mail that administrators may say in their own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from automation.text.catalogue import Message, msg
from sheet_schema.languages import Language
from sheet_schema.vocabulary import NoticeKind
from sheet_schema.word import Labelled
from sheet_schema.wording import Part, Placeholder

Places = Mapping[str, Placeholder]
"""The places in our sentences, by the name they have there, and what each is called in the tab."""
_OF_A_MAIL = msg("{mail}: {part}", "a sentence of a mail")
_FOOTER = msg("Footer")
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Block:
    """One sentence, named in the tab by its mail and part.

    `ours` are our sentences: the first whose places can all be filled is said. `to_department` stands before them for a
    department's mailbox. `places` are all that may be put in. `about` is the list in the mail's values that it speaks of.
    A text of the office's own must have `needs` in it.
    """

    mail: NoticeKind | None
    part: Labelled
    ours: tuple[Message, ...] = ()
    places: Places | None = None
    about: str = "cases"
    to_department: tuple[Message, ...] = ()
    needs: Placeholder | None = None
    purpose: Part | None = None
    """What the sentence is for, if the part does not say it: a footer's part is a role."""

    @property
    def key(self) -> str:
        return f"{self.mail.key if self.mail else 'footer'}.{self.part.key}"

    @property
    def is_subject(self) -> bool:
        return self.part.key.startswith(("subject", "several"))

    @property
    def may_contain(self) -> tuple[Placeholder, ...]:
        return tuple((self.places or {}).values())

    def label(self, language: Language) -> str:
        """Its name in the tab: `Reminder: opening`."""
        mail = self.mail.label(language) if self.mail else _FOOTER.say(language)
        return _OF_A_MAIL.say(language, mail=mail[:1].upper() + mail[1:], part=self.part.label(language))

    def meaning(self, language: Language) -> str:
        part = self.purpose or self.part
        return part.meaning(language) if isinstance(part, Part) else ""

    def ours_shown(self, language: Language) -> str:
        """Our sentence as somebody could have typed it: for one case and for several, and to a department, where these differ."""
        forms = dict.fromkeys(form for one in (*self.ours[:1], *self.to_department[:1]) for form in one.forms(language))
        return " / ".join(_PLACE.sub(lambda place: self._shown(place[1], language), form) for form in forms)

    def allowed_shown(self, language: Language) -> str:
        return " ".join(in_braces(one).say(language) for one in self.may_contain)

    def _shown(self, place: str, language: Language) -> str:
        return in_braces((self.places or {})[place]).say(language)


def in_braces(placeholder: Placeholder) -> Message:
    """A placeholder as somebody types it."""
    return Message("{{{name}}}").of(name=placeholder)
