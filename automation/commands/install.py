"""install: make a new ledger from a preset, or add what an old one lacks.

"It adds what is missing and touches nothing that people changed" (docs/design.md#p2.16), so it can be repeated at any
time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from automation.commands.import_register import ImportOptions, import_register, refuse_what_is_no_register
from automation.commands.install_calendar import (
    Notice,
    Place,
    calendar_rows,
    from_file,
    from_library,
    readable_notice,
    settled_by,
    settled_years,
    still_provisional,
    years_warning,
)
from automation.commands.install_refusals import refuse_twins
from automation.commands.install_rules import rules_of_new_steps
from automation.commands.language import chosen_language
from automation.commands.options import Session, moment
from automation.commands.tabs_turned_on import with_tabs_wanted
from automation.ledger.cells import parse_column
from automation.ledger.changes import as_edits, differences
from automation.ledger.model import Ledger
from automation.ledger.parsing import parse
from automation.ledger.policy import Settings
from automation.ledger.recognition import refuse_what_is_no_ledger
from automation.ledger.settings import setting_key
from automation.ledger.table import Table
from automation.ledger.titles_and_headers import language_of, titles_of
from automation.ledger.workbook import Commit, Notes, Snapshot, Workbook
from automation.pages.newer_words import newer_words, newer_words_line, pairs, taken_words
from automation.pages.tables import blocks_without, labels_of_several, setting_row, wording_row
from automation.run.edits import with_terms
from automation.run.job import JOBS, Request
from automation.run.rules_written import remembered_too
from automation.run.run import run
from automation.text.catalogue import Message, Sentences, counted, msg
from automation.workbooks.laid_out import Contents, LaidOut
from automation.workbooks.opening import workbook_at
from sheet_schema import (
    LANGUAGES,
    SETTING,
    SETTINGS_LIST,
    TAB,
    Column,
    Language,
    Type,
)
from sheet_schema.languages import SOURCE, traits
from sheet_schema.preset_files import SECTIONS, Preset, load

PresetRows = dict[str, list[dict[str, object]]]
"""Tab key → its rows in a preset, which others can be added to."""

LANGUAGE: Language = "zh"
"""The language of a new ledger, unless another is wanted. Each language has the preset that it starts from."""

_SAID: Mapping[str, Message] = {
    "made": msg("Made {name} with the preset {preset}."),
    "kept": msg("{name} lacks nothing."),
    "renamed": msg("Renamed: {words}. What people typed stays; the file as it was is among the backups."),
    "renamed_sheet": msg("Renamed: {words}. What people typed stays; the sheet as it was is in its version history."),
    "other": msg("{name} is in {its} and stays so; `copy --language {code}` makes one in {other}."),
    "settings": msg("Added {n} settings."),
    "wording": counted("Added 1 sentence to Wording.", "Added {n} sentences to Wording."),
    "deadlines": counted("Added 1 row to Deadlines, for a new step.", "Added {n} rows to Deadlines, for new steps."),
    "escalation": counted("Added 1 row to Escalation, for a new step.", "Added {n} rows to Escalation, for new steps."),
    "next": msg("Next: fill in Departments and People. The Start here tab says what is still missing."),
}


def install_into(
    address: str | Path, language: Language | None, preset: str | None, now: datetime, clock: datetime
) -> list[str]:
    """Make or complete the ledger at `address`, a path or a Google Sheet, and return what was done in words.

    With None, an old ledger keeps its language and preset; a new one is in the language that this call was told to speak,
    else in Chinese, with its language's preset. Raises LedgerError if that is impossible.
    """
    workbook = workbook_at(address, clock)
    if workbook.is_there:
        _refuse_foreign(workbook)
        with workbook.lock():
            made = _complete(workbook, preset, language, now)
    else:
        start = _start(preset, language, now)
        workbook.transcribe(Contents(start.language, start.rows))
        made = start.made(workbook.name)
    # Number the pad, so that "the number stands there before they type" (docs/design.md#p1.1).
    run(workbook, Request(JOBS["validate"], now, clock))
    return made


def _refuse_foreign(workbook: LaidOut) -> None:
    """Read before the lock is taken, which leaves its traces in a workbook. Raises LedgerError."""
    snapshot = workbook.read()
    if not workbook.takes_a_new_ledger:
        refuse_what_is_no_ledger(snapshot)


@dataclass(frozen=True)
class _Start:
    """What a new ledger starts with, and warnings of years whose public holidays are not official yet."""

    preset: Preset
    language: Language
    rows: PresetRows
    warning: Sequence[str]

    def made(self, name: str) -> list[str]:
        texts = Sentences(_SAID, self.language)
        return [texts.say("made", name=name, preset=self.preset.name), *self.warning, texts["next"]]


def _start(wanted_preset: str | None, wanted: Language | None, now: datetime) -> _Start:
    language = wanted or chosen_language() or LANGUAGE
    preset = load(wanted_preset or preset_of(language))
    rows = preset_rows(preset, language)
    rows["calendar"] = calendar_rows(place_of(preset), language, now)
    return _Start(
        preset, language, rows, years_warning(place_of(preset), settled_by(rows["calendar"], language), language, now)
    )


def _complete(workbook: LaidOut, wanted_preset: str | None, wanted: Language | None, now: datetime) -> list[str]:
    snapshot = workbook.read()
    if workbook.takes_a_new_ledger:
        start = _start(wanted_preset, wanted, now)
        workbook.lay_out(start.language, start.rows)
        return start.made(workbook.name)
    ledger = parse(snapshot)
    refuse_twins(snapshot, ledger)
    language, settings = ledger.language, ledger.policy.settings
    preset = load(wanted_preset or settings["preset"] or preset_of(language))
    rows = preset_rows(preset, language)
    place = _place(settings, preset)
    rows["calendar"] = calendar_rows(place, language, now)
    rules = rules_of_new_steps(ledger, rows, now.date())
    done = workbook.lay_out(language, rows)
    snapshot = workbook.read()  # even if nothing was added that is told: a mark may have been put in
    done += _add_rows(workbook, snapshot, rows["calendar"], rules)
    texts = Sentences(_SAID, wanted or language)
    other = [_stays(workbook.name, language, wanted)] if wanted not in (None, language) else []
    warning = years_warning(place, settled_years(parse(snapshot).tables["calendar"]), language, now)
    return [*other, *(done or [texts.say("kept", name=workbook.name)]), *warning]


def _place(settings: Settings, preset: Preset) -> Place:
    """The country whose holidays hold. If it is blank or cannot be read, the preset still tells which rules are followed."""
    usual = settings["country"] == SETTING["country"].default
    return place_of(preset) if usual else (settings["country"], settings["subdivision"])


def add_holidays(said: Sequence[str], workbook: LaidOut, notice: Notice, now: datetime) -> list[str]:
    """Put the days of a notice or calendar file into the Calendar, and add to what was said what became of them."""
    with workbook.lock():
        snapshot = workbook.read()
        ledger = parse(snapshot)
        language, calendar, settings = ledger.language, ledger.tables["calendar"], ledger.policy.settings
        place = _place(settings, load(settings["preset"] or preset_of(language)))
        unknown = years_warning(place, settled_years(calendar), language, now)
        days = notice.days(language, now)
        new = from_file(calendar, days, language)
        if new.rows or new.gives_way:
            edits = remembered_too(snapshot, [new.edit(calendar)])
            workbook.commit(Commit(snapshot, with_terms(snapshot, edits)))
            calendar = parse(workbook.read()).tables["calendar"]
    left = still_provisional(calendar, notice, days, language) + years_warning(
        place, settled_years(calendar), language, now
    )
    return [*(line for line in said if line not in unknown), *new.said(language), *left]


def _with_added(said: Sequence[str], added: Sequence[str], name: str) -> list[str]:
    """What was said, with the tabs that were turned on: the ledger did not lack nothing then."""
    nothing = {Sentences(_SAID, language).say("kept", name=name) for language in LANGUAGES} if added else set()
    return [*(line for line in said if line not in nothing), *added]


def preset_of(language: Language) -> str:
    """The preset from which a new ledger of this language starts, unless another is wanted."""
    return str(traits(language)["preset"])


def _stays(name: str, language: Language, wanted: Language) -> str:
    """That the ledger keeps its language, said in the one that was wanted."""
    names = {"its": traits(language)["name"], "other": traits(wanted)["name"]}
    return Sentences(_SAID, wanted).say("other", name=name, code=wanted, **names)


def rename_labels(address: str | Path, clock: datetime) -> list[str]:
    """Write the labels of today in place of those of an earlier version, and return which, in words.

    First come the cells that a run writes, then headers, the Form and dropdown lists. Raises LedgerError.
    """
    workbook = workbook_at(address, clock)
    with workbook.lock():
        snapshot = workbook.read()
        language = language_of(snapshot.grids)
        words = newer_words(snapshot, language)
        if words.cells:
            more = Notes(to_come=1)  # the lock is still needed for the headers
            edits = remembered_too(snapshot, words.cells)
            workbook.commit(Commit(snapshot, with_terms(snapshot, edits), notes=more))
            snapshot = workbook.read()
        if words:
            workbook.rename(newer_words(snapshot, language), language)
    key = "renamed" if workbook.own_file is not None else "renamed_sheet"
    told = [Sentences(_SAID, language).say(key, words=pairs(words.renamed, language))] if words else []
    return [*told, *taken_words(words, language)]


def _labels_to_rename(address: str | Path, clock: datetime) -> list[str]:
    """That there are newer labels, if there are."""
    snapshot = workbook_at(address, clock).read()
    language = language_of(snapshot.grids)
    return newer_words_line(newer_words(snapshot, language), language)


def _add_rows(
    workbook: Workbook, snapshot: Snapshot, days: Sequence[Mapping[str, object]], rules: PresetRows
) -> list[str]:
    """Add missing settings and sentences, the rules of new steps, and the public holidays of years that the Calendar lacks; what
    was added, in words."""
    before = parse(snapshot)
    language, texts = before.language, Sentences(_SAID, before.language)
    settings = _missing_settings(before)
    named = [{"block": name} for name in before.tables["wording"]["block"].tolist()]
    wording = [wording_row(block, language) for block in blocks_without(named)]
    calendar = before.tables["calendar"]
    new_days = from_library(calendar, days, language)
    after = before.having(
        settings=_with_rows(before.tables["settings"], settings),
        wording=_with_rows(before.tables["wording"], wording),
        **{tab: _with_rows(before.tables[tab], rows) for tab, rows in rules.items()},
    )
    edits = as_edits(differences(before, after), titles_of(snapshot.grids, language), language)
    edits += [new_days.edit(calendar)] if new_days.rows else []
    if edits:
        workbook.commit(Commit(snapshot, with_terms(snapshot, remembered_too(snapshot, edits))))
    added: Mapping[str, Sequence[object]] = {"settings": settings, "wording": wording, **rules}
    return [*(texts.say(key, n=len(rows)) for key, rows in added.items() if rows), *new_days.said(language)]


def _missing_settings(ledger: Ledger) -> list[Mapping[str, object]]:
    known = {setting_key(str(name)) for name in ledger.tables["settings"]["name"]}
    language = ledger.language
    return [setting_row(setting, setting.default, language) for setting in SETTINGS_LIST if setting.key not in known]


def _with_rows(table: Table, rows: Sequence[Mapping[str, object]]) -> Table:
    """The table with these rows (as cells) added at the end."""
    columns = {
        column.key: parse_column(column, [row.get(column.key, "") for row in rows])[0].tolist()  # type: ignore[misc]
        for column in table.tab
    }
    first = table.last_row + 1
    return table.extended(range(first, first + len(rows)), **columns)


def preset_rows(preset: Preset, language: Language) -> PresetRows:
    """A preset's rows by tab, as in the sheet: choices as labels, and only columns that the tab has."""
    return {
        section: [in_labels(section, row, language) for row in preset.rows(section, language)] for section in SECTIONS
    }


