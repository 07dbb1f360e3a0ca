"""Says what words beside a role or a post make of it: nothing else (`the acting head`), or the school's (本校负责人)."""

from __future__ import annotations

from collections.abc import Sequence

from automation.ledger.names.lexicon import WORDS_ALONE, Label, Span
from automation.ledger.names.units import readable, units_of
from sheet_schema import naming
from sheet_schema.vocabulary import Role


def roles_in(text: str) -> frozenset[Role]:
    """The roles of which a word stands in what something is called: discipline in 纪检监察室."""
    forms = {span.form for span in WORDS_ALONE.spans(units_of(readable(text))) if Label.ROLE in span.labels}
    return frozenset(role for words, roles in naming.ROLE_WORDS.items() if words & forms for role in roles)


def names_only_a_role(spans: Sequence[Span]) -> bool:
    """Whether nothing else stands beside a role word: 食堂管理员, 校长助理 and `Principal Zimmer` are perhaps others."""
    around = {Label.FILLER, Label.COURTESY, Label.POST_BEFORE, Label.POST_BEHIND}
    return all(
        Label.ROLE in span.labels or (span.labels & around and not span.parties) or span.form in naming.THIS_SCHOOL
        for span in spans
    )


def heads_the_school(spans: Sequence[Span]) -> bool:
    """Whether somebody is called by a post in this school: `head of the school`, 本校负责人."""
    posts = any(span.labels & {Label.POST_BEFORE, Label.POST_BEHIND} for span in spans)
    others = {Label.SUBJECT, Label.WORK_TITLE, Label.GROUP}
    return (
        posts
        and any(span.form in naming.THIS_SCHOOL for span in spans)
        and not any(span.form not in naming.THIS_SCHOOL and (span.is_unknown or span.labels & others) for span in spans)
    )
