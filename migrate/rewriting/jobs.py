"""What `@job` and `graph.to_job` have in common: config, hooks, retries and executor of a whole job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import libcst as cst

from migrate.model import Job
from migrate.outcomes import Adapted, Converted
from migrate.reading.constructs import Construct
from migrate.reading.executors import limit_of
from migrate.reading.scope import Scope
from migrate.reading.units import Unit
from migrate.reading.values import Called
from migrate.rewriting.composed import Value
from migrate.rewriting.composition import Composition
from migrate.rewriting.flows import flow_code
from migrate.rewriting.invocations import hooks_in
from migrate.rewriting.layout import Item, quoted
from migrate.rewriting.partitioned import partitioned_config, partitions_told, worked_out
from migrate.rewriting.steps import Steps
from migrate.rewriting.unconnected import fixed_text, plain_type
from migrate.rewriting.wiring import Wiring
from migrate.rewriting.work import Work

JOB_READ = frozenset(
    {
        *("name", "description", "tags", "resource_defs", "executor_def", "config", "hooks"),
        *("op_retry_policy", "partitions_def", "metadata", "run_tags", "input_values"),
    }
)
UNSTORED = "its ops hand their values on in memory: `io_manager` stores none of them"
FAN_OUT = "the flow waits where a task's items are counted; what comes after it in the code starts later"


def job_wiring(work: Work, construct: Construct, function: cst.FunctionDef, module: str) -> Wiring:
    """The wiring of a job whose composition is `function` of `module`."""
    steps = Steps(work)
    apart = work.model.holdings.apart.of((), construct.place)
    steps.wiring.own = {**apart, **work.model.job_resources.get(construct.place, {})}
    value = work.model.project.value
    hooks = hooks_in(work, value(construct, "hooks"))
    steps.hooks = hooks or ()
    if hooks is None:
        steps.wiring.problems.append("its hooks cannot be told by reading")
    worked = partitioned_config(work.model, construct)
    worked_out(work, steps.wiring, worked)
    given = None if worked else value(construct, "config")
    steps.wiring.set_up, given = resources_apart(given)
    configs = configs_of(given)
    steps.configs, steps.inputs, steps.said = configs or {}, inputs_of(given), construct.argument("config")
    if configs is None:
        steps.wiring.problems.append("its config cannot be told by reading")
    policy = construct.argument("op_retry_policy")
    if policy is not None:
        steps.retry = _retry(work, policy)
    composition = Composition(work, module, steps)
    composition.variables = graph_inputs(work, construct, function, steps.wiring)
    composition.body(function)
    partitions = partitions_told(work.model, construct)
    if partitions is not None:
        from migrate.rewriting.references import partition_alias

        steps.wiring.partition = partition_alias(work, partitions)
    steps.wiring.workers = workers(work, construct)
    return steps.wiring


def graph_inputs(
    work: Work, construct: Construct, function: cst.FunctionDef, wiring: Wiring
) -> dict[str, Value]:
    """What a graph's parameters are: values that the job gives, else parameters of the flow."""
    given = work.model.project.value(construct, "input_values")
    found = {}
    for parameter in function.params.params:
        name = parameter.name.value
        annotation = work.text(parameter.annotation.annotation) if parameter.annotation else ""
        kind = plain_type(work, annotation)
        if isinstance(given, dict) and name in given:
            text = fixed_text({"value": given[name]})
            found[name] = Value(text or "None")
            wiring.problems += [] if text else [f"the graph's input {name}, which is no plain value"]
        elif kind:
            wiring.inputs.append(f"{name}: {kind}")
            found[name] = Value(name)
        else:
            wiring.problems.append(f"the graph's input {name}")
    return found


def job_options(
    work: Work, construct: Construct
) -> tuple[dict[str, Any], Callable[[Unit | None], list[str]], list[str]]:
    """What an asset job says of its steps: configs by name, task options of a unit, and what is not told."""
    value = work.model.project.value
    given = None if partitioned_config(work.model, construct) else value(construct, "config")
    configs, hooks = configs_of(given), hooks_in(work, value(construct, "hooks"))
    policy = construct.argument("op_retry_policy")
    retry = _retry(work, policy) if policy is not None else ()
    problems = [] if configs is not None else ["its config cannot be told by reading"]
    problems += [] if hooks is not None else ["its hooks cannot be told by reading"]

    def options(unit: Unit | None) -> list[str]:
        own = unit is not None and unit.construct.argument("retry_policy") is not None
        found = [] if own or (unit and unit.does == "check") else list(retry)
        for kind in ("on_completion", "on_failure"):
            named = [hook for of, hook in hooks or () if of == kind]
            found += [f"{kind}=[{', '.join(dict.fromkeys(named))}]"] if named else []
        return found

    return configs or {}, options, problems


