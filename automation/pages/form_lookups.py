"""The hidden formulas behind the Form tab: they find the chosen case's line and each column, and read its cells.

The formulas look in the Register, then in Filing, and find each column by its header, so that columns may be moved.
They point at whole columns and the header row, never at a line: so they hold no line in place, and none breaks when a
line is filed. Every spreadsheet program has had these functions for decades.
"""

from __future__ import annotations

from automation.ledger.cell_names import column_letters, quoted_title
from automation.pages.start_here import Title
from sheet_schema import FILING, REGISTER, SETTING, SETTINGS, Column, Language
from sheet_schema.form import FIELDS, TWELFTHS

HELP = TWELFTHS + 3
"""The first hidden column, behind the form and its right margin."""
VALUE, ROOM, LAST_HELP = HELP + 2, HELP + 3, HELP + 4
IN_REGISTER, IN_FILING, TIMES, CASE_NO = (1, HELP), (1, HELP + 1), (1, VALUE), 3
"""Hidden cells for the case's line in each tab (0 if not there) and how many lines of the Register have the number, and
the hidden row that locates the numbers."""


class FormLookups:
    """`cells` are the hidden formulas by row and column; `raw` says by key in which cell the case's value stands.

    `number_cell` is the cell in which people choose the number, `title` gives each tab's title in this workbook.
    """

    def __init__(self, language: Language, title: Title, number_cell: str) -> None:
        self.language = language
        self.register, self.filing, self.settings = (
            quoted_title(title(tab.key)) for tab in (REGISTER, FILING, SETTINGS)
        )
        self.cells: dict[tuple[int, int], str] = {}
        self.raw: dict[str, str] = {}
        self.row_of: dict[str, int] = {}
        self._look_up(number_cell)

    def numbers(self) -> str:
        """The Register's numbers, as a formula without `=`."""
        across = f"{cell(CASE_NO, HELP)}-COLUMN({self.register}!$A$1)"
        count = f"MAX(1,COUNTA({_column(self.register, cell(CASE_NO, HELP))})-1)"
        return f"OFFSET({self.register}!$A$1,1,{across},{count},1)"

    def room(self, raw: str, narrow: int, wide: int) -> str:
        """Add a hidden formula for how many characters of a text its box holds: fewer if Chinese ones are among them.
        `raw` is the cell with the text; returns the formula's cell."""
        row = self.row_of[raw]
        begins = f"LEFT({raw},{2 * narrow})"
        self.cells[row, ROOM] = f"=IF(LENB({begins})>LEN({begins}),{wide},{narrow})" if wide < narrow else f"={narrow}"
        return cell(row, ROOM)

    def two_lines(self, raw: str, narrow: int, wide: int) -> str:
        """Add a hidden formula for how many characters fit into two lines: the first ends after its last space, the
        second holds as many as `room` says, whatever its words."""
        line = self.room(raw, narrow, wide)
        row = self.row_of[raw]
        begins = f'SUBSTITUTE(LEFT({raw},{line}+1),CHAR(10)," ")'
        spaces = f'LEN({begins})-LEN(SUBSTITUTE({begins}," ",""))'
        self.cells[row, LAST_HELP] = f'={line}+IFERROR(FIND("|",SUBSTITUTE({begins}," ","|",{spaces})),{line})'
        return cell(row, LAST_HELP)

    def _look_up(self, number_cell: str) -> None:
        """Add the hidden formulas that find the case's line and each column, and read the cells."""
        number = f"TRIM({number_cell})"
        for place, tab, column in ((IN_REGISTER, self.register, HELP), (IN_FILING, self.filing, HELP + 1)):
            among = _column(tab, cell(CASE_NO, column))
            self.cells[place] = f'=IF({number}="",0,IFERROR(MATCH({number},{among},0),0))'
        numbers = _column(self.register, cell(CASE_NO, HELP))
        self.cells[TIMES] = f"=IF({cell(*IN_REGISTER)}=0,0,COUNTIF({numbers},{number}))"
        row = CASE_NO
        for key in ("case_no", *(field.key for field in FIELDS), "archive_no"):
            self.raw[key] = self._looked_up(FILING[key], row)
            self.row_of[self.raw[key]] = row
            row += 1
        self.raw["school_name"] = self._setting("school_name", row)

    def _looked_up(self, column: Column, row: int) -> str:
        """Add the hidden formulas for a column; returns the cell with the case's value, which is 0 for a blank."""
        for tab, at in ((self.register, HELP), (self.filing, HELP + 1)):
            self.cells[row, at] = "=" + self._header(tab, column)
        found = [
            f"OFFSET({tab}!$A$1,{cell(*line)}-ROW({tab}!$A$1),{cell(row, at)}-COLUMN({tab}!$A$1))"
            for tab, line, at in ((self.register, IN_REGISTER, HELP), (self.filing, IN_FILING, HELP + 1))
        ]
        self.cells[row, VALUE] = (
            f'=IFERROR(IF({cell(*IN_REGISTER)}>0,{found[0]},IF({cell(*IN_FILING)}>0,{found[1]},"")),"")'
        )
        return cell(row, VALUE)

    def _header(self, tab: str, column: Column) -> str:
        """A formula for a column's position by its label in either language or its key; 0 if it is missing."""
        found = "0"
        for label in reversed(column.spellings(self.language)):
            found = f"IFERROR(MATCH({quoted(label)},{tab}!$1:$1,0),{found})"
        return found

    def _setting(self, key: str, row: int) -> str:
        for at, column in enumerate((SETTINGS["name"], SETTINGS["value"]), start=HELP):
            self.cells[row, at] = "=" + self._header(self.settings, column)
        names, values = (_column(self.settings, cell(row, at)) for at in (HELP, HELP + 1))
        found = '""'
        for name in reversed(SETTING[key].spellings(self.language)):
            found = f"IFERROR(INDEX({values},MATCH({quoted(name)},{names},0)),{found})"
        self.cells[row, VALUE] = "=" + found
        return cell(row, VALUE)


def _column(tab: str, place: str) -> str:
    """A formula for the whole column of a tab whose position, from 1, is in the cell `place`."""
    return f"OFFSET({tab}!$A:$A,0,{place}-COLUMN({tab}!$A$1))"


def cell(row: int, column: int) -> str:
    return f"${column_letters(column)}${row}"


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
