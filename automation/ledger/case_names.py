"""The names of people and departments in the rows of cases, as they stand in People and Departments.

Only what the program works with is changed: the cells stay as typed, and a row's fingerprint and its seal are made from
the cells.
"""

from __future__ import annotations

import numpy as np

from automation.ledger.department_cells import departments_in
from automation.ledger.directory import Directory
from automation.ledger.notices import hands_in, holder_of
from automation.ledger.table import Array, Table
from sheet_schema import Column


def with_listed_names(table: Table, directory: Directory) -> Table:
    """The Register or Filing with each name that is plain as in its list; others stay as typed."""
    columns = {
        column.key: _listed(table[column.key], column, directory) for column in table.tab if column.names_somebody
    }
    return table.having(**columns)


def _listed(values: Array, column: Column, directory: Directory) -> Array:
    as_listed = {text: listed_name(text, column, directory) for text in set(values.tolist()) if text}
    if all(text == name for text, name in as_listed.items()):
        return values
    as_listed[""] = ""
    names = np.empty(len(values), dtype=object)
    names[:] = [as_listed[text] for text in values.tolist()]
    return names


def listed_name(text: str, column: Column, directory: Directory) -> str:
    """The name in the list of this column, of several departments the one that leads; the text itself where it fits nobody."""
    if column.source == "departments":
        return departments_in(text, directory.department)[0].name
    return directory.person(text) or text


def listed_holder(holder: str, directory: Directory) -> str:
    """Who was given a case, as Notices has it, with the names of today: people are renamed."""
    department, handler = hands_in(holder)
    return holder_of(directory.department(department) or department, directory.person(handler) or handler)