def _retry(work: Work, policy: cst.BaseExpression) -> tuple[str, ...]:
    from migrate.rewriting.parts import rewritten
    from migrate.rules.retry_policy import spelled

    return tuple(spelled(work, policy)) or (f"**{rewritten(work, policy)}",)


def configs_of(given: Any) -> dict[str, Any] | None:
    """The config of each op by the name of its step; None when it cannot be told."""
    ops = _ops_of(given)
    return None if ops is None else {name: op["config"] for name, op in ops.items() if "config" in op}


def inputs_of(given: Any) -> dict[str, Mapping[str, Any]]:
    """The values that a config says of inputs, by the name of the step and of the input."""
    return {name: op["inputs"] for name, op in (_ops_of(given) or {}).items() if "inputs" in op}


def _ops_of(given: Any) -> dict[str, Mapping[str, Any]] | None:
    """What a run config says of each op by the name of its step, those within graphs too; None if untold."""
    if isinstance(given, Called) and given.short == "RunConfig":
        given = {"ops": given.get("ops", 0) or {}, **({"resources": 1} if given.get("resources", 1) else {})}
        given["ops"] = {
            k: {"config": _fields(v)} if isinstance(v, Called) else v for k, v in given["ops"].items()
        }
    if given is None:
        return {}
    if not isinstance(given, dict) or set(given) - {"ops", "execution", "loggers"}:
        return None
    return _laid_out(given.get("ops", {}), "")


def _laid_out(ops: Any, prefix: str) -> dict[str, Mapping[str, Any]] | None:
    if not isinstance(ops, dict):
        return None
    found: dict[str, Mapping[str, Any]] = {}
    for name, op in ops.items():
        if not isinstance(op, dict) or set(op) - {"config", "inputs", "ops"}:
            return None
        inner = _laid_out(op.get("ops", {}), f"{prefix}{name}.")
        if inner is None or not isinstance(op.get("inputs", {}), dict):
            return None
        found[f"{prefix}{name}"] = op
        found.update(inner)
    return found


def named(work: Work, job: Job, wiring: Wiring) -> None:
    """Say what a job is called whose name only running tells: its function's name, if no other job has it."""
    if job.named:
        return
    if [other.name for other in work.model.jobs.values()].count(job.name) > 1:
        wiring.problems.append("its name cannot be told by reading")
    wiring.differences.append(f"its name is worked out by code: the flow is called {job.name}")


def resources_apart(given: Any) -> tuple[Mapping[str, Any], Any]:
    """The configs of resources that a job's config holds, by key, and the rest of it."""
    resources = given.get("resources") if isinstance(given, dict) else None
    if not isinstance(resources, dict) or any(set(r) != {"config"} for r in resources.values()):
        return {}, given
    rest = {name: worth for name, worth in given.items() if name != "resources"}
    return {key: one["config"] for key, one in resources.items()}, rest


def _fields(value: Any) -> Any:
    """A config object of the project as a dictionary."""
    return dict(value.kwargs) if isinstance(value, Called) and not value.args else value


def workers(work: Work, construct: Construct) -> int | None:
    """How many steps of a job run at once; None for as many as there are."""
    node = construct.argument("executor_def")
    if node is None:
        limit = _limit_of_run(work.model.project.value(construct, "config"))
        return limit or work.model.workers
    return limit_of(work.model.project.evaluator.value(node, Scope(construct.module, {})))


def _limit_of_run(config: Any) -> int | None:
    """`max_concurrent` of the executor that a job's config names."""
    execution = config.get("execution") if isinstance(config, dict) else None
    chosen = execution.get("config", execution) if isinstance(execution, dict) else None
    if not isinstance(chosen, dict):
        return None
    if "in_process" in chosen:
        return 1
    inner = chosen.get("multiprocess", chosen)
    limit = inner.get("max_concurrent") if isinstance(inner, dict) else None
    return limit if isinstance(limit, int) and limit else None


def job_outcome(work: Work, construct: Construct, wiring: Wiring) -> Converted | Adapted:
    """Fan-out waits in the flow's body; values go from op to op without a storage class between them."""
    given = {**work.model.resources, **work.model.job_resources.get(construct.place, {})}
    said = [FAN_OUT] if any(step.over for step in wiring.steps) else []
    said += [UNSTORED] if "io_manager" in given else []
    said += dict.fromkeys(wiring.differences)
    return Adapted("; ".join(said)) if said else Converted()


def job_code(work: Work, construct: Construct, job: Job, wiring: Wiring, docstring: str) -> str:
    """The source of the job's flow."""
    named(work, job, wiring)
    items: list[Item] = [f"name={quoted(job.name)}"]
    description = construct.argument("description")
    if description is not None:
        items.append(f"description={work.text(description)}")
    return flow_code(work, job.function, items, wiring, docstring)
