"""Reads what an office writes behind a name to say that it is nobody here: `(outside)`, （校外）, （家长） (docs/design.md#p5.3)."""

from __future__ import annotations

from automation.ledger.meant import Party
from automation.ledger.names.classes import is_a_class
from automation.ledger.names.folding import name_form
from automation.ledger.names.found import NOTHING, Doubt, Found, found
from automation.ledger.names.lexicon import WORDS_ALONE, Label, Span, surname_alone
from automation.ledger.names.parts import Part
from automation.ledger.names.titles import titles_alone
from sheet_schema import naming, ordinary_words


def is_outside(part: Part, behind: Part | None) -> bool:
    """Whether the part behind says that this one is nobody here."""
    if behind is None:
        return False
    return _says_outside(behind) or (_says_pupil_or_parent(behind) and _may_be_a_parent(part))


def named_all_the_same(part: Part, by_surname: Found) -> Found:
    """Who is meant although it says outside: whose whole name it is, as `Smith, John` or by itself, and departments."""
    certain = by_surname if by_surname.doubt == Doubt.NONE else NOTHING
    return certain | found(_whole_names(part))


def _says_outside(part: Part) -> bool:
    """Whether it stands in brackets, in English also behind a comma. Anywhere else it may be somebody by itself:
    王老师、校外人员."""
    is_han = part.spans[0].is_han
    known = {Label.OUTSIDE, Label.FILLER} if is_han else {Label.OUTSIDE, Label.FILLER, Label.GROUP}
    labels = [span.labels for span in part.spans]
    is_behind = part.is_bracket or (part.follows_a_comma and not is_han)
    return is_behind and any(Label.OUTSIDE in one for one in labels) and all(one & known for one in labels)


def _says_pupil_or_parent(part: Part) -> bool:
    """Whether nothing stands in brackets but pupil or parent, and of which class: `(Year 4 pupil)`."""
    words = [span.form for span in part.spans if not _says_which_class(span)]
    return part.is_bracket and bool(words) and all(word in naming.PUPILS_AND_PARENTS for word in words)


def _says_which_class(span: Span) -> bool:
    is_little = span.form in naming.ARTICLES | naming.CLASSES | ordinary_words.OF_A_CLASS
    return is_little or span.form.isdigit() or is_a_class(span)


def says_pupil_behind_a_comma(part: Part) -> bool:
    """The same of one pupil or parent behind an English comma: `Mr Smith, parent`. Whoever is found here may stand in a list
    with them, so that it settles only who is nobody here."""
    words = [span.form for span in part.spans if not _says_which_class(span)]
    is_one = len(words) == 1 and words[0] in naming.PUPILS_AND_PARENTS and not words[0].endswith("s")
    return part.follows_a_comma and not part.spans[0].is_han and is_one


def _may_be_a_parent(part: Part) -> bool:
    """Whether its titles leave open that it is no member of staff: 王女士, but not 王老师, who may be both."""
    words = WORDS_ALONE.spans([unit for span in part.spans for unit in span.units])
    return not any(span.is_title and span.form not in naming.TITLES_OF_ANYBODY for span in words)


def _whole_names(part: Part) -> frozenset[Party]:
    """Everyone whose whole name stands there by itself, and departments: 陈静 in neither 陈静静 nor `Jing Chen Quill`."""
    whole: set[Party] = set()
    for i, span in enumerate(part.spans):
        around = (*part.spans[max(0, i - 1) : i], *part.spans[i + 1 : i + 2])
        by_itself = not any(one.is_unknown and (one.is_han or one.units[0].is_capital) for one in around)
        only_a_part = surname_alone(span.units) or titles_alone(span.units)
        for party in span.parties:
            is_whole = not only_a_part or name_form(party.name) == span.form.replace(" ", "")
            if party.is_department or (by_itself and is_whole):
                whole.add(party)
    return frozenset(whole)
