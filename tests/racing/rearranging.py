"""What people do to whole columns and tabs while jobs run."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from tests.support import workbook_homes as homes


class Rearranging:
    """People who put columns in and out, move them, and rename tabs. `renamed` is a tab with another name for the moment."""

    path: Path
    chance: random.Random
    renamed: str

    def column_in(self) -> bool:
        """Put in a column without a heading."""
        tab = self._some_tab()
        tab.insert_column(self.chance.randint(1, len(tab.values()[0])))
        return True

    def column_out(self) -> bool:
        """Take out a column without a heading, as the one who put it in sees that nobody needs it."""
        tab = self._some_tab()
        headers = tab.values()[0]
        blank = [at for at, header in enumerate(headers, start=1) if header == ""]
        if blank:
            tab.delete_column(self.chance.choice(blank))
        return bool(blank)

    def move_column(self) -> bool:
        tab = self._some_tab()
        width = len(tab.values()[0])
        from_, to = self.chance.randint(1, width), self.chance.randint(1, width)
        if to in (from_, from_ + 1):
            return False
        tab.move_column(from_, to)
        return True

    def rename(self) -> bool:
        """Give a tab another name, or its old one back."""
        if self.renamed:
            self.name_back()
            return True
        self.renamed = self.chance.choice(("通知", "变更", "索引", "人员", "_journal"))
        try:
            self._tab(self.renamed).rename(f"{self.renamed}（旧）")
        except KeyError:  # no run has made it yet
            self.renamed = ""
        return bool(self.renamed)

    def name_back(self) -> None:
        """Notice the name that a tab should have."""
        if self.renamed and f"{self.renamed}（旧）" in homes.server().spreadsheets[homes.address(self.path)].titles():
            self._tab(f"{self.renamed}（旧）").rename(self.renamed)
        self.renamed = ""

    def _tab(self, title: str) -> Any:
        return homes.server().spreadsheets[homes.address(self.path)].sheet(title)

    def _some_tab(self) -> Any:
        return self._tab(self.chance.choice(("登记", "登记", "登记", "归档")))
