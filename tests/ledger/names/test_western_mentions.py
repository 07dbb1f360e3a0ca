"""Western names in a summary, and what only looks like one (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from tests.support.school_of_names import person

STAFF = [
    "Stephen Price", "David Lewis-Clarke", "Nguyen Thi Lan", "Fiona MacDonald", "William Bell", "Michael Stevenson", "Ian Church", "Ann Parks", "Grace Long",
    "Mark Head", "Peter Sen", "Tom Lane", "Sue Bench", "Will Moss", "Jill Moss",
]  # fmt: skip
SCHOOL = Directory(tuple(map(person, STAFF)), ())


@pytest.mark.parametrize(
    ("summary", "named"),
    [
        ("Prices went up", set()), ("prices rose", set()), ("Benches are broken", set()), ("Mr Price went up", {"Stephen Price"}), ("Parks hit my son", {"Ann Parks"}), ("Mr and Mrs Bells", {"William Bell"}),
        ("Clarke Road is icy", set()), ("Clarke Lane fought", {"David Lewis-Clarke"}), ("Mr Clarke Road rage", {"David Lewis-Clarke"}), ("saw Clarke drive away", {"David Lewis-Clarke"}), ("SAW CLARKE DRIVE AWAY", {"David Lewis-Clarke"}), ("Clarke. Road closed", {"David Lewis-Clarke"}),
        ("The LAN is slow", set()), ("The SEN provision", set()), ("Lan is rude", {"Nguyen Thi Lan"}), ("LAN HIT MY SON", {"Nguyen Thi Lan"}), ("Ms LAN is rude", {"Nguyen Thi Lan"}),
        ("MacDonald's litter on the path", set()), ("McDonald’s wrappers", set()), ("MacDonald's lesson was chaos", {"Fiona MacDonald"}), ("Ms MacDonald's bag", {"Fiona MacDonald"}), ("MacDonald litter", {"Fiona MacDonald"}),
        ("Lewis in Year 5 was pushed", set()), ("Lewis from 9A pushed her", set()), ("Lewis hit my son", {"David Lewis-Clarke"}), ("Mr Lewis in Year 5", {"David Lewis-Clarke"}), ("Clarke in Year 5 shouts", {"David Lewis-Clarke"}), ("Stevenson in Year 5 shouts", {"Michael Stevenson"}),
        ("Mr. bell shouted", {"William Bell"}), ("mrs long is rude", {"Grace Long"}), ("mr head shouted", {"Mark Head"}), ("Dear sir, long queues", set()), ("the bell rang", set()), ("Miss, long queues", set()),
        ("Bill Bell shouted", {"William Bell"}), ("W. Bell shouted", {"William Bell"}), ("bill bell shouted", set()), ("A Bell rang", set()), ("I met Bill. Bell rings", set()), ("Pat Bell rang", set()),
        ("Mr Stevenson and Bell", {"Michael Stevenson", "William Bell"}), ("Mr Stevenson & Bell shouted", {"Michael Stevenson", "William Bell"}), ("Messrs Bell and Price", {"William Bell", "Stephen Price"}), ("Mr Stevenson or Bell", {"Michael Stevenson", "William Bell"}),
        *((text, {"Stephen Price"}) for text in ("Mr Price left my son outside", "Mr Price will not listen", "mr price may shout", "MR PRICE WILL NOT LISTEN", "mark Mr Price down")), ("Peter Price shouted", set()), ("Mr Peter Price shouted", set()),
        ("Mrs Moss will not listen", {"Will Moss", "Jill Moss"}), ("MRS MOSS WILL NOT LISTEN", {"Will Moss", "Jill Moss"}), ("Will Moss will not listen", {"Will Moss"}), ("Jill Moss", {"Jill Moss"}),
        ("Mr Stevenson and bell rings", {"Michael Stevenson"}), ("Mr Stevenson; Bell rings", {"Michael Stevenson"}), ("Stevenson and Bell rings", {"Michael Stevenson"}), ("Mr Stevenson left and Bell rang", {"Michael Stevenson"}),
    ],
)  # fmt: skip
def test_who_is_named(summary: str, named: set[str]) -> None:
    assert {party.name for meant in SCHOOL.mentioned_in([summary]).values() for party in meant.parties} == named
