"""Brings every language's catalogues up to date with the code: `python -m docs.translations`; `--check` only looks.

What is new stands in them with nothing behind it, and what nothing says any more is gone. `--check` names what is
missing, stale, or fills other places than the English.
"""

from __future__ import annotations

import io
import string
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract, extract_from_dir
from babel.messages.pofile import read_po, write_po

from automation.commands.words_of_click import SPEAKING
from sheet_schema import SETTINGS_LIST, TABS
from sheet_schema.form import MATTER, PARTS, SIGNATURES, SIGNED_BY, VISIT
from sheet_schema.languages import DOMAINS, FOLDER, LANGUAGES, SOURCE, traits
from sheet_schema.word import Labelled, Word
from sheet_schema.wording import PARTS as PARTS_OF_MAILS

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "jobs.py"
CODE = ("automation", "email_templates")
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract"), ("**.txt", "jinja2.ext:babel_extract")]
MARKS = {
    "msg": {1: (1,), 2: (1, (2, "c"))},
    "counted": {2: (1, 2), 3: (1, 2, (3, "c"))},
    "here": {None: (1,)},
    "_": {None: (1,)},
    "ngettext": {None: (1, 2)},
}
"""The functions that mark a sentence, and by how many arguments they have what each is: one, many, context (c)."""
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""Catalogues have no date of their own, so that they change only where a sentence does."""


def sentences() -> Catalog:
    """Every sentence in the code and its templates, without translations."""
    template = Catalog()
    for folder in CODE:
        found = extract_from_dir(ROOT / folder, METHODS, keywords=MARKS)
        for file, _, text, _, context in found:
            template.add(text, locations=[(f"{folder}/{file}", 0)], context=context)
    for source, name in (
        (PROGRAM, PROGRAM.name),
        *((Path(str(one.__file__)), one.__name__.replace(".", "/")) for one in SPEAKING),
    ):
        with source.open("rb") as file:
            for _, text, _, _ in extract("python", file, keywords=MARKS):
                template.add(text, locations=[(name, 0)])
    return template


def labels() -> Catalog:
    """Every label, note and meaning that `sheet_schema` declares, without translations."""
    template = Catalog()
    for context, english in _declared():
        if english:
            template.add(english, context=context)
    return template


def _declared() -> Iterator[tuple[str, str]]:
    words = [word for words in Word.__subclasses__() for word in words]
    on_form = (VISIT, MATTER, SIGNATURES, *SIGNED_BY, *(part.heading for part in PARTS))
    for one in (*_on_tabs(), *on_form, *SETTINGS_LIST, *PARTS_OF_MAILS, *words):
        yield one.context, one.english
    for tab in TABS:
        yield from ((f"{column.context} note", column.note_english) for column in tab)
    yield from ((f"{setting.context} meaning", setting.meaning_english) for setting in SETTINGS_LIST)
    yield from ((f"{part.context} meaning", part.meaning_english) for part in PARTS_OF_MAILS)


def _on_tabs() -> Iterator[Labelled]:
    for tab in TABS:
        yield tab
        for column in tab:
            yield from (one for one in (column, column.group) if one is not None)


TEMPLATES = {"labels": labels, "messages": sentences}


def brought_up_to_date(language: str, domain: str) -> Catalog:
    """A language's catalogue with just what the code says now; what is new in it has no translation yet."""
    file = FOLDER / language / f"{domain}.po"
    catalog = Catalog(locale=traits(language)["locale"])
    if file.is_file():
        with file.open("rb") as stream:
            catalog = read_po(stream, locale=traits(language)["locale"])
    catalog.update(TEMPLATES[domain](), no_fuzzy_matching=True)
    catalog.creation_date = catalog.revision_date = WRITTEN
    catalog.project = "letters-and-visits-ledger"
    catalog.header_comment = (
        f"# {traits(language)['name']}: {domain}. Brought up to date by `python -m docs.translations`."
    )
    return catalog


def as_text(catalog: Catalog) -> bytes:
    stream = io.BytesIO()
    write_po(stream, catalog, width=120, ignore_obsolete=True, include_lineno=False, sort_by_file=True)
    return stream.getvalue()


def faults(catalog: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue's translations, in words."""
    for one in catalog:
        english, said = _forms(one.id), _forms(one.string or "")
        if not one.id:
            continue
        if not all(said):
            yield f"not translated: {english[0]}"
        elif any(_places(text) - _places(*english) or _places(english[-1]) - _places(text) - {"n"} for text in said):
            yield f"other places than in English: {english[-1]}"


def _forms(text: str | Iterable[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _places(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def main(arguments: list[str]) -> int:
    wrong = 0
    for language in LANGUAGES:
        for domain in DOMAINS if language != SOURCE else ():
            catalog, file = brought_up_to_date(language, domain), FOLDER / language / f"{domain}.po"
            text = as_text(catalog)
            found = [*faults(catalog)]
            if "--check" not in arguments:
                file.write_bytes(text)
            elif text != (file.read_bytes() if file.is_file() else b""):
                found.append("stale: run `python -m docs.translations`")
            wrong += len(found)
            for fault in found:
                print(f"{language}/{file.name}: {fault}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
