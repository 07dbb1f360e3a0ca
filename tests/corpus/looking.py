"""A ledger full of other programs' things over a month in which cases are filed, and what is wrong afterwards."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner
from lxml import etree
from openpyxl.utils.cell import get_column_letter

import jobs
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.references import Gone
from automation.workbooks.excel.xml.referring import Referring
from automation.workbooks.excel.xml.worksheet import Worksheet
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8
from tests.corpus.ledgers import OWN_TAB, REGISTER, parts_of, rows_of_cases, with_things
from tests.corpus.things import FOREIGN, THINGS, Chosen
from tests.support.ledger_in_memory import line
from tests.support.small_office import CLOCK, at, column, ledger_at

CASES = 20
FIRST_COLUMN = 700
"""From here on each thing has a column of its own, and so do its links."""
RUNS = ("2026-04-07T09:00", "2026-04-14T09:00", "2026-04-21T09:00", "2026-05-06T09:00")
RARE = ("unknown", "text of a link")
"""Things that hold every row above them: with many of them nothing would ever be filed."""


@dataclass
class Month:
    """What was put into one ledger, how many cases were filed, and what is wrong."""

    things: list[Chosen]
    filed: int = 0
    restored: bool = False
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Way:
    """How a month goes: whether the ledger is laid out again before each run, whether everything there is is put into it,
    and what is done with the new file first."""

    install: bool = False
    everything: bool = False
    first: Callable[[Path], None] = lambda _: None


def month(folder: Path, seed: int, way: Way) -> Month:
    """A month with this seed. To lay out the ledger again must change nothing."""
    chance = random.Random(seed)
    path = ledger_at(folder, [_case(number, chance) for number in range(1, CASES + 1)], sending="暂停")
    way.first(path)
    at(path, "2026-03-20T09:00")
    found = Month(_chosen(chance, way))
    with_things(path, found.things)
    before = parts_of(path)
    for moment in RUNS:
        if way.install:
            ExcelWorkbook(path, CLOCK).lay_out("zh", {})
        at(path, moment)
        found.wrong += [f"{moment}: {one}" for one in _wrong(before, parts_of(path), found)]
    if _torn_out_and_restored(path, {case for _, case, _, _ in found.things}):
        found.restored = True
        found.wrong += [f"restored: {one}" for one in _wrong(before, parts_of(path), found)]
    filed = {str(number) for (number,) in column(path, "filing", "case_no")}
    missing = _numbers() - filed - set(rows_of_cases(parts_of(path)))
    found.filed, found.wrong = len(filed), [*found.wrong, *(f"{case} is nowhere" for case in sorted(missing))]
    return found


def _torn_out_and_restored(path: Path, kept: Collection[str]) -> bool:
    """Tear out a line beside which nothing is, as a spreadsheet program does, and have it restored from a copy."""
    rows = rows_of_cases(parts_of(path))
    plain = sorted(one for one in rows if one not in kept and one in _numbers())
    package, changed = Package(path.read_bytes(), path.name), dict[str, bytes]()
    if not plain or Referring(package, {}, REGISTER, Gone([rows[plain[0]]])).held():
        return False
    copy, gone, home = path.with_name("copy.xlsx"), Gone([rows[plain[0]]]), package.sheets[REGISTER]
    copy.write_bytes(path.read_bytes())
    Referring(package, changed, REGISTER, gone).renumber()
    sheet = Worksheet(as_plain_utf8(changed.get(home) or package.part(home)))
    sheet.close_up(gone)
    path.write_bytes(package.with_parts({**changed, home: sheet.xml()}))
    options = ("restore", "--missing", "--from", str(copy), "-w", str(path), "--now", "2026-05-07T09:00", "--yes")
    said = CliRunner().invoke(jobs.main, list(options))
    assert said.exit_code == 0, said.output
    return True


def _numbers() -> frozenset[str]:
    return frozenset(f"LV-{number:05d}" for number in range(1, CASES + 1))


def _case(number: int, chance: random.Random) -> dict[str, object]:
    told = f"2026-03-{chance.randint(4, 19):02d}"
    closed = {
        "decision": "不予受理",
        "decided_on": "2026-03-03",
        "reason": "重复",
        "notified_on": told,
        "handler": "王芳",
    }
    named = {"petitioner": f"访客{number}", "contact": f"1380000{number:04d}", "summary": f"事由{number}"}
    return line(f"LV-{number:05d}", **named, **(closed if chance.random() < 0.6 else {"handler": "王芳"}))


def _chosen(chance: random.Random, way: Way) -> list[Chosen]:
    things = [thing for thing in THINGS if thing.name not in RARE or chance.random() < 0.1]
    some = (
        [one for one in THINGS if one.name not in RARE]
        if way.everything
        else chance.sample(things, chance.randint(6, 14))
    )
    return [
        (thing, f"LV-{chance.randint(1, CASES):05d}", get_column_letter(FIRST_COLUMN + at), 10 + at)
        for at, thing in enumerate(some)
    ]


def _wrong(before: Mapping[str, bytes], after: Mapping[str, bytes], found: Month) -> list[str]:
    rows = rows_of_cases(after)
    texts = [
        _without_cells(content) if name.startswith("xl/worksheets/sheet") else content.decode("utf-8", "replace")
        for name, content in after.items()
        if name not in FOREIGN
    ]
    text, wrong = "\n".join(texts), []
    for thing, case, letters, number in found.things:
        at = thing.rows(text, letters, number)
        if case in rows and set(at) != {rows[case]}:
            wrong.append(f"{thing.name} of {case} in row {rows[case]} is at {at}")
        elif case not in rows and not thing.moves_on and (at or not thing.goes):
            wrong.append(f"{thing.name} of {case}, which was filed, is at {at}")
    for name, content in before.items():
        if name not in after:
            if not name.endswith("calcChain.xml"):
                wrong.append(f"{name} is gone")
        elif name in FOREIGN or not _ours(name):
            same = content == after[name] if name in FOREIGN else _masked(content) == _masked(after[name])
            wrong += [] if same else [f"{name} is not as it was"]
        if name in after and name.endswith((".xml", ".rels", ".vml")):
            etree.fromstring(after[name])
    return wrong


def _ours(name: str) -> bool:
    """Whether a run writes this part, and what is in it follows the ledger."""
    tabs = name.startswith("xl/worksheets/") and name != OWN_TAB
    return tabs or "comment" in name.lower() or name in ("xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml")


def _without_cells(sheet: bytes) -> str:
    return re.sub(r"<sheetData>.*</sheetData>", "", sheet.decode(), flags=re.DOTALL)


def _masked(content: bytes) -> bytes:
    """The part without its numbers: in a part that refers to rows nothing else may change."""
    text = re.sub(rb"<f(?=[ />])(?:[^<>]*/>|.*?</f>)", b"<f/>", content)  # a shared one is written out
    return re.sub(rb"\d+", b"0", text)
