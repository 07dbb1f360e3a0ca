"""An office at work in a Google Sheet while jobs run.

People insert, delete, sort, move, edit and copy lines, move columns about, rename tabs and turn cells into smart chips
between any two requests of a run; Google refuses things in Chinese. Everything they do is
recorded, to be compared with the final state. Each line has a mark in a column of the office's own, which shows if a
value ends up on another line.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from automation.ledger.errors import Busy, LedgerError
from automation.run.job import JOBS, Result
from sheet_schema import FILING, REGISTER
from tests.racing.rearranging import Rearranging
from tests.support import small_office as office
from tests.support import workbook_homes as homes
from tests.support.ledger_in_memory import line

MARK = "备忘"
"""The office's own column."""
WORKDAYS = (
    "2026-03-13", "2026-03-16", "2026-03-17", "2026-03-18", "2026-03-19", "2026-03-20", "2026-03-23", "2026-03-24",
)  # fmt: skip
CLOSING = {"decision": "不予受理", "reason": "重复", "decided_on": "2026-03-03", "notified_on": "2026-03-04"}
SHOWS_THE_SUMMARY = ("reminder", "assignment", "escalation", "alert")
OK = 200
NOTICED = 0.7
"""How likely it is that somebody has seen, by the next run, that a tab has another name."""
Line = dict[str, object]


