"""Has click say its own words (Usage, Options, No such option …) by our catalogue, in the language of the call.

click asks gettext, which knows one language for the whole process and only catalogues in folders of its own. Every
module of click has gettext's functions under two names of its own, and these are put in their place.
`python -m docs.translations` collects click's sentences from the same modules.
"""

from __future__ import annotations

from click import core, exceptions, formatting, parser, types

from automation.commands.language import here, spoken
from sheet_schema.languages import catalogue

SPEAKING = (core, exceptions, formatting, parser, types)
"""The modules of click that say something to whoever calls a command."""

REQUIRED = here("required")
"""What click says in brackets behind an option that must be given; it says so by a variable, which nothing can collect."""


def _said(text: str) -> str:
    return catalogue(spoken(), "messages").gettext(text)


def _counted(one: str, many: str, n: int) -> str:
    return catalogue(spoken(), "messages").ngettext(one, many, n)


def translate_click() -> None:
    """From now on click speaks the language of the call."""
    for module in SPEAKING:
        vars(module).update(_=_said, ngettext=_counted)
