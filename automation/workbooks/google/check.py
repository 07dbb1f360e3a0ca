"""What `check` says about a Google Sheet: whether the account may write, protection, size, time zone and lock.

It changes nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from automation.ledger.errors import LedgerError
from automation.ledger.titles_and_headers import columns_of, titles_found
from automation.ledger.workbook import Grid, Snapshot
from automation.text.catalogue import Message, Sentences, in_a_row, msg
from automation.text.percentages import percent
from automation.workbooks.google.check_cells import unusual_cells
from automation.workbooks.google.check_facts import Book, Guard, Tab
from automation.workbooks.google.client import Ambiguous, Transport
from automation.workbooks.google.lock import LOCK_TAB, Lease, clock_from, not_ours
from automation.workbooks.google.probe.scratch import TABS as SCRATCH
from automation.workbooks.google.reading import UNDO_LOG_TAB
from automation.workbooks.google.refusals import MOST_CELLS, busy
from automation.workbooks.laid_out import Found, Viewpoint
from sheet_schema import FILING, REGISTER, SETTINGS, TAB, TABS, Language, Place

FULL = 0.8
"""The share of Google's cells that may be used before `check` mentions it."""
MOST_RULES = 200
"""Colour rules on one tab before `check` mentions them; a new Filing has fewer than ten."""
_TEXTS: Mapping[str, Message] = {
    "may": msg("Google: {account} reads and writes “{title}”."),
    "nobody": msg("the program's account"),
    "size": msg("Size: {cells:,} of Google's {most:,} cells ({share}%); rows free below the last line: {free}."),
    "free": msg("{tab} {rows:,}"),
    "calls": msg(
        "Requests: this check made {calls}; a run makes 2 when nothing is to do, else 6 and one for each ten mails. Google allows 60 reads and 60 writes a minute for an account and 300 of each for a project; how many of them are left, it does not tell."
    ),
    "working": msg("A run is at work at the moment (until {until} UTC at the latest)."),
    "full": msg(
        "{share}% of Google's {most:,} cells are used: delete empty rows and columns at the end of large tabs, or `copy --move` to a new spreadsheet, before nothing more can be written."
    ),
    "zone": msg(
        "The spreadsheet's time zone is {theirs}, that of Settings {ours}: Ctrl+; and TODAY() go by the spreadsheet's. Choose the same one in File, Settings, Time zone."
    ),
    "shut": msg(
        "{tab}: cells that the program writes are protected against it ({what}): in Data, Protect sheets and ranges, add {account}, or take that protection off."
    ),
    "unnamed": msg("without a description"),
    "open": msg(
        "Anybody who can edit the spreadsheet can type into the job's own tabs {tabs}: protect each in Data, Protect sheets and ranges, with only {account} among those who may edit."
    ),
    "rules": msg(
        "{tab} has {n} colour rules, which makes it slow: delete the doubled ones in Format, Conditional formatting."
    ),
    "journal": msg(
        "The hidden tab {tab} has {n} colour rules, which makes every run slow: delete that tab while no run is at work; the next run makes it anew."
    ),
    "stale": msg(
        "A run that stopped in the middle left its lock, which ended at {until} UTC: the next run takes over and puts right what is half done. If it comes again, look into Runs."
    ),
    "scratch": msg(
        "A `check --probe` that was cut off left the hidden tabs {tabs}: the next `check --probe` takes them away."
    ),
}


def look_over(transport: Transport, key: str, snapshot: Snapshot, viewpoint: Viewpoint) -> Found:
    """Look the spreadsheet over, in three calls (four if there is a lock). Raises LedgerError when it cannot be read."""
    language, zone, now = viewpoint.language, viewpoint.zone, viewpoint.now
    texts = Sentences(_TEXTS, language)
    book = transport.book(key)
    account = transport.account or texts["nobody"]
    ours = titles_found(book.tabs, language)
    refused = _may_not_write(transport, key, book)
    busy_fact, busy_finding = _lock(transport, key, book, language, now)
    findings = [
        *([refused.say(language)] if refused else []),
        *([] if refused else _shut_out(book, ours, snapshot, account, language)),
        *_unguarded(book, ours, account, language),
        *_size(book, language),
        *_zones(book, zone, now, language),
        *_rules(book, ours, language),
        *unusual_cells(transport, key, _only(book, ours), _cases(ours, snapshot), language),
        *busy_finding,
        *_left_over(book, language),
    ]
    facts = [
        *([] if refused else [texts.say("may", account=account, title=book.title)]),
        texts.say(
            "size",
            cells=book.cells,
            most=MOST_CELLS,
            share=percent(book.cells, MOST_CELLS),
            free=_free(book, ours, snapshot, language),
        ),
        texts.say("calls", calls=transport.calls),
        *busy_fact,
    ]
    return Found(tuple(facts), tuple(findings))


def _may_not_write(transport: Transport, key: str, book: Book) -> LedgerError | None:
    """Why the account cannot write, or None if it can.

    It asks Google to replace a random text in one cell, which needs the right to edit and changes nothing.
    """
    tab = min(book.tabs.values(), key=lambda one: len(one.guards))
    nowhere = secrets.token_hex(16)
    cell = {
        "sheetId": tab.sheet_id,
        "startRowIndex": 0,
        "endRowIndex": 1,
        "startColumnIndex": 0,
        "endColumnIndex": 1,
    }
    try:
        transport.write(key, [{"findReplace": {"find": nowhere, "replacement": nowhere, "range": cell}}])
    except Ambiguous:
        return busy()
    except LedgerError as error:
        return error
    return None


