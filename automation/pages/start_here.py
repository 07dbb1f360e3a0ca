"""What Start here says: ten lines, what is still to be filled in, the colours, the tabs.

Where on the page it goes is in `start_here_page.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from automation.ledger.problems import problem
from automation.ledger.public_holidays import provisional_mark
from automation.pages import colours
from automation.text.catalogue import Message, msg
from sheet_schema import LANGUAGES, REGISTER, SETTING, Language, Setting
from sheet_schema.settings import BOOKS_AFTER_YEARS, BREAKS_KNOWN_FOR, FILE_OLD_CASES, YEAR_BOOK
from sheet_schema.vocabulary import DayKind, InForce, Light, Role, Unit
from sheet_schema.word import Word

Cells = Callable[[str, str], str]
"""(tab key, column key) → the column's cells with the header, such as `'People'!$C$1:$C$500`."""
Title = Callable[[str], str]
"""Tab key → its title in this workbook."""

LEFT_NUMBER, LEFT_TEXT, RIGHT_MARK, RIGHT_TEXT = 2, 3, 5, 6
WIDTHS = {1: 2.5, LEFT_NUMBER: 15, LEFT_TEXT: 66, 4: 4, RIGHT_MARK: 15, RIGHT_TEXT: 50, 7: 2.5}
"""Columns: the number and text of a line at the left, the mark and text at the right, and how wide each is."""
FIRST = 5
"""The first row below the headings."""

PAGE_TITLE = msg("Letters and visits ledger")
SUBTITLE = msg("Type each matter into the next numbered line of the {register}. Everything grey is done for you.")
LINES_TITLE = msg("Ten lines for everyone who types here")
IN_A_SHEET = msg(
    "There is nothing to save. Share this spreadsheet with the office only: whoever can open it can read all of it."
)
"""What a spreadsheet on the web says where a file says CLOSE_IT."""
CLOSE_IT = msg("Save and close the workbook when you leave it. While it is open, nothing can be filled in for you.")
LINES = (
    msg("Each visit, letter or call goes into the next numbered line of the {register}. One line, one matter."),
    msg("The number stands there before you type: tell it to the visitor. Never copy or change a number."),
    msg("Six cells are enough: {channel}, {petitioner}, {contact}, {kind}, {topic}, {summary}."),
    msg("Choose from the list wherever there is one. For a date, Ctrl+; types today."),
    msg("Nobody has to give a name. Type Anonymous in {petitioner}; {contact} may then stay empty."),
    msg("{problems} says what is missing or wrong in a line and what to do. It empties itself once the line is right."),
    msg("An important visit or an emergency: telephone first, then tick {important}. The leaders are told at once."),
    msg("Sort, filter, insert and delete whole lines as you like, and add columns and tabs of your own."),
    CLOSE_IT,
    msg("Questions? Ask the administrator: whoever has that role on the tab {people}."),
)

COLOURS_TITLE = msg("What the colours mean")


class Sample(NamedTuple):
    """One line of the colour key: a sample cell, and what its colours mean."""

    shows: Message
    means: Message
    ink: str = colours.INK
    background: str = colours.WHITE
    bold: bool = False
    underline: str = ""


COLOURS = (
    Sample(
        msg("{channel}"),
        msg("White header: you type here"),
        bold=True,
        underline=REGISTER.colour,
    ),
    Sample(
        msg("{summary}"),
        msg("Blue words, thick line: every matter needs it"),
        ink=colours.ACCENT,
        bold=True,
        underline=colours.ACCENT,
    ),
    Sample(
        msg("{status}"),
        msg("Grey header: filled in for you"),
        ink=colours.QUIET,
        background=colours.HEADER_GREY,
        bold=True,
    ),
    Sample(
        msg("{late}"),
        msg("A deadline has passed"),
        ink=colours.RED_INK,
        background=colours.RED,
        bold=True,
    ),
    Sample(
        msg("{soon}"),
        msg("A deadline is near; or a cell still to fill in"),
        ink=colours.AMBER_INK,
        background=colours.AMBER,
        bold=True,
    ),
    Sample(
        msg("{on_time}"),
        msg("In time"),
        ink=colours.GREEN_INK,
        background=colours.GREEN,
        bold=True,
    ),
    Sample(
        msg("LV-00042"),
        msg("Pale number: a free line waits for you"),
        ink=colours.FAINT,
    ),
    Sample(
        msg("Closed"),
        msg("Grey line: the matter is closed"),
        ink=colours.QUIET,
        background=colours.CLOSED_GREY,
    ),
)

