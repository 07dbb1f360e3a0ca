"""Many mails on one page for a browser: each as its reader would see it, and as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from automation.text.catalogue import Message, Sentences, listed, msg
from sheet_schema import Language

_HEAD = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, "Microsoft YaHei", sans-serif; max-width: 46rem; margin: 1.5rem auto; padding: 0 1rem; }}
details {{ border: 1px solid #9aa5b1; border-radius: .4rem; margin: .6rem 0; padding: .5rem .8rem; }}
summary {{ cursor: pointer; overflow-wrap: anywhere; }}
summary small {{ display: block; opacity: .75; }}
iframe {{ width: 100%; height: 34rem; border: 0; background: #fff; }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
</style></head><body><main><h1>{title}</h1><p>{said}</p>
"""
_TEXTS: Mapping[str, Message] = {"text": msg("As plain text"), "files": msg("Attached: {files}")}


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
    head = _HEAD.format(language=language, title=escape(title), said=escape(said))
    return "".join([head, *(_shown(mail, language) for mail in mails), "</main></body></html>\n"])


def _shown(mail: Shown, language: Language) -> str:
    texts, subject = Sentences(_TEXTS, language), escape(mail.subject)
    of = " · ".join(escape(part) for part in (mail.to, mail.date) if part)
    return (
        f"<details><summary>{subject}<small>{of}</small></summary>"
        f"{_files(mail, language)}"
        f'<iframe sandbox="" title="{subject}" srcdoc="{escape(mail.html)}"></iframe>'
        f"<details><summary>{texts['text']}</summary><pre>{escape(mail.text)}</pre></details></details>\n"
    )


def _files(mail: Shown, language: Language) -> str:
    texts = Sentences(_TEXTS, language)
    links = [f'<a href="{escape(address)}">{escape(name)}</a>' for name, address in mail.files]
    return f"<p>{texts.say('files', files=listed(links, language))}</p>" if links else ""
