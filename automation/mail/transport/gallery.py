"""Many mails on one page for a browser: each as its reader would see it, and as plain text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from automation.text.catalogue import between
from automation.text.templates import templates_in
from sheet_schema import Language
from sheet_schema.languages import traits


@dataclass(frozen=True, slots=True)
class Shown:
    """A mail on the page; without `date` it was never written. `files` are names and addresses of attachments."""

    subject: str
    to: str
    date: str
    html: str
    text: str
    files: tuple[tuple[str, str], ...] = ()


def page_of(mails: Iterable[Shown], title: str, said: str, language: Language) -> str:
    """The page as HTML, with the mails in the given order. `said` is the sentence below the title."""
    return (
        templates_in(Path(__file__).parent, language)
        .get_template("gallery.html")
        .render(
            lang=traits(language)["html"],
            title=title,
            said=said,
            mails=mails,
            between=between("items", language),
        )
    )
