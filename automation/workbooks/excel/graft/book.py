"""The part of a file that lists its tabs and names, with fresh ones among them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from xml.sax.saxutils import quoteattr

from automation.workbooks.excel.graft.filters import widen_filter_name
from automation.workbooks.excel.xml.children import WORKBOOK, Children, items_of, own_attribute, with_own_attribute

_FILTER = "_xlnm._FilterDatabase"
_SCOPE = re.compile(rb"""\slocalSheetId\s*=\s*["'](\d+)["']""")

Named = tuple[str, int | None, bytes]
"""A name, the position of the tab to which it belongs if it belongs to one, and its element."""


class Book:
    """The tabs and names of a file, `xml` being its workbook part. `relation_types` is the namespace of relations."""

    def __init__(self, xml: bytes, relation_types: str = "") -> None:
        self._book = Children(xml, WORKBOOK)
        self._relation_types = relation_types
        self._tabs = items_of(self._book.get("sheets"))
        self._before = list(self._tabs)

    @property
    def titles(self) -> list[str]:
        """The titles of all tabs in their order, also of those that are no tables."""
        return [own_attribute(tab, "name") or "" for tab in self._tabs]

    @property
    def is_locked(self) -> bool:
        """Whether no tab may be added."""
        protection = self._book.get("workbookProtection")
        return protection is not None and own_attribute(protection, "lockStructure") in ("1", "true")

    def names(self) -> Iterator[Named]:
        """Every name, in the file's order."""
        for one in items_of(self._book.get("definedNames")):
            scope = own_attribute(one, "localSheetId")
            yield own_attribute(one, "name") or "", None if scope is None else int(scope), one

    def insert(self, title: str, behind: str | None, id_: str, state: str | None) -> None:
        """List a tab behind another one, or as the first. `id_` is the relation to its part."""
        number = max(int(own_attribute(tab, "sheetId") or 0) for tab in self._tabs) + 1
        hidden = f' state="{state}"' if state not in (None, "visible") else ""
        tag = (
            f'<sheet xmlns:r="{self._relation_types}" name={quoteattr(title)} sheetId="{number}"{hidden} r:id="{id_}"/>'
        )
        self._tabs.insert(0 if behind is None else self.titles.index(behind) + 1, tag.encode())

    def state_of(self, title: str) -> str | None:
        return own_attribute(self._tabs[self.titles.index(title)], "state")

    def settle(self) -> None:
        """Have everything that counts tabs count the inserted ones as well."""
        if self._tabs == self._before:
            return
        places = {old: self._tabs.index(tab) for old, tab in enumerate(self._before)}
        sheets = self._book.get("sheets") or b""
        self._book.put("sheets", sheets[: sheets.index(b">") + 1] + b"".join(self._tabs) + b"</sheets>")
        self._book.put("bookViews", _views(self._book.get("bookViews"), places))
        for name in ("definedNames", "extLst"):
            if part := self._book.get(name):
                self._book.put(name, _SCOPE.sub(lambda found: b' localSheetId="%d"' % places[int(found[1])], part))

    def name(self, fresh: Collection[Named]) -> None:
        """Put these names in, each in place of one of the same name and scope."""
        taken = {(name.lower(), scope) for name, scope, _ in fresh}
        kept = [one for name, scope, one in self.names() if (name.lower(), scope) not in taken]
        if fresh:
            self._book.put("definedNames", None)
            self._book.add_items("definedNames", [*kept, *(_of_tab(scope, one) for _, scope, one in fresh)])

    def widen_filter(self, title: str, columns: Sequence[int]) -> None:
        """Have the name of a tab's filter reach over fresh columns, as the filter does."""
        mine = [named for named in self.names() if named[:2] == (_FILTER, self.titles.index(title))]
        self.name([(name, scope, widen_filter_name(one, columns)) for name, scope, one in mine])

    def xml(self) -> bytes:
        return self._book.xml()


def _of_tab(at: int | None, name: bytes) -> bytes:
    return with_own_attribute(name, "localSheetId", None if at is None else str(at))


def _views(views: bytes | None, places: Mapping[int, int]) -> bytes | None:
    """The windows with the same tabs in front as before."""
    if views is None:
        return None if places[0] == 0 else b'<bookViews><workbookView activeTab="%d"/></bookViews>' % places[0]
    for view in items_of(views):
        new = view
        for key in ("activeTab", "firstSheet"):
            old = int(own_attribute(view, key) or 0)
            if places.get(old, old) != old and (old or key == "activeTab"):  # what shows the first tab goes on doing so
                new = with_own_attribute(new, key, str(places[old]))
        views = views.replace(view, new, 1)
    return views
