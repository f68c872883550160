"""The resources of a flow: made when it starts, by functions of the project or where the job names them."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.deployed_resources import Resource
from migrate.reading.values import Called, Decorated, Unknown
from migrate.rewriting.launched import of_config
from migrate.rewriting.layout import call, lay, quoted
from migrate.rewriting.living import lives
from migrate.rewriting.moved import moved
from migrate.rewriting.parts import rewritten
from migrate.rewriting.references import camel, local_name
from migrate.rewriting.set_up_by_runs import has_schema, is_launched, keys_set_up
from migrate.rewriting.wiring import Wiring
from migrate.rewriting.work import Work
from migrate.rewriting.yields import generates

VALUES = "dagster.make_values_resource"


@dataclass(frozen=True)
class Made:
    """A resource in a flow: its variable, the expression that makes it, and how it is opened and closed."""

    local: str
    text: str
    yields: bool = False
    lives: bool = False


def made_in(work: Work, wiring: Wiring, function: str, key: str) -> Made:
    """How the flow `function` comes by a resource; one that nothing provides is a problem of the wiring."""
    own = wiring.own.get(key)
    resource = own or work.model.resources.get(key)
    local = local_name(work, key)
    if resource is None:
        wiring.problems.append(f"there is no resource {key}")
        return Made(local, "")
    if not resource.function:
        return Made(local, _apart(work, wiring, resource))
    if (own and own.cases) or len({yields(work, way) for way in resource.ways}) > 1:
        wiring.problems.append(f"the resource {key}, which only the run chooses")
    if own is not None and isinstance(own.value, Called) and own.value.name == VALUES:
        if key in wiring.set_up:
            wiring.problems.append(f"the config of the resource {key}, which the job says")
        return Made(local, _values(work, wiring, function, own))
    if own and own.node is not None and key not in wiring.set_up:
        text = _inline(work, wiring, own)
    else:
        text = _called(work, wiring, resource, own)
    return Made(local, text, *(any(ask(work, way) for way in resource.ways) for ask in (yields, has_life)))


def _apart(work: Work, wiring: Wiring, own: Resource) -> str:
    """What Definitions have that others give differently: Dagster's own files, or nothing alike."""
    if isinstance(own.value, Unknown):
        wiring.problems.append(f"the resource {own.key}: {own.value.reason}")
        return ""
    return f"{work.need('prefect_support.pickled_files', 'PickledFiles')}()"


def _called(work: Work, wiring: Wiring, resource: Resource, own: Resource | None) -> str:
    """A call of the function that makes it; a job's bare `@resource` takes its config from the run."""
    if resource.module == work.file.module:
        maker = resource.function
    else:
        maker = f"{work.own_module(resource.module)}.{resource.function}"
    if resource.key in wiring.set_up:
        start = 4 + len(f"{local_name(work, resource.key)} = ")
        return lay(call(maker, *_fixed(work, wiring, resource)), 4, start)
    asked = own is not None or resource.key in keys_set_up(work.model)
    if not is_launched(work, resource) and not (asked and has_schema(work, own or resource)):
        return f"{maker}()"
    return f"{maker}(**({_parameter(work, wiring, resource.key)} or {{}}))"


def _parameter(work: Work, wiring: Wiring, key: str) -> str:
    """A parameter of the flow: what a run says of a resource."""
    name = f"{key}_config"
    if wiring.worked_out:
        wiring.resources_worked_out.append(key)
        return name
    wiring.parameters.append(f"{name}: dict[str, {work.need('typing', 'Any')}] | None = None")
    return name


def _fixed(work: Work, wiring: Wiring, resource: Resource) -> list[str]:
    """The config that a job says for a `@resource` function, as arguments."""
    from migrate.rewriting.invocations import spelled_value

    given = wiring.set_up[resource.key]
    takes_fields = isinstance(resource.value, Decorated) or is_launched(work, resource)
    fields = given.items() if isinstance(given, dict) and takes_fields else ()
    found = []
    for name, worth in fields:
        variable = worth.get("env") if isinstance(worth, dict) and set(worth) == {"env"} else None
        if isinstance(variable, str):
            work.need("os")
        text = f"os.environ[{quoted(variable)}]" if isinstance(variable, str) else spelled_value(worth)
        found.append(f"{name}={text}" if text and name.isidentifier() else "")
    if not found or not all(found):
        wiring.problems.append(f"the config of the resource {resource.key}, which is no plain value")
    return found


def _inline(work: Work, wiring: Wiring, own: Resource) -> str:
    """What the job itself writes in `resource_defs`, after the rules have seen it."""
    assert own.node is not None
    if is_launched(work, own) and isinstance(own.node, cst.Call):
        name = _parameter(work, wiring, own.key)
        made = cst.parse_expression(of_config(work, own.node, name, optional=True))
        return work.text(moved(work, made, own.written))
    spoken = own.node.func if isinstance(own.node, cst.Call) else own.node
    with work.names_of(own.written):
        text, of_dagster = rewritten(work, own.node), work.scopes.dagster(spoken)
    value = moved(work, cst.parse_expression(text), own.written)
    refused = work.outcomes.get(work.model.project.place_of(own.node) or "")
    if isinstance(refused, Manual):
        wiring.problems.append(f"the resource {own.key}: {refused.reason}")
    if of_dagster and value.deep_equals(own.node):
        wiring.problems.append(f"there is no resource {own.key}")
    return work.text(value)


def _values(work: Work, wiring: Wiring, function: str, own: Resource) -> str:
    """`make_values_resource`: a config of the flow, handed to the tasks as a dictionary."""
    from migrate.rewriting.schemas import field_line  # it is about wirings too

    node = own.node
    fields = node.args if isinstance(node, cst.Call) else ()
    if own.written != work.file.module or not all(a.keyword for a in fields):
        wiring.problems.append(f"the values of {own.key}, which reading cannot tell")
        return "{}"
    kind = f"{camel(function)}{camel(own.key)}"
    work.need("pydantic", "BaseModel")
    lines = [field_line(work, a.keyword.value, a.value) for a in fields if a.keyword] or ["    pass"]
    bare = [line.replace(" = Field(description=", "") for line in lines]
    head = [
        f'class {kind}(BaseModel, extra="forbid"):',
        f'    """Values that steps of `{function}` share."""',
        "",
    ]
    wiring.before.append("\n".join([*head, *lines]))
    complete = all(" = " in line or line == "    pass" for line in bare)
    wiring.configs.append((f"{own.key}_config", kind, complete))
    return f"{own.key}_config.model_dump(exclude_none=True)"


def yields(work: Work, resource: Resource) -> bool:
    """Whether a resource is made by a function that yields it: a context manager."""
    value = resource.value
    while isinstance(value, Called) and value.short == "configured" and value.args:
        value = value.args[0]
    construct = work.model.project.constructs.get(value.place) if isinstance(value, Decorated) else None
    node = construct.node if construct else None
    return isinstance(node, cst.FunctionDef) and generates(node)


def has_life(work: Work, resource: Resource) -> bool:
    """Whether `running` has something to call for it."""
    path = resource.type_path
    if ":" not in path:
        return False
    module, name = path.split(":")
    return lives(work.model.project.names, module, name)
