"""The folder of letters beside a ledger: their files, which are never written over, and an office's own templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from automation.forms.letters.filling import Template
from automation.forms.letters.own_template import own_template
from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg
from automation.workbooks.file_rights import Rights, make_folder
from automation.workbooks.plain_files import read_plain, reason_of
from automation.workbooks.whole_files import write_whole
from sheet_schema import Language
from sheet_schema.letter_files import TEMPLATES, LetterDeclared
from sheet_schema.letter_words import LetterKind

ENDING = ".docx"
MOST = 10_000_000
"""Bytes of a template that are read."""
_NOT_KEPT = msg(
    "The letter cannot be kept in {folder} ({reason}), so none was made: free some space, or check who may write there."
)
_UNREADABLE = msg("The template {path} cannot be read ({reason}): check who may read it, or take it away.")


@dataclass(frozen=True)
class LetterFolder:
    """A folder of letters, for whoever has `rights` to the ledger. `written` are the files that this call made."""

    path: Path
    rights: Rights | None = None
    written: set[Path] = field(default_factory=set)

    @property
    def templates(self) -> Path:
        return self.path / TEMPLATES

    def template(self, declared: LetterDeclared, language: Language) -> Template:
        """The office's own template of this kind, or ours. Raises LedgerError if it cannot be read."""
        for name in names_of(declared.kind, language):
            path = self.templates / f"{name}{ENDING}"
            if path.exists() or path.is_symlink():
                try:
                    return Template(path.name, read_plain(path, MOST), own=True)
                except OSError as error:
                    raise LedgerError(_UNREADABLE.of(path=path, reason=reason_of(error))) from error
        return Template(declared.kind.label(language), own_template(declared, language))

    def keep(self, stem: str, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
        """Write the files of a letter, by their endings, and return where they lie.

        A file of that name that holds something else was edited by somebody, or is an older letter: it stays, and the new one has a
        number behind its name. Raises LedgerError.
        """
        try:
            make_folder(self.path, self.rights)
            at = next(n for n in range(1, 10_000) if self._is_free(_numbered(stem, n), contents))
            return tuple(self._put(self.path / f"{_numbered(stem, at)}{end}", data) for end, data in contents.items())
        except OSError as error:
            raise LedgerError(_NOT_KEPT.of(folder=self.path, reason=reason_of(error))) from error

    def _is_free(self, stem: str, contents: Mapping[str, bytes]) -> bool:
        return all(_is_same_or_none(self.path / f"{stem}{ending}", data) for ending, data in contents.items())

    def _put(self, path: Path, data: bytes) -> Path:
        if not path.exists():
            write_whole(path, data, self.rights)
            self.written.add(path)
        return path

    def take_away(self, files: Iterable[Path]) -> None:
        """Take away what this call wrote and nothing tells of."""
        for file in files:
            if file in self.written:
                with suppress(OSError):
                    file.unlink()

    def put_templates(self, letters: Iterable[LetterDeclared], language: Language) -> tuple[list[Path], list[Path]]:
        """Write our templates there, and return those written and those that were there already, which stay. Raises LedgerError."""
        new, there = [], []
        try:
            make_folder(self.path, self.rights)
            make_folder(self.templates, self.rights)
            for declared in letters:
                path = self.templates / f"{names_of(declared.kind, language)[0]}{ENDING}"
                if path.exists() or path.is_symlink():
                    there.append(path)
                else:
                    write_whole(path, own_template(declared, language), self.rights)
                    new.append(path)
        except OSError as error:
            raise LedgerError(_NOT_KEPT.of(folder=self.templates, reason=reason_of(error))) from error
        return new, there


def names_of(kind: LetterKind, language: Language) -> list[str]:
    """What a template of this kind may be called: as the ledger's language calls it, as another does, by its key."""
    return [*dict.fromkeys(safe(name) for name in (kind.label(language), *kind.labels(), kind.key))]


def safe(text: str) -> str:
    """Text as a part of a file's name: letters, digits, dashes and brackets."""
    return re.sub(r"[^\w（） -]", "_", text)


def _numbered(stem: str, n: int) -> str:
    return stem if n == 1 else f"{stem} ({n})"


def _is_same_or_none(path: Path, data: bytes) -> bool:
    if not (path.exists() or path.is_symlink()):
        return True
    with suppress(OSError):
        return not path.is_symlink() and read_plain(path) == data
    return False
