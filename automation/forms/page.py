"""A paper as a web page: one file that needs nothing else, prints like the PDF, and reads well on any screen."""

from __future__ import annotations

from pathlib import Path

from automation.forms import shapes
from automation.forms.qr import BORDER, outline
from automation.forms.shapes import Paper
from automation.text.characters import for_utf8
from automation.text.templates import templates_in
from sheet_schema.languages import traits


def page(paper: Paper) -> str:
    """The page as HTML. Text from cells is escaped, and never taken for a template."""
    template = templates_in(Path(__file__).parent, paper.language).get_template("paper.html")
    return for_utf8(
        template.render(
            paper=paper, lang=traits(paper.language)["html"], measure=shapes, outline=outline, border=BORDER
        )
    )
