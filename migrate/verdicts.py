"""What each check says of good and of corrupted data: Dagster's verdict against the target's.

Pure: it reads what `dagster_checks` and `prefect_checks` (shims/foreign/) wrote. A check that passes
where Dagster's fails is a difference, and so is every other disagreement. A check that no mutation
flips proves nothing about bad data, and is listed as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

SCHEMA = 1
GOOD = 0
"""The round that runs on the data as it is."""

SAME, DIFFERENT, NOT_FLIPPED, NOT_RUN = "same", "different", "not flipped", "not run"


@dataclass(frozen=True)
class Verdict:
    """One check: what both sides say of the good data and of the data corrupted for it."""

    asset: str
    check: str
    kind: str
    test: str
    outcome: str
    good: tuple[str | None, str | None]
    mutation: str
    mutated: tuple[str | None, str | None]
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        """As verdicts.json lists it."""
        sides = {
            name: {"dagster": pair[0], "prefect": pair[1]}
            for name, pair in (("good", self.good), ("mutated", self.mutated))
        }
        return {**asdict(self), **sides}


@dataclass(frozen=True)
class Verdicts:
    """All checks of a project, and how many rounds of corrupted data they were tried on."""

    verdicts: tuple[Verdict, ...]
    rounds: int
    failed_changes: tuple[str, ...] = ()

    @property
    def summary(self) -> dict[str, int]:
        """How many checks came out how."""
        return dict(Counter(v.outcome for v in self.verdicts))

    @property
    def equal(self) -> bool:
        """True when no verdict differs, every corruption could be repeated, and at least one was compared."""
        compared = any(v.outcome in (SAME, NOT_FLIPPED) for v in self.verdicts)
        different = any(v.outcome == DIFFERENT for v in self.verdicts)
        return compared and not different and not self.failed_changes

    def as_json(self, **about: Any) -> dict[str, Any]:
        """The content of `verdicts.json` (`migrate/schemas/verdicts.schema.json`)."""
        return {
            "schema": SCHEMA,
            "equal": self.equal,
            "summary": self.summary,
            "rounds": self.rounds,
            "failed_changes": list(self.failed_changes),
            **about,
            "checks": [v.as_json() for v in self.verdicts],
        }


def compare(dagster: Mapping[str, Any], prefect: Mapping[str, Any]) -> Verdicts:
    """Both sides' answers in, one verdict a check out."""
    left = [round_["verdicts"] for round_ in dagster["rounds"]]
    right = [round_["verdicts"] for round_ in prefect["rounds"]]
    failed = [text for round_ in prefect["rounds"] for text in round_.get("failed_changes", ())]
    found = tuple(_verdict(check, dagster["rounds"], left, right) for check in dagster["checks"])
    return Verdicts(found, len(left) - 1, tuple(dict.fromkeys(failed)))


def _verdict(
    check: Mapping[str, Any],
    rounds: Sequence[Mapping[str, Any]],
    left: Sequence[Mapping[str, str]],
    right: Sequence[Mapping[str, str]],
) -> Verdict:
    key = f"{check['asset']}:{check['check']}"
    played = [number for number, verdicts in enumerate(left) if key in verdicts]
    differing = [n for n in played if not same(left[n][key], _at(right, n, key))]
    flipped = [n for n in played if n != GOOD and plain(left[n][key]) != plain(left[GOOD].get(key, ""))]
    shown = (differing or flipped or [GOOD])[0]
    detail = check.get("why_not", "")
    if differing:
        outcome = DIFFERENT
        detail = f"{rounds[shown]['title']}: Dagster {left[shown][key]}, Prefect {_at(right, shown, key)}"
    elif not played or detail:
        outcome = NOT_RUN
    else:
        outcome = SAME if flipped else NOT_FLIPPED
    mutation = "" if shown == GOOD else _mutation(rounds[shown], check["asset"])
    return Verdict(
        check["asset"],
        check["check"],
        check["kind"],
        check.get("test", ""),
        outcome,
        (left[GOOD].get(key), _at(right, GOOD, key)),
        mutation,
        (left[shown].get(key), _at(right, shown, key)) if mutation else (None, None),
        detail,
    )


def _mutation(round_: Mapping[str, Any], asset: str) -> str:
    """What was done to the asset's own table in a round, else the round's title."""
    own = asset.rpartition("/")[2]
    mine = [c for c in round_["changes"] if c["table"].rpartition(".")[2] == own and c["mutation"]]
    words = Counter(c["mutation"] for c in mine)
    return f"{own}: {', '.join(words)}" if words else str(round_["title"])


def _at(side: Sequence[Mapping[str, str]], number: int, key: str) -> str | None:
    return side[number].get(key) if number < len(side) else None


def plain(verdict: str) -> str:
    """`passed`, `failed` or `raised`."""
    return verdict.partition(",")[0].partition(":")[0]


def same(left: str, right: str | None) -> bool:
    """One verdict and one severity; an error is an error, whatever its words."""
    if right is None:
        return False
    if plain(left) == plain(right) == "raised":
        return True
    return left == right


def differences(found: Verdicts) -> Iterator[Verdict]:
    """The checks on which the sides disagree."""
    yield from (v for v in found.verdicts if v.outcome == DIFFERENT)