@dataclass
class Office(Rearranging):
    """The people, and what they typed: by the mark of each line, its cells by key. `gone` has deleted marks."""

    path: Path
    chance: random.Random
    likely: float = 0.35
    typed: dict[str, Line] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    copied: set[str] = field(default_factory=set)
    """Marks of lines that somebody copied, with everything that a job had filled in by then."""
    deleted_numbers: set[str] = field(default_factory=set)
    numbers: dict[str, str] = field(default_factory=dict)
    shown: dict[str, set[str]] = field(default_factory=dict)
    """Every number seen on a line, by its mark, also one that was there only until it was repaired."""
    acts: Counter[str] = field(default_factory=Counter)
    runs: Counter[str] = field(default_factory=Counter)
    """How the runs among them ended."""
    said: list[tuple[str, str, str]] = field(default_factory=list)
    """Case, its summary at the commit, and the summary in the mail."""
    at_commit: dict[str, str] = field(default_factory=dict)
    commits_next: bool = False
    renamed: str = ""

    # --- the sheet as they see it -------------------------------------------------------------------------------

    @property
    def sheet(self) -> Any:
        key = homes.address(self.path)
        return homes.server().spreadsheets[key].sheet("登记")

    def rows(self, title: str = "登记") -> Iterator[tuple[int, Line]]:
        """Each row with its cells by key, and those of the office's own columns by header."""
        key = homes.address(self.path)
        grid = homes.server().spreadsheets[key].sheet(title).values()
        tab = REGISTER if title == "登记" else FILING
        names = {column.label("zh"): column.key for column in tab}
        headers = [names.get(str(header), str(header)) for header in grid[0]]
        for row, cells in enumerate(grid[1:], start=2):
            yield row, dict(zip(headers, [*cells, *[""] * (len(headers) - len(cells))], strict=True))

    def column(self, key: str) -> int:
        headers = self.sheet.values()[0]
        return int(headers.index(REGISTER[key].label("zh") if key in REGISTER.keys else key)) + 1

    def cases(self) -> list[tuple[int, Line]]:
        return [(row, cells) for row, cells in self.rows() if cells.get(MARK)]

    def blank_lines(self, *, numbered: bool) -> list[int]:
        return [
            row
            for row, cells in self.rows()
            if not cells.get(MARK)
            and bool(cells["case_no"]) == numbered
            and not any(cells[key] for key in REGISTER.staff_keys if key in cells)
        ]

    # --- what they do -------------------------------------------------------------------------------------------

    def may_act(self, *_: object) -> None:
        """Perhaps let somebody do something between two requests."""
        self.notice_numbers()
        while self.chance.random() < self.likely:
            act = self.chance.choice(
                (self.edit, self.edit, self.edit, self.assign, self.insert, self.insert_and_type, self.type_new,
                 self.delete_blank, self.delete, self.sort, self.sort, self.move, self.move, self.copy, self.uncopy, self.close,
                 self.scribble, self.column_in, self.column_in, self.column_out, self.move_column, self.move_column, self.chip,
                 self.rename)
            )  # fmt: skip
            if act():
                self.acts[act.__name__] += 1
                self.notice_numbers()

    def notice_numbers(self) -> None:
        for _, cells in self.cases():
            self.shown.setdefault(str(cells[MARK]), set()).add(str(cells["case_no"]))

    def edit(self) -> bool:
        found = self._one()
        key = self.chance.choice(("summary", "summary", "petitioner", "contact"))
        return found is not None and self._type(found, key, f"{key}{self.chance.randrange(10**9)}")

    def assign(self) -> bool:
        found = self._one()
        return found is not None and self._type(found, "department", self.chance.choice(("教务处", "总务处")))

    def close(self) -> bool:
        found = self._one()
        if found is None:
            return False
        for key, value in CLOSING.items():
            self._type(found, key, value)
        return True

    def scribble(self) -> bool:
        """Type into the Dashboard, or insert and delete rows there."""
        board, row = (
            homes.server().spreadsheets[homes.address(self.path)].sheet("看板"),
            self.chance.randint(3, 40),
        )
        what = self.chance.randrange(4)
        if what > 1:
            board.type(row, self.chance.randint(1, 11), f"随手写{self.chance.randrange(10**9)}")
        elif what:
            board.insert_rows(row)
        else:
            board.delete_rows(row)
        return True

    def chip(self) -> bool:
        """Turn the contact into a smart chip, or into what spills from a formula elsewhere."""
        found = self._one()
        if found is None or not found[1]["contact"]:
            return False
        make = self.chance.choice((self.sheet.make_chip, self.sheet.make_spilled))
        make(found[0], self.column("contact"))
        return True

    def insert(self) -> bool:
        self.sheet.insert_rows(self._anywhere())
        return True

    def insert_and_type(self) -> bool:
        row = self._anywhere()
        self.sheet.insert_rows(row)
        self._new_case(row)
        return True

    def type_new(self) -> bool:
        lines = self.blank_lines(numbered=True)
        if not lines:
            return False
        self._new_case(lines[0])
        return True

    def delete_blank(self) -> bool:
        lines = self.blank_lines(numbered=False)
        lines = [row for row in lines if row <= len(self.sheet.values())]
        if not lines:
            return False
        self.sheet.delete_rows(self.chance.choice(lines))
        return True

    def delete(self) -> bool:
        found = self._one()
        if found is None or found[1][MARK] in self.copied or len(self.gone) >= 3 or len(self.typed) < 5:
            return False
        row, cells = found
        self.gone.add(str(cells[MARK]))
        self.deleted_numbers |= self.shown[str(cells[MARK])]
        self.typed.pop(str(cells[MARK]))
        self.sheet.delete_rows(row)
        return True

    def sort(self) -> bool:
        key = self.chance.choice(("petitioner", "summary", "case_no", "department", MARK, "status"))
        self.sheet.sort(self.column(key), descending=self.chance.random() < 0.5)
        return True

    def move(self) -> bool:
        last = len(self.sheet.values())
        n = self.chance.choice((1, 1, 2))
        from_ = self.chance.randint(2, max(2, last - n))
        to = self.chance.randint(2, last)
        if from_ <= to <= from_ + n:
            return False
        self.sheet.move_rows(from_, n, to)
        return True

    def copy(self) -> bool:
        found = self._one()
        if found is None:
            return False
        self.sheet.insert_rows(found[0] + 1)
        self.sheet.copy_row(found[0], found[0] + 1)
        self.copied.add(str(found[1][MARK]))
        return True

    def uncopy(self) -> bool:
        rows = self.copies()
        if rows:
            self.deleted_numbers.add(
                str(dict(self.rows())[rows[0]]["case_no"])
            )  # a copy without a number may have got its own
            self.sheet.delete_rows(rows[0])
        return bool(rows)

    def copies(self) -> list[int]:
        """Rows whose mark an earlier row has, too."""
        seen: set[str] = set()
        found = []
        for row, cells in self.cases():
            if str(cells[MARK]) in seen:
                found.append(row)
            seen.add(str(cells[MARK]))
        return found

    def _one(self) -> tuple[int, Line] | None:
        """A line with a case that has no copy at the moment."""
        marks = Counter(str(cells[MARK]) for _, cells in self.cases())
        alone = [one for one in self.cases() if marks[str(one[1][MARK])] == 1]
        return self.chance.choice(alone) if alone else None

    def _anywhere(self) -> int:
        return self.chance.randint(2, max(2, len(self.sheet.values())))

    def _new_case(self, row: int) -> None:
        mark = f"m{len(self.typed) + len(self.gone)}-{self.chance.randrange(10**6)}"
        self.typed[mark] = {}
        cells = line(
            "",
            petitioner=f"访客{mark}",
            summary=f"新事由{mark}",
            contact=f"1390000{self.chance.randrange(10**4):04d}",
        )
        for key, value in {**cells, MARK: mark, "case_no": ""}.items():
            if value != "":
                self.sheet.type(row, self.column(key), value)
                if key != MARK:
                    self.typed[mark][key] = value

    def _type(self, found: tuple[int, Line], key: str, value: str) -> bool:
        row, cells = found
        if cells[key] == value:
            return False  # nobody types what is there already
        self.sheet.type(row, self.column(key), value)
        self.typed[str(cells[MARK])][key] = value
        return True

    # --- what is looked at --------------------------------------------------------------------------------------

    def look(self, _: int, call: Any) -> None:
        """Record the summaries at the moment of the commit, which is the batch after the rows were looked up."""
        if any("_" not in one and ":" in one for one in call.query.get("ranges", ())) and not call.path.endswith(
            "batchGet"
        ):
            self.commits_next = True
        elif self.commits_next and call.path.endswith(":batchUpdate") and call.status == OK:
            self.commits_next = False
            self.at_commit = {str(cells["case_no"]): str(cells["summary"]) for _, cells in self.rows()}

    def run(self, moment: str) -> Result | None:
        """Do a run while people are at work; None if it gave way to them."""
        for _, cells in self.cases():
            if cells["case_no"]:
                self.numbers.setdefault(str(cells[MARK]), str(cells["case_no"]))
        server, renames = homes.server(), self.acts["rename"] - bool(self.renamed)
        server.between, server.after = self.may_act, self.look
        try:
            result = office.at(self.path, moment, job=JOBS["run"])
        except Busy:
            self.runs["gave way"] += 1
            return None
        except LedgerError:
            if self.acts["rename"] == renames:
                raise
            self.runs["stopped at a renamed tab"] += 1
            return None
        finally:
            server.between = server.after = None
            if self.chance.random() < NOTICED:
                self.name_back()
        self.runs["left out a case" if result.undone else "whole"] += 1
        for mail in result.mails:
            if mail.kind in SHOWS_THE_SUMMARY:
                self.said += [(case, self.at_commit.get(case, ""), mail.rendered.text) for case in mail.cases]
        return result