def in_labels(tab: str, row: Mapping[str, object], language: Language) -> dict[str, object]:
    """The row with every choice as its label in this language."""
    if tab == "settings":
        return _setting_row(row, language)
    columns = {column.key: column for column in TAB[tab]}
    return {key: _labelled(columns[key], value, language) for key, value in row.items() if key in columns}


def _labelled(column: Column, value: object, language: Language) -> object:
    if column.choices is None or not isinstance(value, str) or not value:
        return value
    labels = {word.key: word.label(language) for word in column.choices}
    if column.type is Type.CHOICES:
        return re.sub(r"[^;|]+", lambda found: labels.get(found[0].strip(), found[0]), value)
    return labels.get(value, value)


def _setting_row(row: Mapping[str, object], language: Language) -> dict[str, object]:
    setting = SETTING[str(row["name"])]
    value = row.get("value", "")
    if setting.choices is not None and value:
        value = setting.choices.of(str(value)).label(language)
    if setting.several is not None:
        value = labels_of_several(setting.several, str(value), language)
    return {"name": setting.label(language), "value": value, "meaning": setting.meaning(language)}


def place_of(preset: Preset) -> tuple[str, str]:
    """The country, and the part of it, whose public holidays a preset follows."""
    settings = {str(row["name"]): str(row.get("value", "")) for row in preset.rows("settings", SOURCE)}
    return settings.get("country", SETTING["country"].default), settings.get("subdivision", "")


@dataclass(frozen=True)
class InstallOptions:
    """The options of `install`, as typed."""

    workbook: str
    language: Language | None = None
    preset: str | None = None
    now: str | None = None
    rename_labels: bool = False
    holidays: str | None = None
    source: str | None = None
    imap_host: str = ""


def install_ledger(asked: InstallOptions, session: Session) -> int:
    now = moment(asked.now, session.real_time)
    workbook = workbook_at(asked.workbook, session.real_time)
    notice = readable_notice(asked.holidays, workbook, asked.language, now) if asked.holidays else None
    if asked.source:
        refuse_what_is_no_register(asked.source)
    said = install_into(asked.workbook, asked.language, asked.preset, now, session.real_time)
    if notice is not None:
        said = add_holidays(said, workbook_at(asked.workbook, session.real_time), notice, now)
    said = _with_added(
        said, with_tabs_wanted(asked.workbook, session.real_time, replies=bool(asked.imap_host)), workbook.name
    )
    labels = rename_labels if asked.rename_labels else _labels_to_rename
    for line in (*said, *labels(asked.workbook, session.real_time)):
        session.say(line)
    if not asked.source:
        return 0
    return import_register(ImportOptions(asked.workbook, asked.source, now=asked.now), session)
