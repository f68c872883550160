"""The steps that a composition leaves behind: a submitted task each, with its arguments spelled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.units import Unit
from migrate.rewriting.config_classes import config_class
from migrate.rewriting.invocations import Invoked, config_text
from migrate.rewriting.layout import quoted
from migrate.rewriting.partitioned import config_of_step
from migrate.rewriting.references import identifier, task_reference
from migrate.rewriting.said import said_config
from migrate.rewriting.signature import TaskParameter, task_parameters
from migrate.rewriting.unconnected import unconnected
from migrate.rewriting.wiring import Step, Wiring, argument
from migrate.rewriting.work import Work

if TYPE_CHECKING:
    from migrate.rewriting.composed import Value


class Steps:
    """Adds steps to a wiring. `hooks` are those that every step has.

    `configs` and `inputs` are what the job fixes by the name of the step, `said` the expression it does it
    with.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self.wiring = Wiring()
        self.comment: list[str] = []
        self.hooks: tuple[tuple[str, str], ...] = ()
        self.configs: Mapping[str, Any] = {}
        self.inputs: Mapping[str, Mapping[str, Any]] = {}
        self.said: cst.BaseExpression | None = None
        self.retry: tuple[str, ...] = ()
        self.within_task = False
        self._before: list[str] = []
        self._items: dict[str, str] = {}
        self._times: dict[str, int] = {}

    def items_of(self, future: str) -> str:
        """The variable of a list of an output's items; the line that fills it comes before the next step."""
        if future not in self._items:
            items = self._work.need("prefect_support.flows", "items")
            words = re.findall(r"\w+", future.replace("_future", "").removeprefix("output"))
            name = "_".join([*words, "items"])
            self._before.append(f"{name} = {items}({future})")
            self._items[future] = name
        return self._items[future]

    def add(self, prefix: str, invoked: Invoked, given: Mapping[str, Value]) -> Step:
        """One more step: the op with these values of its inputs."""
        unit = invoked.unit
        assert unit
        step = prefix + self.named(prefix, invoked.name)
        name = self._unique(step)
        loops = self._loops(given)
        values = {label: loops.get(value.text, value.text) for label, value in given.items()}
        unread = [i.name for i in unit.inputs if i.key == "nothing" or (i.loader and not i.key)]
        waits = [text for label in unread for text in self._waited(given.get(label))]
        known = [i.name for i in unit.inputs]
        waits += [text for label in given if label not in known for text in self._waited(given[label])]
        made = Step(
            name,
            self._task(unit, step, invoked),
            self._arguments(unit, invoked, values, step),
            list(dict.fromkeys(waits)),
            self.comment,
            tuple((variable, text) for text, variable in loops.items()),
            tuple(self._before),
        )
        self.comment, self._before = [], []
        self.wiring.steps.append(made)
        return made

    def named(self, prefix: str, name: str) -> str:
        """The name of an invocation as Dagster gives it: the second of an op in one graph is `op_2`."""
        times = self._times[prefix + name] = self._times.get(prefix + name, 0) + 1
        return name if times == 1 else f"{name}_{times}"

    def _loops(self, given: Mapping[str, Value]) -> dict[str, str]:
        """What to go through → the loop's variable."""
        texts = dict.fromkeys(value.text for value in given.values() if value.over)
        return {text: "item" if place == 0 else f"item_{place + 1}" for place, text in enumerate(texts)}

    def _waited(self, value: Value | None) -> list[str]:
        if value is None:
            return []
        if value.over:
            self.wiring.problems.append("an order without a value, of what is run for each item")
        return [item.text for item in value.items] if value.items is not None else [value.text]

    def _task(self, unit: Unit, step: str, invoked: Invoked) -> str:
        """The task, with the options it is invoked under."""
        task = task_reference(self._work, unit, self.wiring)
        options = list(invoked.options)
        if step != unit.name:
            options.insert(0, f"name={quoted(step)}")
        if self.retry and not unit.construct.argument("retry_policy"):
            options += self.retry
        for kind in ("on_completion", "on_failure"):
            hooks = dict.fromkeys(h for k, h in (*self.hooks, *invoked.hooks) if k == kind)
            if hooks:
                options.append(f"{kind}=[{', '.join(hooks)}]")
        return f"{task}.with_options({', '.join(options)})" if options else task

    def _arguments(self, unit: Unit, invoked: Invoked, values: Mapping[str, str], step: str) -> list[str]:
        found, left_out = [], False
        for parameter in task_parameters(self._work.model, unit):
            text = self._argument(unit, invoked, parameter, values, step)
            if text is None:
                left_out = True
            else:
                found.append(f"{parameter.name}={text}" if left_out else text)
        return found

    def _argument(
        self, unit: Unit, invoked: Invoked, parameter: TaskParameter, values: Mapping[str, str], step: str
    ) -> str | None:
        if parameter.source == "input":
            if parameter.name in values:
                return values[parameter.name]
            given = self.inputs.get(step, {})
            return unconnected(self._work, unit, step, parameter, given, self.wiring)
        if parameter.source == "config":
            return self._config(unit, invoked, parameter, step)
        if parameter.source == "resource" and self.within_task:
            return parameter.of
        return argument(self._work, unit, parameter, {}, self.wiring)

    def _config(self, unit: Unit, invoked: Invoked, parameter: TaskParameter, step: str) -> str:
        """The config: what was configured, else a parameter of the flow named after the step."""
        fixed = invoked.config if invoked.config is not None else self.configs.get(step)
        if fixed is not None:
            text = config_text(self._work, unit, parameter.of, fixed)
            if not text and invoked.config is None:
                text = said_config(self._work, unit, parameter.of, self.said, step)
            if not text:
                self.wiring.problems.append(f"the config of {invoked.name}, which is no plain value")
            return text or "None"
        if self.wiring.worked_out:
            return config_of_step(self._work, self.wiring, unit, parameter.of, step)
        name = f"{identifier(step.rpartition('.')[2])}_config"
        if name in [c[0] for c in self.wiring.configs]:  # an op of another graph
            name = f"{identifier(step)}_config"
        self.wiring.configs.append((name, *config_class(self._work, unit, parameter.of)))
        return name

    def _unique(self, name: str) -> str:
        taken = {identifier(s.name) for s in self.wiring.steps}
        if identifier(name) not in taken:
            return name
        number = 2
        while f"{identifier(name)}_{number}" in taken:
            number += 1
        return f"{name}_{number}"
