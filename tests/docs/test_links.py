"""No link to a promise, a page, a file or a function leads nowhere, and what is quoted of a promise stands there."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support import ROOT

DESIGN = ROOT / "docs" / "design.md"
PROSE = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/design.md")
"""Pages that speak of files of this repository."""


def _kept() -> list[Path]:
    """What is in the repository, or was just made and will be."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        said = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):  # the project without its history
        skipped = {"__pycache__", "build", "demo"}
        found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        return [path for path in found if not skipped & set(path.parts) and not path.parts[0].startswith(".")]
    return [Path(line) for line in said if (ROOT / line).is_file()]


@cache
def text_of(path: Path) -> str:
    return (ROOT / path).read_text("utf-8")


KEPT = _kept()
SOURCES = [path for path in KEPT if path.suffix == ".py"]
PAGES = [path for path in KEPT if path.suffix == ".md"]
FIRST_PARTS = {path.parts[0] for path in KEPT} | {path.parts[1] for path in KEPT if path.parts[0] == "automation"}
"""What a path of this repository begins with: from its root, or, for short, from `automation/`."""


@cache
def promises() -> dict[str, str]:
    """Each promise of docs/design.md by its anchor, on one line, without marks for bold and slanted type."""
    parts = re.split(r'<a id="(p[\d.]+)"></a>', DESIGN.read_text("utf-8"))
    return {anchor: folded(text.split("\n## ")[0]) for anchor, text in zip(parts[1::2], parts[2::2], strict=True)}


def folded(text: str) -> str:
    """One line, as it reads: a comment's line breaks and marks are gone."""
    return re.sub(r"\s*\n\s*(?:#:? )?", " ", text.strip()).replace("*", "")


def test_promises_are_numbered_in_order_each_once() -> None:
    text = DESIGN.read_text("utf-8")
    numbers = re.findall(r'<a id="p([\d.]+)"></a>\*\*([\d.]+)\*\*', text)
    in_order = [tuple(map(int, anchor.split("."))) for anchor, _ in numbers]
    sections = [int(number) for number in re.findall(r"^## (\d+)\.", text, re.MULTILINE)]

    assert all(anchor == shown for anchor, shown in numbers)
    assert in_order == [(section, at) for section in sections for at in range(1, _many(in_order, section) + 1)]
    assert len(numbers) == text.count("<a id=")


def _many(numbers: list[tuple[int, ...]], section: int) -> int:
    return sum(first == section for first, *_ in numbers)


def test_a_promise_that_is_linked_to_is_there() -> None:
    linked = {
        (str(path), anchor)
        for path in (*SOURCES, *PAGES)
        for anchor in re.findall(r"design\.md#(p[\d.]*\d)", text_of(path))
    }
    assert [one for one in sorted(linked) if one[1] not in promises()] == []


def test_a_promise_that_another_speaks_of_is_there() -> None:
    named = {number for text in promises().values() for number in re.findall(r"\((\d+\.\d+)\)", text)}
    assert {f"p{number}" for number in named} - promises().keys() == set()


def quoted(path: Path) -> Iterator[tuple[str, str]]:
    """What is quoted beside a link to a promise, and its anchor: words "so" (docs/design.md#p4.9)."""
    if "design.md#" in text_of(path):
        yield from re.findall(r'"([^"]+)" ?\(docs/design\.md#(p[\d.]*\d)\)', folded(text_of(path)))


def is_quoted_well(anchor: str, words: str) -> bool:
    said, at = promises()[anchor].casefold(), 0  # a sentence may begin with a small letter in another
    for part in re.split(r" ?… ?", words.casefold()):  # what lies between is left out
        at = said.find(part.strip().removesuffix("."), at)
        if at < 0:
            return False
    return True


def test_what_is_quoted_of_a_promise_stands_in_it() -> None:
    found = sorted((str(path), anchor, words) for path in SOURCES for words, anchor in quoted(path))
    assert [one for one in found if not is_quoted_well(*one[1:])] == []
    assert len(found) > 25
    assert not is_quoted_well(found[0][1], "words that stand nowhere")


def test_a_page_that_code_speaks_of_is_there() -> None:
    named = {(str(path), name) for path in SOURCES for name in re.findall(r"\bdocs/[\w.]+\.md\b", text_of(path))}
    assert [one for one in sorted(named) if not (ROOT / one[1]).exists()] == []


def spans(page: str) -> Iterator[str]:
    """What stands in backticks within sentences and tables, and each line in a block of code."""
    text = (ROOT / page).read_text("utf-8")
    for block in re.findall(r"^ *```\w*\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        yield from block.splitlines()
    yield from re.findall(r"(?<!`)`([^`]+)`(?!`)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def paths(page: str) -> set[str]:
    """The words in code that are paths of this repository: whatever ends in .py or .md, and whatever has a slash and begins
    as a path of ours does. A * stands for any part of a name."""
    words = {word.strip(",;:()") for span in spans(page) for word in span.split()}
    named = {word for word in words if re.fullmatch(r"[\w.*/-]+\.(py|md)", word)}
    return named | {word for word in words if re.fullmatch(r"[\w.*-]+/[\w.*/-]*", word) and begins_as_ours(word)}


def begins_as_ours(word: str) -> bool:
    return word.split("/")[0] in FIRST_PARTS


def is_there(word: str) -> bool:
    return any(next(folder.glob(word.rstrip("/")), None) is not None for folder in (ROOT, ROOT / "automation"))


@pytest.mark.parametrize("page", PROSE)
def test_a_file_that_a_page_names_is_there(page: str) -> None:
    assert [word for word in sorted(paths(page)) if not is_there(word)] == []


def test_a_path_that_is_not_there_is_noticed() -> None:
    assert [is_there(word) for word in ("run/plan.py", "automation/run/", "run/*.py")] == [True] * 3
    assert [is_there(word) for word in ("run/planned.py", "automation/running/", "plan.py")] == [False] * 3


@pytest.mark.parametrize("page", PROSE)
def test_what_a_page_says_is_in_a_file_is_in_it(page: str) -> None:
    """Of the form `plan` in `run/plan.py`: a function, a class, a method or a constant."""
    named = re.findall(r"`([\w.]+)(?:\(\))?`\s+in\s+`([\w/]+\.py)`", text_of(Path(page)))
    assert [one for one in named if not is_in(*one)] == []


def is_in(name: str, path: str) -> bool:
    stands = re.escape(name.rpartition(".")[2])
    source = next(
        (text_of(file) for folder in (Path(), Path("automation")) if (ROOT / (file := folder / path)).exists()), ""
    )
    return re.search(rf"^ *(?:(?:def|class) {stands}\b|{stands}(?:: .*)? = )", source, re.MULTILINE) is not None


def test_a_name_that_is_not_there_is_noticed() -> None:
    assert [is_in("plan", "run/plan.py"), is_in("planned", "run/plan.py"), is_in("plan", "run/none.py")] == [
        True, False, False,
    ]  # fmt: skip
