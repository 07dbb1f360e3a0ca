"""A paper as a page: one self-contained file that prints as the PDF does, and reads well on a screen and on a telephone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from automation.forms import shapes
from automation.forms.shapes import Paper
from automation.letters.desk import LANG


def page(paper: Paper) -> str:
    """The page, in HTML. Text from cells is data: it is escaped, and never a template."""
    template = _environment().get_template("paper.html")
    return template.render(paper=paper, lang=LANG[paper.language], measure=shapes)


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