TABS_TITLE = msg("Where things are")
TAB_WORDS = {
    "register": msg("Every matter, one line each"),
    "dashboard": msg("The state of things at a glance"),
    "form": msg("Print the form of a matter: choose its number there"),
    "filing": msg("Closed matters, moved here by themselves"),
    "routing": msg("Which department gets what"),
    "departments": msg("Departments and their e-mail"),
    "people": msg("Who does what, who is away"),
    "topics": msg("What matters are about"),
    "deadlines": msg("How long each step may take, and by which rule"),
    "escalation": msg("Who is told when something is late"),
    "calendar": msg("Holidays and working Saturdays"),
    "duty": msg("Who is on duty when"),
    "settings": msg("Everything else that can be set"),
    "wording": msg("What the mails say, in your own words"),
    "words": msg("What your office writes for the words of a list"),
    "notices": msg("Every mail that went out (to be read only, like the tabs after it)"),
    "history": msg("Every cell that was filled in for you, and why"),
    "runs": msg("When the job ran"),
    "books": msg("Which years stand in a workbook of their own"),
    "report": msg("Figures for a period"),
}

TO_DO_TITLE = msg("Still to fill in")
DONE = "✓"


class ToDo(NamedTuple):
    """Something the office has to fill in: on which tab, and what to say before and after. `left` is a formula that
    gives 0 when it is done, otherwise how many are left, or ○ if there is no number."""

    tab: str
    left: str
    undone: Message
    done: Message
    told: str = ""
    """A formula that says the rest of `undone`, if it does not say it all."""
    may_tell: tuple[Message, ...] = ()
    """What that may be, at its longest."""
    later: bool = False
    """Whether it came with a later version, so that the page of a ledger may lack it."""

    @property
    def mark(self) -> str:
        """The formula of its mark: ✓ or what is left, also where a cell it counts in holds an error."""
        return f'IFERROR(IF({self.left}=0,"{DONE}",{self.left}),"○")'


def to_dos(cells: Cells) -> Iterator[ToDo]:
    """In the order in which a new office would do them."""
    department, department_mail = cells("departments", "name"), cells("departments", "email")
    person, person_mail = cells("people", "name"), cells("people", "email")
    yield ToDo(
        "departments",
        f'IF(COUNTA({department})<2,"○",SUMPRODUCT(({department}<>"")*({department_mail}="")))',
        msg("Departments still without an e-mail address"),
        msg("Every department has an e-mail address"),
    )
    yield ToDo(
        "people",
        f'IF(COUNTA({person})<2,"○",0)',
        msg("Enter the people of the office and the heads of department"),
        msg("People are entered"),
    )
    yield ToDo(
        "people",
        f'IF(COUNTA({person})<2,"○",SUMPRODUCT(({person}<>"")*({person_mail}="")))',
        msg("People still without an e-mail address"),
        msg("Everyone has an e-mail address"),
    )
    for role, undone, done in (
        (
            Role.LEADER,
            msg("Say who is the senior leader"),
            msg("The senior leader is named"),
        ),
        (Role.PRINCIPAL, msg("Say who is headteacher"), msg("The headteacher is named")),
        (
            Role.ADMINISTRATOR,
            msg("Say who is administrator"),
            msg("The administrator is named"),
        ),
    ):
        roles = cells("people", "role")
        held = "+".join(f'COUNTIF({roles},"*{label}*")' for label in role.labels())
        yield ToDo("people", f'IF({held}>0,0,"○")', undone, done)
    names, values = cells("settings", "name"), cells("settings", "value")
    school = SETTING["school_name"]
    called = "+".join(f'({names}="{name}")' for name in (*school.labels(), school.key))
    known = f'SUMPRODUCT((({called})>0)*({values}<>""))'
    yield ToDo(
        "settings",
        f'IF({known}>0,0,"○")',
        msg("Give the name of the school"),
        msg("The school's name is given"),
    )
    yield ToDo(
        "settings",
        _is_said_beside(cells, SETTING[FILE_OLD_CASES]),
        msg("Say whether old closed cases may be filed"),
        msg("No old closed case waits for your word to be filed"),
        later=True,
    )
    days = cells("calendar", "date")
    this_year = f'COUNTIF({days},">="&DATE(YEAR(TODAY()),1,1))-COUNTIF({days},">"&DATE(YEAR(TODAY()),12,31))'
    yield ToDo(
        "calendar",
        f'IF(({this_year}>0)*({_provisional_this_year(days, cells("calendar", "name"))}=0),0,"○")',
        msg("Enter this year's public holidays"),
        msg("This year's public holidays are entered"),
    )
    yield _breaks(cells)
    yield _year_books(cells)  # the longest: beside it stands no line of what everyone should know


