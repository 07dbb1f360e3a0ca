"""Long lines are broken between words on a terminal, and nowhere else."""

from __future__ import annotations

import io

import pytest

from automation.commands.long_lines import broken, fitting
from automation.text.characters import breadth

LINES = {
    "short": ("Nothing to do.", ["Nothing to do."]),
    "sentence": (
        "Reply: due 2026-02-13 = Accepted 2026-01-30 + 10 school days, not late",
        ["Reply: due 2026-02-13 = Accepted 2026-01-30 +", "  10 school days, not late"],
    ),
    "indented": (
        "    Basis: the school decides, ten school days and ten more",
        ["    Basis: the school decides, ten school days", "      and ten more"],
    ),
    "column": (
        "    2026-03-18  job    Mail to the head of department: written",
        ["    2026-03-18  job    Mail to the head of", "                       department: written"],
    ),
    "Chinese": (
        "答复：2026-03-02到期（受理日期2026-01-30起30日，2026-03-01为休息日，顺延）",
        ["答复：2026-03-02到期（受理日期2026-01-30起30", "  日，2026-03-01为休息日，顺延）"],
    ),
    "Chinese marks stay with their words": (
        "一二三四五六七八九十一二三四五六七八九十一二三“四”五",
        ["一二三四五六七八九十一二三四五六七八九十一二三", "  “四”五"],
    ),
    "command": ("  python jobs.py run --workbook demo/ledger.xlsx --now 2026-03-18", None),
    "quoted command": (
        "Once the notice is out, have them run `install --holidays FILE` or type it.",
        ["Once the notice is out, have them run", "  `install --holidays FILE` or type it."],
    ),
    "one long word": ("x" * 60, None),
    "odd characters": ("`" * 30 + " ` \u3000 （（ " + "）" * 20, None),
}


@pytest.mark.parametrize("name", LINES)
def test_a_line_goes_on_below_where_its_text_began(name: str) -> None:
    line, parts = LINES[name]
    found = [*broken(line, 46)]

    assert "".join("".join(part.split()) for part in found) == "".join(line.split())
    if parts is not None:
        assert found == parts
        assert max(map(breadth, found)) <= 46
    elif name != "odd characters":
        assert found == [line]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_only_a_terminal_breaks_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "46")
    line, parts = LINES["sentence"]
    for stream, shown in ((Terminal(), parts), (io.StringIO(), [line]), (None, [line])):
        said: list[str] = []
        say = fitting(said.append, stream)
        say(f"{line}\n\nx")
        assert "\n".join(said).split("\n") == [*(shown or []), "", "x"]


def test_a_terminal_too_narrow_to_be_one_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [*broken("a few words that are longer than twenty letters", 20)] == [
        "a few words that are longer than twenty letters"
    ]
