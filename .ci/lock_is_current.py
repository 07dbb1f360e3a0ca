"""Whether what is locked is what `pyproject.toml` asks for: run by `make check`; `make lock` puts it right.

Each requirement has its package in the lock, at a version that it allows, where it applies; and the locks agree.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
RUN, DEV, MUTANTS = "requirements.lock", "requirements-dev.lock", "requirements-mutants.lock"


def locked(lock: str) -> Mapping[str, Requirement]:
    """Each package of a lock by its name. A lock has one line for each: the same version wherever it is installed."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    found = [Requirement(line.removesuffix("\\")) for line in lines if re.match("[A-Za-z0-9]", line)]
    return {canonicalize_name(one.name): one for one in found}


def unmet(asked: Requirement, lock: Mapping[str, Requirement]) -> str:
    """What is wrong with the lock as far as one requirement goes; nothing if it is met."""
    kept = lock.get(canonicalize_name(asked.name))
    if kept is None:
        return f"{asked} is not in it"
    if not asked.specifier.contains(version(kept), prereleases=True):
        return f"{asked} is asked for, and {version(kept)} is in it"
    if kept.marker and not asked.marker:
        return f"{asked} is asked for everywhere, and is in it only where {kept.marker}"
    return ""


def version(kept: Requirement) -> str:
    return next(iter(kept.specifier)).version


def faults() -> Iterator[str]:
    """One sentence for each thing that is out of date."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    run = [*declared["build-system"]["requires"], *declared["project"]["dependencies"]]
    extras = declared["project"]["optional-dependencies"]
    for name, asked in ((RUN, run), (DEV, [*run, *extras["dev"]]), (MUTANTS, extras["mutants"])):
        lock = locked(name)
        yield from (f"{name}: {fault}" for one in asked if (fault := unmet(Requirement(one), lock)))
    everything, for_mutants = locked(DEV), locked(MUTANTS)
    for name, kept in locked(RUN).items():
        if name not in everything or version(everything[name]) != version(kept):
            yield f"{DEV}: {name} is not at {version(kept)}, as in {RUN}"
    for name in everything.keys() & for_mutants.keys():
        if version(everything[name]) != version(for_mutants[name]):
            yield f"{MUTANTS}: {name} is not at {version(everything[name])}, as in {DEV}"


if __name__ == "__main__":
    if found := list(faults()):
        found.append("The lock does not fit pyproject.toml: run `make lock` and commit what it changes.")
        sys.exit("\n".join(found))
    print("The lock fits pyproject.toml.")
