"""A mail's subject, text and HTML from the templates in `email_templates/`. Text from cells is data, never a template."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from css_inline import CSSInliner
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from sheet_schema import Language

TEMPLATES = Path(__file__).parent.parent.parent / "email_templates"
LONGEST_SUBJECT = 150


@dataclass(frozen=True, slots=True)
class Rendered:
    subject: str
    text: str
    html: str


def render(kind: str, language: Language, context: Mapping[str, object]) -> Rendered:
    """One mail of a kind. A name the template asks for and `context` lacks raises jinja2's UndefinedError."""
    subject, text, html = (
        writable(templates_in(TEMPLATES).get_template(f"{language}/{kind}.{ending}").render(context))
        for ending in ("subject.txt", "txt", "html")
    )
    # keep_at_rules: the default drops @media, and with it dark mode.
    inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    return Rendered(one_line(subject), re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n", inliner.inline(html))


def writable(text: str) -> str:
    """Without the halves of characters that a damaged cell may hold and no file can."""
    return text.encode("utf-8", "ignore").decode()


def one_line(text: str, most: int = LONGEST_SUBJECT) -> str:
    """Text as it may stand in a header: one line, without control characters, not endless."""
    visible = "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in text)
    line = " ".join(writable(visible).split())
    return line if len(line) <= most else line[: most - 1] + "…"


@cache
def templates_in(folder: Path) -> SandboxedEnvironment:
    """The templates of a folder. Text from cells is data to them: escaped in HTML, and never a template."""
    return SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