@cache
def _tabs(folder: Path) -> homes.Tabs:
    """The tabs of a ledger of eight cases, two of them due for filing."""
    cases = [
        line(
            f"LV-{i:05d}",
            petitioner=f"访客{i}",
            summary=f"事由{i}",
            contact=f"138000000{i:02d}",
            **({**CLOSING, "handler": "王芳"} if i in (2, 5) else office.HANDLED if i % 3 else {}),
        )
        for i in range(1, 9)
    ]
    with homes.at_home("xlsx", folder):
        path = office.ledger_at(folder, cases, blank_rows="3", archive_after_days="1", storm_at="500")
    return homes.tabs_of(path)


def opened(folder: Path, seed: int, likely: float = 0.35) -> Office:
    """The ledger in a Google Sheet; for every other seed one in which jobs have run before."""
    path = folder / str(seed) / "ledger.xlsx"  # in a folder of its own, so that its mails are, too
    homes.settle_with(path, _tabs(folder))
    people = Office(path, random.Random(seed), likely)
    width = len(people.sheet.values()[0])
    people.sheet.insert_column(width + 1)
    people.sheet.type(1, width + 1, MARK)
    for row, cells in list(people.rows()):
        if cells["petitioner"]:
            mark = f"m{row}"
            people.sheet.type(row, width + 1, mark)
            people.typed[mark] = {key: cells[key] for key in REGISTER.staff_keys if cells.get(key)}
    if seed % 2:
        office.at(path, "2026-03-12T09:00", job=JOBS["validate"])
    return people
