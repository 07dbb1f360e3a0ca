"""Moves rows of one tab to the end of another inside the file's XML.

Cells, looks, heights, links and notes go along, the rows below move up, and whatever pointed at them still does
(`reference_table`). What cannot go along is found beforehand (`bound`), so that its row stays and can say so.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from automation.ledger.workbook import RowMove, RowsOut
from automation.pages.page import reference
from automation.workbooks.excel.xml import comments as comment_parts
from automation.workbooks.excel.xml import threads as comment_threads
from automation.workbooks.excel.xml.hyperlinks import Links, relationships_of
from automation.workbooks.excel.xml.package import Package, relations_of
from automation.workbooks.excel.xml.references import Gone
from automation.workbooks.excel.xml.referring import Parts, Referring
from automation.workbooks.excel.xml.shared_formulas import written_out
from automation.workbooks.excel.xml.worksheet import Worksheet
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8, with_attribute

THREADS = comment_threads.KIND
_BOXES = re.compile(rb"""<legacyDrawing\s[^<>]*?\w+:id\s*=\s*["']([^"']*)["']""")


def bound(package: Package, move: RowMove, headed: Collection[int]) -> dict[int, str]:
    """The rows of a move that cannot go whole, each with the key of what holds it, such as `merged`.

    Only what stands in a column that is `headed` has a place there for certain.
    """
    found = Referring(package, {}, move.source, Gone(move.rows)).held()
    home, away = package.sheets[move.source], package.sheets[move.target]
    related = package.related(home)
    notes = comment_parts.places(package.part(related["comments"])) if "comments" in related else set()
    threads = comment_threads.places(package.part(related[THREADS])) if THREADS in related else set()
    room = "comments" in package.related(away) and boxes_of(package, away) and boxes_of(package, home)
    stuck = {place for place in notes if not (room and place[1] in headed)} | (threads - notes)
    found.update(dict.fromkeys({row for row, _ in stuck} & set(move.rows), "note"))
    return found


def moved(package: Package, changed: Parts, move: RowMove) -> None:
    """Make the move on the parts of the file. `changed` holds those already changed, and gets the new ones."""
    moving = _Moving(package, changed, move)
    moving.add_notes()
    moving.add_threads()
    moving.add_links()
    Referring(package, changed, move.source, moving.gone).renumber()
    moving.let_go_of_links()
    moving.carry_cells()


def taken_out(package: Package, changed: Parts, out: RowsOut) -> None:
    """Take rows out of a tab, with their looks, links and notes; the rows below move up, and whatever pointed at them still
    does. `changed` is as in `moved`."""
    if not out.rows:
        return
    gone, home = Gone(out.rows), package.sheets[out.title]

    def plain(name: str) -> bytes:
        return as_plain_utf8(changed.get(name) or package.part(name))

    Referring(package, changed, out.title, gone).renumber()
    source = Worksheet(written_out(plain(home), lambda _: True))
    head, tail = source.around
    ours = Links(tail, changed.get(relations_of(home)) or package.relations(home))
    if (relations := ours.without_strays(head + tail)) != ours.relations:
        changed[relations_of(home)] = relations
    source.close_up(gone)
    changed[home] = source.xml()


def boxes_of(package: Package, part: str) -> str | None:
    """The part with the boxes of a tab's notes; not that of pictures in its header, which is of the same kind."""
    found = _BOXES.search(as_plain_utf8(package.part(part)))
    return package.targets(part).get(found[1].decode()) if found else None


class _Moving:
    """A move and the file it is made in. `home` and `away` are the parts of its two tabs, `places` maps old rows to
    new."""

    def __init__(self, package: Package, changed: Parts, move: RowMove) -> None:
        self.package, self.changed, self.move = package, changed, move
        self.gone = Gone(move.rows)
        self.home, self.away = package.sheets[move.source], package.sheets[move.target]
        self.places = dict(zip(move.rows, move.to, strict=True))
        self._ours = self._links(self.home)
        self._links_that_go = self._ours.of_rows(self.places, move.columns, move.source)

    def add_links(self) -> None:
        if self._links_that_go:
            target, theirs = Worksheet(self._plain(self.away)), self._links(self.away)
            theirs.add(self._links_that_go, relationships_of(target.around[0]))
            target.set_around(target.around[0], theirs.tail)
            self.changed[self.away], self.changed[relations_of(self.away)] = target.xml(), theirs.relations

    def let_go_of_links(self) -> None:
        """Take out the addresses to which no link of the tab leads any more."""
        ours = self._links(self.home)
        head, tail = Worksheet(self._plain(self.home)).around
        relations = ours.without_unused(self._links_that_go, head + tail)
        if relations != ours.relations:
            self.changed[relations_of(self.home)] = relations

    def add_notes(self) -> None:
        ours, theirs = self.package.related(self.home).get("comments"), self.package.related(self.away).get("comments")
        if ours is None or theirs is None:
            return
        notes = comment_parts.notes_of(self._part(ours), self.places, self.move.columns)
        if not notes:
            return
        self.changed[theirs] = comment_parts.with_notes(self._part(theirs), notes)
        ours, theirs = boxes_of(self.package, self.home), boxes_of(self.package, self.away)
        if ours and theirs:
            boxes = comment_parts.boxes_of(self._part(ours), self.places, self.move.columns)
            self.changed[theirs] = comment_parts.with_boxes(self._part(theirs), boxes)

    def add_threads(self) -> None:
        ours = self.package.related(self.home).get(THREADS)
        found = comment_threads.threads_of(self._part(ours), self.places, self.move.columns) if ours else []
        if found:
            comment_threads.add_threads(self.package, self.changed, self.away, found)

    def carry_cells(self) -> None:
        """Copy the cells to their new places, otherwise unchanged, and close up the rows below."""
        source = Worksheet(written_out(self._plain(self.home), lambda _: True))
        target, move = Worksheet(self._plain(self.away)), self.move
        taken = {row: source.taken(row) for row in move.rows}
        cells = {
            to: {move.columns[column]: element for column, element in taken[row][1].items() if column in move.columns}
            for row, to in self.places.items()
        }
        target.write(cells, _as_it_was, lambda _: False)  # type: ignore[arg-type]  # XML elements, not values
        for row, to in self.places.items():
            target.as_tall_as(to, taken[row][0])
        source.close_up(self.gone)
        self.changed[self.home], self.changed[self.away] = source.xml(), target.xml()

    def _part(self, name: str) -> bytes:
        """A part as it is by now."""
        return self.changed.get(name) or self.package.part(name)

    def _plain(self, name: str) -> bytes:
        return as_plain_utf8(self._part(name))

    def _links(self, part: str) -> Links:
        relations = self.changed.get(relations_of(part)) or self.package.relations(part)
        return Links(Worksheet(self._plain(part)).around[1], relations)


def _as_it_was(row: int, column: int, _: int, element: object) -> bytes:
    assert isinstance(element, bytes)
    opening = element[: element.index(b">") + 1]
    return with_attribute(opening, "r", reference(row, column)) + element[len(opening) :]
