"""Has click say its own words (Usage, Options, No such option …) by our catalogue, in the language of the call.

click asks gettext, which knows one language for the whole process and only catalogues in folders of its own. Every
module of click has gettext's functions under two names of its own, and these are put in their place.
`python -m docs.translations` collects click's sentences from the same modules.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from click import core, exceptions, formatting, parser, types

from automation.commands.language import here, spoken
from sheet_schema.languages import Language, catalogue, script

SPEAKING = (core, exceptions, formatting, parser, types)
"""The modules of click that say something to whoever calls a command."""

REQUIRED = here("required")
"""What click says in brackets behind an option that must be given; it says so by a variable, which nothing can collect."""


TYPES = here("integer range"), here("integer")
"""What click calls a number in an error; its name is no sentence of click's."""


def _said(text: str) -> str:
    return catalogue(spoken(), "messages").gettext(text)


def _counted(one: str, many: str, n: int) -> str:
    return catalogue(spoken(), "messages").ngettext(one, many, n)


def translate_click() -> None:
    """From now on click speaks the language of the call."""
    for module in SPEAKING:
        vars(module).update(_=_said, ngettext=_counted)
    for kind in vars(exceptions).values():
        if isinstance(kind, type) and issubclass(kind, exceptions.UsageError):
            setattr(kind, "format_message", _punctuated(kind.format_message))  # noqa: B010  (it is click's own)


def _punctuated(message: Callable[[Any], str]) -> Callable[[Any], str]:
    """click's message with the marks of the language: click writes some of them itself, outside its sentences."""

    @wraps(message)
    def in_its_marks(error: Any) -> str:
        return in_marks_of(spoken(), message(error))

    return in_its_marks


def in_marks_of(language: Language, text: str) -> str:
    """A sentence of click with Chinese quotation marks, commas and full stops, if it is in Chinese."""
    if not script(language).startswith("Han"):
        return text
    for name in TYPES:
        text = text.replace(name, _said(name))
    text = re.sub(r" ?'([^']*)' ?", r"“\1”", text)
    return re.sub(r"\.$", "。", text.replace("”, “", "”、“").replace("”,“", "”、“").replace("。 ", "。"))