def _shut_out(
    book: Book, ours: Mapping[str, str], snapshot: Snapshot, account: str, language: Language
) -> Iterator[str]:
    """Protections that keep the program out of cells it writes."""
    texts = Sentences(_TEXTS, language)
    written = {title: _columns_written(key, title, snapshot, language) for key, title in ours.items()}
    for title, columns in {**written, UNDO_LOG_TAB: None, LOCK_TAB: None}.items():
        for guard in book.tabs[title].guards if title in book.tabs else ():
            if guard.shuts_us_out and guard.below_headers and _meets(guard, columns):
                what = guard.called or texts["unnamed"]
                yield texts.say("shut", tab=title, what=what, account=account)


def _columns_written(key: str, title: str, snapshot: Snapshot, language: Language) -> frozenset[int] | None:
    """The columns of a tab in which the program writes, or None for all of them.

    It may write anywhere in its own tabs, in those between which rows move, and in Settings, where it notes that mails
    are paused.
    """
    tab = TAB[key]
    if tab.place is Place.JOB or tab in (REGISTER, FILING, SETTINGS):
        return None
    grid = snapshot.grids.get(title)
    at = columns_of(tab, grid.rows[0] if grid is not None and grid.rows else (), language)
    return frozenset(at[column.key] for column in tab if not column.staff and column.key in at)


def _meets(guard: Guard, columns: frozenset[int] | None) -> bool:
    return columns is None or any(guard.first_column <= one <= guard.last_column for one in columns)


def _unguarded(book: Book, ours: Mapping[str, str], account: str, language: Language) -> list[str]:
    """The job's own tabs in which people can type."""
    job = {tab.key for tab in TABS if tab.place is Place.JOB}
    titles = [title for key, title in ours.items() if key in job and not _is_guarded(book.tabs[title])]
    texts = Sentences(_TEXTS, language)
    said = texts.say("open", tabs=titles, account=account)
    return [said] if titles else []


def _is_guarded(tab: Tab) -> bool:
    return any(guard.locks and guard.is_whole for guard in tab.guards)


def _size(book: Book, language: Language) -> list[str]:
    said = Sentences(_TEXTS, language).say("full", share=percent(book.cells, MOST_CELLS), most=MOST_CELLS)
    return [said] if book.cells > FULL * MOST_CELLS else []


def _free(book: Book, ours: Mapping[str, str], snapshot: Snapshot, language: Language) -> str:
    """The free rows of Register and Filing. A run adds more when none are left."""
    titles = [ours[tab.key] for tab in (REGISTER, FILING) if tab.key in ours]
    filled = {title: len(snapshot.grids[title].rows) if title in snapshot.grids else 0 for title in titles}
    free = {title: max(0, book.tabs[title].rows - filled[title]) for title in titles}
    return (
        in_a_row(
            (Sentences(_TEXTS, language).say("free", tab=title, rows=rows) for title, rows in free.items()), language
        )
        or "-"
    )


def _zones(book: Book, ours: tzinfo, now: datetime, language: Language) -> list[str]:
    """Compare what the clocks say now and half a year later, since one zone has several names."""
    moments = (now, now + timedelta(days=182))
    try:
        theirs: tzinfo | None = ZoneInfo(book.zone)
    except (ZoneInfoNotFoundError, ValueError):
        theirs = None
    if theirs is not None and all(
        at.astimezone(theirs).utcoffset() == at.astimezone(ours).utcoffset() for at in moments
    ):
        return []
    return [Sentences(_TEXTS, language).say("zone", theirs=book.zone, ours=ours)]


def _only(book: Book, ours: Mapping[str, str]) -> Book:
    return replace(book, tabs={title: tab for title, tab in book.tabs.items() if title in ours.values()})


def _cases(ours: Mapping[str, str], snapshot: Snapshot) -> Mapping[str, Grid]:
    """The tabs with cases."""
    titles = [ours[tab.key] for tab in (REGISTER, FILING) if tab.key in ours]
    return {title: snapshot.grids[title] for title in titles if title in snapshot.grids}


def _rules(book: Book, ours: Mapping[str, str], language: Language) -> Iterator[str]:
    for title, text in ((ours.get(FILING.key, ""), "rules"), (UNDO_LOG_TAB, "journal")):
        tab = book.tabs.get(title)
        if tab is not None and tab.rules > MOST_RULES:
            yield Sentences(_TEXTS, language).say(text, tab=title, n=tab.rules)


def _lock(
    transport: Transport, key: str, book: Book, language: Language, now: datetime
) -> tuple[Sequence[str], Sequence[str]]:
    """What to say about the lock, as facts and as findings."""
    texts, clock = Sentences(_TEXTS, language), clock_from(now)
    held = Lease(transport, key, clock).look() if LOCK_TAB in book.tabs else None
    if held is None:
        return (), ()
    if held.until is None:
        return (), (not_ours().say(language),)
    until = held.until.strftime("%Y-%m-%d %H:%M")
    if held.until > clock():
        return (texts.say("working", until=until),), ()
    return (), (texts.say("stale", until=until),)


def _left_over(book: Book, language: Language) -> list[str]:
    """Scratch tabs that an interrupted probe left; told by their ids, as people's tabs may have the same titles."""
    ids = {tab.sheet_id for tab in book.tabs.values()}
    left = [tab.title for tab in SCRATCH if tab.sheet_id in ids and LOCK_TAB not in book.tabs]
    texts = Sentences(_TEXTS, language)
    return [texts.say("scratch", tabs=left)] if left else []
