"""Finds the texts of a column that may hold a name at all, so that only those are read word by word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

from automation.ledger.addresses import addresses_in, mailbox_of
from automation.ledger.names.folding import HAN, folded_letters, loose
from automation.ledger.names.han import surname_of
from automation.ledger.names.han_together import together
from automation.ledger.names.lexicon import TITLES, known_phrases
from automation.ledger.names.posts import works_of
from sheet_schema.naming import GLUED_TITLES, MASKS, OLD, POSTS_BEHIND, SHORT_TITLES, WORK_TITLES

_BETWEEN = re.compile(r"(?:[^\w\n]|_)+")
_ASCII_BETWEEN = bytes(code for code in range(128) if not chr(code).isalnum() and chr(code) != "\n")
_TO_SPACES = {code: " " for code in range(128) if not chr(code).isalpha()}
_IN_HAN = HAN.pattern.strip("[]")
_LATIN_WORD = re.compile(rf"[^\W\d_{_IN_HAN}]+")
_OTHER_THAN_HAN = re.compile(rf"(?!{HAN.pattern})[^\W\d_]")
_NO_LETTER_BEFORE = rf"(?<![^\W_{_IN_HAN}])"
"""Chinese characters stand right beside Latin letters without being of the same word: 找Smith老师."""
_NO_LETTER_BEHIND = rf"(?![^\W_{_IN_HAN}])"


class Lines:
    """Texts joined with a line each, so that one scan finds a word in all of them."""

    def __init__(self, joined: str) -> None:
        self.joined = joined
        self._ends = list(accumulate(len(line) + 1 for line in joined.split("\n")))

    def holding(self, word: str) -> Iterator[int]:
        """The positions of the texts that contain the word."""
        at = self.joined.find(word)
        while at >= 0:
            position = self.at(at)
            yield position
            at = self.joined.find(word, self._ends[position])

    def at(self, offset: int) -> int:
        return bisect_right(self._ends, offset)


@dataclass(frozen=True)
class NamesToFind:
    """The folded spellings and addresses of a directory, and each spelling of a person, folded and as it was typed."""

    forms: tuple[str, ...]
    addresses: frozenset[str]
    typed: tuple[str, ...]
    people: tuple[str, ...]
    stems: tuple[str, ...] = ()
    """What Chinese departments are called for short: 教务, whose head is 教务主任."""

    @cached_property
    def _western_words(self) -> frozenset[str]:
        """The words of Western surnames, in the loose form; of a name that is not `Last, First` all but the first."""
        surnames: set[str] = set()
        for spelling in self.typed:
            folded = loose(folded_letters(spelling))
            if not HAN.search(folded) and (every := _LATIN_WORD.findall(folded)):
                family = _LATIN_WORD.findall(folded.partition(",")[0]) if "," in folded else every[1:] or every
                surnames.update({*family, "".join(every[-2:])})
        return frozenset(surnames)

    @cached_property
    def _han_names(self) -> str:
        """Surnames, and given names of two characters, as alternatives of a pattern. A department has neither: 学 is no
        surname for being the first of 学校办公室, else every 学校 were one with a title."""
        han = [form for form in self.people if HAN.match(form)]
        surnames = {one for form in han for one in (surname_of(form), form[:1])}
        given = {form.removeprefix(surname_of(form)) for form in han}
        return "|".join(map(re.escape, surnames | {one for one in given if len(one) > 1}))

    @cached_property
    def _titled(self) -> re.Pattern[str] | None:
        """What finds a Chinese name with a title, or the post of a department's head; None if there are neither."""
        wanted = []
        if self._han_names:
            wanted += [f"(?:{self._han_names})(?:{_han_titles()}|姓)", f"[姓{OLD}](?:{self._han_names})"]
        if self.stems:  # also where nobody has a Chinese name: the head of 教务处 may be Mr Smith
            posts = "|".join(post for post in POSTS_BEHIND if not post.isascii())
            wanted.append(f"(?:{'|'.join(map(re.escape, self.stems))})(?:{posts})")
            ends = {stem[at:] for stem in self.stems for at in range(len(stem) + 1)}
            wanted += [title for title in WORK_TITLES if not ends.isdisjoint(works_of(title))]
        return re.compile("|".join(wanted)) if wanted else None

    def positions(self, texts: Sequence[str]) -> list[int]:
        """The positions of the texts that may hold one of the names, ascending."""
        folded = folded_letters("\n".join([text.replace("\n", " ") for text in texts]))
        compact = Lines(_compact(folded))
        found = {position for form in self.forms for position in compact.holding(form)}
        if self._titled is not None:
            found.update(compact.at(match.start()) for match in self._titled.finditer(compact.joined))
        if self._han_names:
            whole, masked = Lines(folded), re.compile(rf"(?:{self._han_names})(?:\s?[{MASKS}]|xx)")
            found.update(whole.at(match.start()) for match in masked.finditer(folded))
            found.update(whole.at(match.start()) for match in together().finditer(folded))
        if _OTHER_THAN_HAN.search(folded):
            found.update(self._in_latin_letters(folded))
        if "@" in folded:
            found.update(at for at in Lines(folded).holding("@") if self._holds_an_address(texts[at]))
        return sorted(found)

    def _holds_an_address(self, text: str) -> bool:
        return any(mailbox_of(address) in self.addresses for address in addresses_in(text))

    def _in_latin_letters(self, folded: str) -> Iterator[int]:
        lines = Lines(loose(folded))
        there = _words_in(lines.joined)
        surnames = [one for word in self._western_words for one in _as_written(word) if one in there]
        if surnames:
            pattern = re.compile(f"{_NO_LETTER_BEFORE}(?:{'|'.join(map(re.escape, surnames))}){_NO_LETTER_BEHIND}")
            yield from (lines.at(match.start()) for match in pattern.finditer(lines.joined))
        if titles := [title for title in _titles(latin=True) if title.partition(" ")[0] in there]:
            yield from (lines.at(match.start()) for match in _behind(titles).finditer(lines.joined))
        if not lines.joined.isascii():
            yield from (lines.at(match.start()) for match in _before_a_han_title().finditer(lines.joined))