def _called(setting: Setting) -> tuple[str, ...]:
    """What a setting may be called in the tab: its label in any language, or its key."""
    return tuple(dict.fromkeys((*setting.labels(), setting.key)))


def _is_said_beside(cells: Cells, *settings: Setting) -> str:
    """A formula that gives ○ if something is said beside one of these settings, otherwise 0."""
    names, problems = cells("settings", "name"), cells("settings", "problems")
    which = "+".join(f'({names}="{name}")' for one in settings for name in _called(one))
    return f'IF(SUMPRODUCT((({which})>0)*({problems}<>""))>0,"○",0)'


def _provisional_this_year(days: str, names: str) -> str:
    """How many rows of this year still bear the mark of days off that are not official yet."""
    marked = "+".join(f'ISNUMBER(SEARCH("{provisional_mark(language).strip()}",{names}))' for language in LANGUAGES)
    year = f"({days}>=DATE(YEAR(TODAY()),1,1))*({days}<=DATE(YEAR(TODAY()),12,31))"
    return f"SUMPRODUCT({year}*(({marked})>0))"


def _year_books(cells: Cells) -> ToDo:
    """What stands beside the settings about year books: which year is to move and where, or could not, or has moved."""
    names, problems = cells("settings", "name"), cells("settings", "problems")
    settings = after, _ = SETTING[BOOKS_AFTER_YEARS], SETTING[YEAR_BOOK]
    beside = [f'INDEX({problems},MATCH("{name}",{names},0))' for one in settings for name in _called(one)]
    told = "&".join(f'IFERROR({one}&"","")' for one in beside)
    return ToDo(
        "settings",
        _is_said_beside(cells, *settings),
        msg("Year books: "),
        msg("No year is about to move to a book of its own"),
        told=told,
        may_tell=problem(
            "year_ahead", year="2024", count=1000, value="ledger 2024.xlsx", day="2026-01-15", setting=after
        ),
        later=True,
    )


def _breaks(cells: Cells) -> ToDo:
    """School breaks for the weeks to come, if a row counts in school days. A day typed as text does not count here."""
    enabled, unit, after = cells("deadlines", "enabled"), cells("deadlines", "unit"), cells("escalation", "unit")
    counts = "+".join(
        f"SUMPRODUCT({_is(units, Unit.SCHOOLDAY)}*(1-{_off(states)}))"
        for units, states in ((unit, enabled), (after, cells("escalation", "enabled")))
    )
    kind, ahead = cells("calendar", "kind"), f"TODAY()+{BREAKS_KNOWN_FOR}"
    late = "+".join(
        f"ISNUMBER({days})*({days}>={ahead})" for days in (cells("calendar", "date"), cells("calendar", "until"))
    )
    known = f"SUMPRODUCT({_is(kind, DayKind.CLOSED)}*(({late})>0)*(1-{_off(cells('calendar', 'enabled'))}))"
    return ToDo(
        "calendar",
        f'IF({counts}=0,0,IF({known}>0,0,"○"))',
        msg("Enter the next school breaks: time limits count in school days"),
        msg("School breaks are entered where time limits count in school days"),
        later=True,
    )


def _off(enabled: str) -> str:
    """Whether each of these rows is switched off, or only tried."""
    return f"(({_is(enabled, InForce.NO)}+{_is(enabled, InForce.TRY)})>0)"


def _is(cells: str, word: Word) -> str:
    """Whether each of these cells holds the word, in any language or as its key."""
    return "((" + "+".join(f'({cells}="{text}")' for text in dict.fromkeys((*word.labels(), word.key))) + ")>0)"


def names_on(title: Title, language: Language) -> Mapping[str, str]:
    """The names that the words mention: the Register's columns and two tabs, for `in_words`."""
    names = {column.key: column.label(language) for column in REGISTER}
    names |= {light.key: light.label(language) for light in Light}
    return names | {"register": title("register"), "people": title("people")}


def in_words(words: Message, names: Mapping[str, str], language: Language) -> str:
    """The sentence in one language, with these names filled in."""
    return words.say(language, **names)
