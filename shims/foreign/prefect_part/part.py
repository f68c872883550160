"""Which tasks of a flow run, which are skipped, which are bridged."""

from __future__ import annotations

from typing import Any

from prefect.futures import PrefectFuture

from ..asset_keys import plain_key


class Part:
    """Which tasks run, which are skipped, which are bridged; and which have been met."""

    def __init__(self, request: dict[str, Any], *, dry: bool = False) -> None:
        self.assets = set(request.get("assets", ()))
        self.checks = {(asset, name) for asset, name in request.get("checks", ())}
        self.bridged = set(request.get("bridged", ()))
        self.rules: Any = request.get("rules")
        self.everything = bool(request.get("everything"))
        self.dry = dry
        self.config = request.get("config") or {}
        self.values: dict[str, Any] = request.get("values") or {}
        self.read = set(request.get("read", ()))
        self.futures: dict[int, tuple[Any, Any]] = {}
        self.makers: set[str] = set()
        self.met_assets: set[str] = set()
        self.met_checks: set[tuple[str, str]] = set()

    def choice(self, task: Any) -> str:
        """`run`, `bridge` or `skip` for a task; notes what it makes."""
        made, judged = keys_of(task), checks_of(task)
        self.met_assets |= made
        self.met_checks |= judged
        self.makers |= {str(task.name)} if made & self.assets else set()
        if self.dry:
            return "skip"
        if made & self.bridged or (made and self.left_to_dagster(task, made)):
            return "bridge"
        return "run" if self.everything or made & self.assets or judged & self.checks else "skip"

    def left_to_dagster(self, task: Any, made: set[str]) -> bool:
        """Whether routing.toml leaves a task's assets to Dagster.

        Raises:
            ValueError: only some of them: one function makes them all.
        """
        if self.rules is None:
            return False
        from migrate.routing_rules import BY_PREFECT, state_of

        graph = getattr(task, "dbt_graph", None)
        groups = {plain_key(a.key): a.group for a in graph.assets} if graph is not None else {}
        own = next((tag[len("group:") :] for tag in sorted(task.tags) if tag.startswith("group:")), "default")
        states = {key: state_of(self.rules, key, groups.get(key) or own) for key in made}
        sides = {state in BY_PREFECT for state in states.values()}
        if len(sides) > 1:
            raise ValueError(f"one function makes all of these, route them alike: {states}")
        return sides == {False}

    def noted(self, task: Any, future: Any) -> Any:
        """The same future, remembered with the task it is of."""
        self.futures[id(future)] = (future, task)
        return future

    def maker(self, future: Any) -> Any:
        """The task whose future this is, or one output of it; None for one of somebody else's."""
        return self.futures.get(id(getattr(future, "future", future)), (None, None))[1]

    def is_bridged(self, task: Any) -> bool:
        """Whether Dagster does a task."""
        return self.choice(task) == "bridge"

    def refuse_unread(self, task: Any, future: Any) -> None:
        """See that a value that Dagster makes is read back for the task that takes it.

        Raises:
            LookupError: it is not.
        """
        made = self.maker(future)
        if made is not None and self.is_bridged(made) and not (keys_of(made) <= self.read):
            raise LookupError(
                f"{task.name} takes the value of {made.name}, which Dagster makes and nobody reads back: "
                "run `migrate verify`, or route both alike"
            )

    def value_for_dagster(self, task: Any, future: Any) -> tuple[str, Any]:
        """The asset whose value a future is, and the future; no asset where Dagster has stored it itself.

        Raises:
            LookupError: it cannot be told which asset it is.
        """
        made = self.maker(future)
        if made is None or self.is_bridged(made):
            return "", future
        keys = sorted(keys_of(made))
        named = [key for key in keys if key.split("/")[-1] == getattr(future, "name", "")]
        if len(keys) == 1 and getattr(future, "future", None) is None:
            return keys[0], future
        if len(keys) == 1 or len(named) == 1:
            return (named or keys)[0], future
        raise LookupError(f"{task.name} takes one of {', '.join(keys)}: route it as {made.name} is")

    def returned(self, told: dict[str, Any], key: str) -> Any:
        """The value of an asset that a task of this run made.

        Raises:
            KeyError: it was not produced.
        """
        future = next(f for f, task in self.futures.values() if key in keys_of(task))
        value = future.result() if isinstance(future, PrefectFuture) else future
        return value[told["output"]] if told["several"] else value

    @property
    def missing(self) -> list[str]:
        """What was asked for and is made by no task of the flow."""
        assets = (self.assets | self.bridged) - self.met_assets
        return sorted(assets) + sorted(f"{asset} {name}" for asset, name in self.checks - self.met_checks)


def keys_of(task: Any) -> set[str]:
    """The assets that a task makes."""
    return {plain_key(asset) for asset in getattr(task, "assets", None) or ()}


def checks_of(task: Any) -> set[tuple[str, str]]:
    """(asset, name) of the checks that a task evaluates."""
    return {(plain_key(spec.asset), spec.name) for spec in getattr(task, "checks", None) or ()}