def _as_written(surname: str) -> Iterator[str]:
    """A surname as it may stand in a text: of several people, or together with a title."""
    yield from (surname, f"{surname}s", f"{surname}es", *(f"{title}{surname}" for title in GLUED_TITLES))


def _compact(text: str) -> str:
    """Without anything but letters, digits and line ends."""
    plain = text.encode(errors="surrogatepass").translate(None, _ASCII_BETWEEN).decode(errors="surrogatepass")
    return plain if plain.isascii() else _BETWEEN.sub("", plain)


def _words_in(text: str) -> set[str]:
    return set(text.translate(_TO_SPACES).split()) if text.isascii() else set(_LATIN_WORD.findall(text))


def _titles(*, latin: bool) -> Iterable[str]:
    return (phrase for phrase, labels in known_phrases().items() if labels & TITLES and phrase.isascii() == latin)


@cache
def _han_titles() -> str:
    latin = (title.replace(" ", "") for title in _titles(latin=True))  # 王Sir, 李Miss, 王Vice Principal
    short = (title for title in SHORT_TITLES if not title.isascii())
    return "|".join([*_titles(latin=False), *latin, *short, "某"])


def _behind(titles: Iterable[str]) -> re.Pattern[str]:
    """What finds a word behind one of these titles, in the same text."""
    phrases = "|".join(re.escape(title).replace(r"\ ", r"[^\w\n]+") for title in titles)
    return re.compile(rf"{_NO_LETTER_BEFORE}(?:{phrases})[^\w\n]{{0,3}}[^\W\d_]")


@cache
def _before_a_han_title() -> re.Pattern[str]:
    """What finds a Latin word and a Chinese title behind it: `Smith老师`."""
    return re.compile(rf"[^\W\d_{_IN_HAN}][^\S\n]?(?:{'|'.join(_titles(latin=False))})")
