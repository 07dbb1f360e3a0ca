"""Renders mails from the templates in `email_templates/`. Text from cells is only data, never a template.

In a template, `_("Late: {number}", number=…)` and `ngettext("1 case", "{n} cases", count)` say a sentence of the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from automation.text.catalogue import Message, counted, msg
from automation.text.characters import for_utf8, one_line
from sheet_schema import Language

if TYPE_CHECKING:
    from jinja2.nodes import EvalContext
    from jinja2.sandbox import SandboxedEnvironment

TEMPLATES = Path(__file__).parent.parent.parent / "email_templates"
TemplateValues = Mapping[str, object]
"""What a template is filled with, by the names it uses."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The three parts of a mail."""

    subject: str
    text: str
    html: str


def render(kind: str, language: Language, context: TemplateValues) -> Rendered:
    """Render a mail. Raises jinja2's UndefinedError if `context` lacks a name that the template uses."""
    from css_inline import CSSInliner  # most runs write no mail, and need not wait for it

    templates = templates_in(TEMPLATES, language)
    subject, text, html = (
        for_utf8(templates.get_template(f"{kind}.{ending}").render(context))
        for ending in ("subject.txt", "txt", "html")
    )
    # By default css_inline drops @media, and with it dark mode.
    inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    return Rendered(one_line(subject), re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n", inliner.inline(html))


@cache
def templates_in(folder: Path, language: Language) -> SandboxedEnvironment:
    """The templates of a folder, in this language. They escape text in HTML, and never take it for a template (docs/design.md#p12.6)."""
    from jinja2 import FileSystemLoader, StrictUndefined  # most runs fill in no template, and need not wait for it
    from jinja2.sandbox import SandboxedEnvironment

    templates = SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(_sentences_in(language))
    templates.filters |= {"lines": _lines, "unbroken": _unbroken}
    return templates


def _lines(text: str) -> str:
    """Text that people typed, escaped, with its lines broken where they broke them."""
    from markupsafe import Markup, escape  # as above

    return Markup("<br>").join(escape(line) for line in text.splitlines())


_NUMBER = re.compile(r"[A-Za-z0-9]{1,12}(?:-[0-9]{1,12})+|[+]?[0-9]{2,5}(?: [0-9]{3,8}){1,3}")


def _unbroken(text: str) -> str:
    """Text, escaped, in which no case number or day is broken after its hyphens, and no telephone number at its spaces."""
    from markupsafe import Markup, escape  # as above

    return Markup(_NUMBER.sub(r'<span class="unbroken">\g<0></span>', str(escape(text))))  # noqa: S704 - it is escaped


def _sentences_in(language: Language) -> dict[str, Callable[..., str]]:
    """What says a sentence in a template. The sentence is ours and may stand in HTML; what is said in it is escaped there."""
    from jinja2 import pass_eval_context  # as above
    from markupsafe import Markup, escape  # as above

    def said(message: Message, within: EvalContext, values: TemplateValues) -> str:
        if not within.autoescape:
            return message.say(language, **values)
        return Markup(message.say(language, **{key: escape(value) for key, value in values.items()}))  # noqa: S704 - the sentence is ours

    @pass_eval_context
    def one(within: EvalContext, text: str, /, **values: object) -> str:
        return said(msg(text), within, values)

    @pass_eval_context
    def of_a_number(within: EvalContext, text: str, many: str, n: int, /, **values: object) -> str:
        return said(counted(text, many).of(n=n), within, values)

    return {"_": one, "ngettext": of_a_number}
