"""letter: make a letter about a case, write our templates to be restyled, or note that a letter was handed over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from automation.cases.cases import Cases
from automation.cases.letters.objections import chosen
from automation.commands.language import spoken_of
from automation.commands.letters_said import LettersSaid, folder_of_letters, letters_to_make
from automation.commands.options import EXIT_PROBLEMS, Session, moment
from automation.ledger.case_numbers import number_meant
from automation.ledger.errors import LedgerError, Misused, where
from automation.ledger.parsing import parse
from automation.ledger.typed.written_days import date_from_text
from automation.run.job import Result
from automation.run.letter_folder import LetterFolder
from automation.run.letter_handed import HandedOver, hand_over
from automation.run.letters import Letter, LettersMade, LettersRequest, Wanted, make_letters
from automation.run.may_run import refuse_moved
from automation.text.catalogue import Message, Sentences, msg
from automation.workbooks.file_rights import for_one_account
from automation.workbooks.laid_out import LaidOut
from automation.workbooks.opening import workbook_at
from sheet_schema import REGISTER, Language
from sheet_schema.languages import traits
from sheet_schema.letter_files import letters_of
from sheet_schema.letter_words import DeliveryWay, LetterKind
from sheet_schema.word import lookup, word_form

_SAID: Mapping[str, Message] = {
    "made": msg("{number}: {letter} is in {file}."),
    "draft": msg("{number}: a draft of {letter} is in {file}. It was not noted in the row; still missing: {why}"),
    "refused": msg("{number}: {letter} was not made. {why}"),
    "left": msg("{number}: {letter} was not made, since its row changed meanwhile: try again."),
    "words_only": msg(
        "The PDF has the words of your template, in our look: for its own look, save the Word file as PDF in Word."
    ),
    "would": msg("Letters would be made of {numbers}."),
    "fault": msg(
        "Letters could not be made: the program has a fault ({where}). Please send this line to whoever looks after it."
    ),
    "noted": msg("{number}: {letter} is noted as handed over, {way}; {column} is {day}."),
    "noted_only": msg("{number}: {letter} is noted as handed over on {day}, {way}."),
    "noted_before": msg("{number}: that {letter} was handed over is noted already: nothing to do."),
    "templates": msg(
        "Our templates are in {folder}: {names}. Restyle them in Word; what lies there is taken instead of ours."
    ),
    "kept": msg("These were there already and stay as they are: {names}. To have ours again, take them away first."),
}


@dataclass(frozen=True)
class LetterOptions:
    """The options of `letter`, as typed."""

    workbook: str
    case: str = ""
    kind: str = ""
    now: str | None = None
    pdf: bool = False
    draft: bool = False
    templates: bool = False
    handed_over: str = ""
    way: str = ""


def letter_folder(workbook: LaidOut, address: str) -> LetterFolder:
    """The folder, for whoever may read the ledger; beside a Google Sheet for the account that writes it alone."""
    path = folder_of_letters(address)
    own = workbook.own_file
    return LetterFolder(path, own.rights_beside() if own is not None else for_one_account(path))


def write_letter(asked: LetterOptions, session: Session) -> int:
    """Do what is asked, and say what came of it. Returns 3 if a letter could not be made.

    Raises Misused for options that do not go together, LedgerError for a case or kind that there is not.
    """
    workbook = workbook_at(asked.workbook, session.real_time)
    session.tell("reading")
    if asked.templates:
        if asked.case or asked.kind:
            raise Misused(msg("--templates writes all our templates: leave out the case and the kind."))
        return _write_templates(workbook, asked, session)
    if not (asked.case.strip() and asked.kind.strip()):
        raise Misused(
            msg("Say which case and which letter, as in `letter LV-00012 {kind}`. The letters are: {kinds}.").of(
                kind=LetterKind.ACCEPTED, kinds=[*LetterKind]
            )
        )
    request = LettersRequest(
        letter_folder(workbook, asked.workbook), moment(asked.now, session.real_time), asked.pdf, asked.draft
    )
    if asked.handed_over or asked.way:
        return _hand_over(workbook, asked, request.now, session)
    made = make_letters(
        workbook, request, lambda cases: [(line_of(cases, asked.case), kind_meant(asked.kind, cases.ledger.language))]
    )
    for line in said(made, pdf=asked.pdf, draft=asked.draft):
        session.say(line)
    return 0 if all(letter.files for letter in made.letters) else EXIT_PROBLEMS


def _hand_over(workbook: LaidOut, asked: LetterOptions, now: datetime, session: Session) -> int:
    """Note that a letter was handed over. Raises Misused for half of what has to be said, LedgerError."""
    if asked.draft or asked.pdf:
        raise Misused(msg("--handed-over notes a letter that was made before: leave out --draft and --pdf."))
    if not (asked.handed_over and asked.way):
        raise Misused(
            msg(
                "Say on which day and in which way, as in --handed-over 2026-03-18 --way {way}. The ways are: {ways}."
            ).of(way=DeliveryWay.POST, ways=[*DeliveryWay])
        )
    day, way = date_from_text(asked.handed_over), lookup(DeliveryWay).get(word_form(asked.way))
    if not isinstance(day, date):
        raise Misused(msg("--handed-over {text} is no day: write it like 2026-03-18.").of(text=asked.handed_over))
    if way is None:
        raise Misused(msg("There is no way “{typed}”. There are: {ways}.").of(typed=asked.way, ways=[*DeliveryWay]))
    kind = kind_meant(asked.kind, None)
    handed = HandedOver(kind, day, DeliveryWay.of(way))
    noted = hand_over(workbook, lambda cases: line_of(cases, asked.case), handed, now)
    texts = Sentences(_SAID, spoken_of(noted.language))
    about = {"number": noted.number, "letter": kind, "way": handed.way, "day": day}
    if not noted.anew:
        session.say(texts.say("noted_before", **about))
    elif noted.column:
        session.say(texts.say("noted", **about, column=REGISTER[noted.column]))
    else:
        session.say(texts.say("noted_only", **about))
    return 0


def said(made: LettersMade, *, pdf: bool = False, draft: bool = False) -> Iterator[str]:
    """What came of each letter, in sentences."""
    language = spoken_of(made.ledger.language)
    texts = Sentences(_SAID, language)
    for letter in made.letters:
        about = {"number": letter.number, "letter": letter.kind}
        if letter.left:
            yield texts.say("left", **about)
        elif not letter.files:
            yield texts.say("refused", **about, why=_why(letter))
        elif draft and letter.why:
            yield texts.say("draft", **about, file=letter.files[0], why=_why(letter))
        else:
            yield texts.say("made", **about, file=letter.files[-1])
            if pdf and letter.own_template:
                yield texts["words_only"]


def letters_of_run(workbook: LaidOut, address: str, result: Result, now: datetime, *, dry_run: bool) -> LettersSaid:
    """Make what people chose in the Register, once a run has done all else, and say what came of it. It raises nothing."""
    language = spoken_of(result.after.language)
    numbers = letters_to_make(result)
    if dry_run:
        return LettersSaid((_SAID["would"].say(language, numbers=numbers),))
    try:
        made = make_letters(workbook, LettersRequest(letter_folder(workbook, address), now), _of_these(numbers))
    except LedgerError as error:
        return LettersSaid((error.say(language),), went_well=False)
    except Exception as error:  # noqa: BLE001  (a template may be anything; the run has done its work)
        return LettersSaid((_SAID["fault"].say(language, where=where(error)),), went_well=False)
    return LettersSaid(tuple(said(made)))


def _of_these(numbers: Collection[str]) -> Wanted:
    """The letters chosen in these cases."""
    return lambda cases: [(at, kind) for at, kind in chosen(cases) if cases.register["case_no"][at] in numbers]


def _why(letter: Letter) -> tuple[Message, ...]:
    return tuple(sentence for _, sentence in letter.why)


def _write_templates(workbook: LaidOut, asked: LetterOptions, session: Session) -> int:
    ledger = parse(workbook.read())
    refuse_moved(ledger)
    texts = Sentences(_SAID, spoken_of(ledger.language))
    folder = letter_folder(workbook, asked.workbook)
    preset = ledger.policy.settings["preset"] or str(traits(ledger.language)["preset"])
    new, there = folder.put_templates(letters_of(preset).values(), ledger.language)
    if new:
        session.say(texts.say("templates", folder=folder.templates, names=[path.name for path in new]))
    if there:
        session.say(texts.say("kept", names=[path.name for path in there]))
    return 0


def kind_meant(typed: str, language: Language | None) -> LetterKind:
    """The kind of letter that somebody means, by its name in any language or its key. Raises LedgerError."""
    key = lookup(LetterKind).get(word_form(typed))
    if key is None:
        raise LedgerError(
            msg("There is no letter “{typed}”. There are: {kinds}.").of(typed=typed, kinds=[*LetterKind]), language
        )
    return LetterKind.of(key)


def line_of(cases: Cases, typed: str) -> int:
    """The row of the case that somebody means. Raises LedgerError if it is not in the Register, or not alone there."""
    ledger = cases.ledger
    number = number_meant(typed, ledger)
    found = np.flatnonzero(cases.register_lines.cases & (ledger.register["case_no"] == number)).tolist()
    if len(found) != 1:
        raise LedgerError(
            msg(
                "There is no case {number} in the Register that a letter could be about: look the number up there. Of filed cases no letter is made."
            ).of(number=number),
            ledger.language,
        )
    return found[0]
