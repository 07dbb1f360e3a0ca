"""intake: show how the rows of an online form are understood, and how many are new. It only reads the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from automation.commands.console import one_object
from automation.commands.dropped_files import dropped
from automation.commands.language import spoken_of
from automation.commands.options import Session, moment
from automation.run.form_cases import EXAMPLE, Source, came_in
from automation.run.form_rows import State
from automation.run.job import JOBS, Request
from automation.run.run_context import run_context
from automation.text.catalogue import Message, counted, msg
from automation.ways_in.form_columns import label_of
from automation.ways_in.headings import GUESSED
from automation.workbooks.opening import workbook_at
from sheet_schema import REGISTER, SETTING
from sheet_schema.form_settings import INTAKE_HEADINGS, INTAKE_TAB

_HEAD = msg("{name}:")
_COLUMN = msg("{heading}: {meaning}")
_UNSURE = msg("{heading}: {meaning} (not sure)")
_COUNTS: Mapping[State, Message] = {
    State.NEW: counted("1 row is new: the next run takes it over.", "{n} rows are new: the next run takes them over."),
    State.KNOWN: counted("1 row was taken over before.", "{n} rows were taken over before."),
    State.CHANGED: counted(
        "1 row was changed since it was taken over.", "{n} rows were changed since they were taken over."
    ),
    State.WAITS: counted("1 row has no time: it waits for two runs.", "{n} rows have no time: they wait for two runs."),
    State.OLD: counted(
        "1 row is of a year that stands in a year book.", "{n} rows are of years that stand in year books."
    ),
    State.EMPTY: counted("1 row tells of nobody and of nothing.", "{n} rows tell of nobody and of nothing."),
}
_RIGHT = msg(
    "What is wrong there, put right at “{setting}” in Settings: {example}; or - for a column that is not to be read."
)
_NONE = msg(
    "There is no form: write the name of its tab at “{setting}” in Settings, or name a folder with --intake-folder."
)


_NO_KIND = msg("No heading is {kind}: each row will ask for it, and its text is taken out of the form's tab.")


@dataclass(frozen=True)
class IntakeOptions:
    """The options of `intake`, as typed."""

    workbook: str
    now: str | None = None
    as_json: bool = False
    intake_folder: str = ""


def show_intake(asked: IntakeOptions, session: Session) -> int:
    """Say what each heading of the form is taken for, and what the next run would do with its rows."""
    session.tell("reading")
    files = dropped(asked.intake_folder, session.real_time)
    request = Request(JOBS["validate"], moment(asked.now, session.real_time), session.real_time, takes_in=files)
    came = came_in(run_context(workbook_at(asked.workbook, session.real_time).read(), request))
    language = spoken_of(came.context.current.language)
    problems = [one.say(language) for one in came.context.current.problems if one.code.startswith("intake_")]
    if asked.as_json:
        session.say(one_object({"sources": [*map(_as_object, came.sources)], "problems": problems}))
        return 0
    for source in came.sources:
        for line in _lines(source, language):
            session.say(line)
    if came.sources:
        session.say(_RIGHT.say(language, setting=SETTING[INTAKE_HEADINGS], example=EXAMPLE))
    elif not problems:
        session.say(_NONE.say(language, setting=SETTING[INTAKE_TAB]))
    for said in problems:
        session.say(said)
    return 0


def _lines(source: Source, language: str) -> Iterator[str]:
    yield _HEAD.say(language, name=source.name)
    for heading, fit in source.table.fits.items():
        said = _UNSURE if fit.sure == GUESSED else _COLUMN
        yield "  " + said.say(language, heading=heading, meaning=label_of(fit.key))
    if "kind" not in {fit.key for fit in source.table.fits.values()}:
        yield "  " + _NO_KIND.say(language, kind=REGISTER["kind"])
    counts = Counter(row.state for row in source.rows)
    for state, sentence in _COUNTS.items():
        if counts[state]:
            yield "  " + sentence.say(language, n=counts[state])


def _as_object(source: Source) -> dict[str, object]:
    counts = Counter(row.state.value for row in source.rows)
    columns = {heading: fit.key for heading, fit in source.table.fits.items()}
    return {"name": source.name, "columns": columns, "rows": {state.value: counts[state.value] for state in State}}
