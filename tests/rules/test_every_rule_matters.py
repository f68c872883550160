"""Break each rule, one thing at a time: its own fixtures must notice. No rule survives its mutation.

What is broken: the rule is not registered; one of its rewrites does nothing; it reads no arguments;
its disposition says something else. In process, and only that rule's fixtures, until one fails.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import migrate.rules
from migrate.conversion import Conversion, convert_project
from migrate.conversion_record import as_json
from migrate.outcomes import Adapted, Converted
from migrate.reading.project import read
from migrate.rules import Registered, is_construct, registry

HERE = Path(__file__).parent
RULES = registry()
REWRITES = ("function", "class_", "statement", "expression", "method", "unit", "deployments")
Broken = Callable[[pytest.MonkeyPatch], Registered | None]


def unchanged(work: Any, construct: Any, updated: Any) -> list[Any]:
    """A rewrite that does nothing."""
    return [updated]


def nothing(*_: Any) -> None:
    """A rewrite of a value that leaves it as it is."""


def no_deployments(*_: Any) -> list[Any]:
    """A rule that adds nothing to prefect.yaml."""
    return []


NO_OPS: dict[str, Callable[..., Any]] = {
    **dict.fromkeys(("function", "class_", "statement"), unchanged),
    **dict.fromkeys(("expression", "method", "unit"), nothing),
    "deployments": no_deployments,
}
SWAPS: dict[str, Callable[..., Any]] = {
    "Converted": lambda *_, **__: Adapted("a difference that nobody named"),
    "Adapted": lambda *_, **__: Converted(),
    "Manual": lambda *_, **__: Converted(),
    "Dropped": lambda *_, **__: Converted(),
    "Bridged": lambda *_, **__: Converted(),
}


def mutations(item: Registered) -> Iterator[tuple[str, Broken]]:
    """(what is broken, how) of one rule."""
    yield "drop the rule", lambda _: None
    rule = item.rule
    for part in REWRITES:
        if getattr(rule, part) is not None:
            yield f"no {part}", lambda _, part=part: replace(item, rule=replace(rule, **{part: NO_OPS[part]}))
    if rule.arguments:
        yield "read no arguments", lambda _: replace(item, rule=replace(rule, arguments=frozenset()))
    module = sys.modules[f"migrate.rules.{item.name}"]
    if any(getattr(rule, part) is not None for part in ("function", "class_", "statement")):
        for word in sorted(SWAPS.keys() & vars(module).keys()):

            def swapped(patch: pytest.MonkeyPatch, word: str = word) -> Registered:
                patch.setattr(module, word, SWAPS[word])
                return item

            yield f"another disposition than {word}", swapped


MUTATIONS = [(item, what, broken) for item in RULES for what, broken in mutations(item)]


def convert(case: Path, folder: Path) -> Conversion:
    (folder / "project").mkdir(parents=True, exist_ok=True)
    (folder / "project" / "code.py").write_bytes((case / "before.py").read_bytes())
    return convert_project(read(folder / "project", is_construct))


def told(result: Conversion) -> tuple[Any, ...]:
    """All that a fixture sees of a conversion."""
    record = as_json(result)
    constructs = [(c["kind"], c["name"], c["disposition"], c["note"]) for c in record["constructs"]]
    unread = [(u["construct"], u["argument"]) for u in result.unread]
    said = [n["note"] for n in result.notes], [e.message for e in result.errors]
    return result.files.get("code.py"), result.files.get("prefect.yaml"), constructs, unread, said


@cache
def cases(rule: str) -> tuple[Path, ...]:
    found = [path.parent for path in sorted((HERE / rule).glob("*/before.py"))]
    return tuple(sorted(found, key=lambda case: (case.name.startswith("leaves_alone"), case.name)))


@pytest.fixture(scope="module")
def as_it_is(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], tuple[Any, ...]]:
    """What a case becomes with all rules whole; that this is what is written down, test_rules.py says."""

    @cache
    def whole(case: Path) -> tuple[Any, ...]:
        return told(convert(case, tmp_path_factory.mktemp("whole")))

    return whole


@pytest.mark.parametrize(
    ("item", "what", "broken"), MUTATIONS, ids=[f"{item.name}: {what}" for item, what, _ in MUTATIONS]
)
def test_a_broken_rule_is_noticed_by_its_own_fixtures(
    item: Registered,
    what: str,
    broken: Broken,
    as_it_is: Callable[[Path], tuple[Any, ...]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = [(case, as_it_is(case)) for case in cases(item.name)]
    mutant = broken(monkeypatch)
    rules = tuple(x for r in RULES for x in ((mutant,) if r is item else (r,)) if x is not None)
    monkeypatch.setattr(migrate.rules, "registry", lambda: rules)
    clear()
    try:
        assert any(notices(case, then, tmp_path / str(n)) for n, (case, then) in enumerate(expected)), (
            f"{item.name}: {what}: none of its {len(expected)} fixtures notices"
        )
    finally:
        monkeypatch.undo()
        clear()


def notices(case: Path, then: tuple[Any, ...], folder: Path) -> bool:
    try:
        return told(convert(case, folder)) != then
    except Exception:  # a broken rule may break anything: noticed
        return True


def clear() -> None:
    migrate.rules._by_name.cache_clear()
    migrate.rules.rule_for.cache_clear()
