"""A paper as a page: one self-contained file that prints as the PDF does, and reads well on a screen and on a telephone."""

from __future__ import annotations

from pathlib import Path

from automation.forms import shapes
from automation.forms.shapes import Paper
from automation.text.dates import LANG
from automation.text.templates import templates_in, writable


def page(paper: Paper) -> str:
    """The page, in HTML. Text from cells is data: it is escaped, and never a template."""
    template = templates_in(Path(__file__).parent).get_template("paper.html")
    return writable(template.render(paper=paper, lang=LANG[paper.language], measure=shapes))
