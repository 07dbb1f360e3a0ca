"""The light of each case, and which of its clocks stand still (docs/design.md#p3.11, docs/design.md#p19.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from automation.cases.clocks import Clock
from automation.ledger.table import Array
from sheet_schema.vocabulary import Light, Step


def stands_still(clock: Clock, day: date) -> Array:
    """Mask the cases whose step is open and whose clock is stopped on this day by a wait. A superior's own day goes on."""
    mask = np.zeros(len(clock.due), dtype=bool)
    mask[[at for at, counted in clock.waits.items() if counted.stands_on(day)]] = True
    still: Array = mask & clock.open & ~clock.capped_by_superior
    return still


def lights(clocks: Mapping[Step, Clock], day: np.datetime64) -> Array:
    """For each case, the light that its open steps give it: Late, Soon, Waiting or On time (docs/design.md#p3.11)."""
    still = {step: stands_still(clock, day.astype(object)) for step, clock in clocks.items()}
    late = np.logical_or.reduce([clock.open & (clock.due < day) for clock in clocks.values()])
    soon = np.logical_or.reduce(
        [clock.open & ~still[step] & (clock.soon_from <= day) for step, clock in clocks.items()]
    )
    waiting = np.logical_or.reduce([*still.values()])
    words = [Light.LATE.key, Light.SOON.key, Light.WAITING.key]
    light: Array = np.select([late, soon, waiting], words, default=Light.ON_TIME.key).astype(object)
    return light
