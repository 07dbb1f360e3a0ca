"""The panel of stage 3: the cases for which one is set and has not met yet.

SI 2014/3283, Schedule, paragraph 33(f) and (g): at least three members who had no part in the matter, one of them independent of the
management and running of the school.
"""

from __future__ import annotations

import numpy as np

from automation.cases.cases import Cases
from automation.ledger.office_time import today
from automation.ledger.table import Array
from sheet_schema.vocabulary import Status


def panels_ahead(cases: Cases) -> Array:
    """Mask the cases whose panel meets today or later, and whose stage 3 is not answered."""
    register = cases.register
    ahead: Array = (
        cases.register_lines.cases
        & (register["panel_on"] >= today(cases.now))
        & ~np.isnat(register["second_review_on"])
        & np.isnat(register["second_review_done_on"])
        & (register["status"] != Status.CLOSED.key)
    )
    return ahead
