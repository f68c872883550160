"""Converting a project: every file, every construct, and what became of them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import libcst as cst

from migrate.errors import SourceError
from migrate.model import Model
from migrate.outcomes import Converted, Manual, Outcome, Undeployed, disposition
from migrate.reading.constructs import Construct
from migrate.reading.names import External
from migrate.reading.project import Project, PythonFile, read
from migrate.reading.source import Problem
from migrate.reading.values import Called, known
from migrate.rewriting.deployments import Deployment, spelled
from migrate.rewriting.imports import mend
from migrate.rewriting.layout import set_width
from migrate.rewriting.leftovers import REMEDY, Refusing
from migrate.rewriting.rewriter import Rewriter
from migrate.rewriting.used import used_names
from migrate.rewriting.work import Work
from migrate.rules import is_construct, rule_for
from migrate.target_files import add_support, settings


@dataclass(frozen=True)
class Entry:
    """One construct and its outcome, as conversion.json lists it."""

    construct: Construct
    outcome: Outcome
    rule: str
    key: str = ""
    target: str = ""


@dataclass
class Conversion:
    """The whole result: files of the target by path, entries, unread arguments, errors, notes."""

    files: dict[str, bytes] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    unread: list[dict[str, Any]] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    dependencies: tuple[str, ...] = ()

    @property
    def summary(self) -> dict[str, int]:
        """How many constructs of each disposition."""
        found: dict[str, int] = {}
        for entry in self.entries:
            word = disposition(entry.outcome)
            found[word] = found.get(word, 0) + 1
        return dict(sorted(found.items()))


def convert(root: Path, progress: Callable[[str], None] | None = None) -> Conversion:
    """Convert the project at `root`; nothing is written.

    Raises:
        SourceError: there is no Dagster project at `root`.
    """
    project = read(root, is_construct, progress)
    if not project.constructs and not project.problems:
        raise SourceError(
            "nothing in this project is Dagster's: there is nothing to convert",
            file=root,
            remedy="Name the folder of a Dagster project; what has been converted needs no second time.",
        )
    return convert_project(project)


def convert_project(project: Project) -> Conversion:
    """Convert a project that has been read."""
    model, result = Model(project), Conversion(errors=list(project.problems))
    set_width(model.line_length)
    for source in project.files:
        if source.role == "skip":
            result.notes.append({"file": source.path, "note": source.note})
        elif source.role == "copy":
            data = (project.root / source.path).read_bytes()
            result.files[source.path] = settings(data) if source.path == "pyproject.toml" else data
    outcomes: dict[str, Outcome] = {}
    for file in project.python.values():
        _file(model, file, result, outcomes)
    _entries(model, result, outcomes)
    deployments = _deployments(model, outcomes)
    result.files["prefect.yaml"] = spelled(model.name, deployments).encode()
    add_support(result.files)
    return result


def _file(model: Model, file: PythonFile, result: Conversion, outcomes: dict[str, Outcome]) -> None:
    deployed = [c for c in file.constructs if model.is_deployed(c)]
    if file.shadowed or (file.constructs and not deployed and not _is_imported(model, file)):
        reason = (
            "a package of the same name hides this file from every import"
            if file.shadowed
            else "not reachable from the deployed definitions"
        )
        outcomes.update({c.place: Undeployed(reason) for c in file.constructs})
        result.notes.append({"file": file.path, "note": f"not written: {reason}"})
        return
    work = Work(model, file)
    try:
        code = rewritten_module(work)
        _parse(code)
    except Exception as problem:  # one file must never stop the others
        message = f"could not be converted: {type(problem).__name__}: {problem}"
        result.errors.append(Problem(file.path, getattr(problem, "lineno", 0) or 1, message))
        code = refused_file(file, message)
        work.outcomes.update(
            {c.place: Manual(message, "Convert this file by hand.") for c in file.constructs}
        )
    for construct in file.constructs:
        if not model.is_deployed(construct) and not isinstance(work.outcomes.get(construct.place), Manual):
            work.outcomes[construct.place] = Undeployed("not reachable from the deployed definitions")
    outcomes.update(work.outcomes)
    result.notes += [{"file": file.path, "line": line, "note": note} for line, note in work.notes]
    if not _is_empty(code) or _is_imported(model, file):
        result.files[file.path] = _encoded(file, code)
    else:
        result.notes.append({"file": file.path, "note": "not written: nothing is left of it"})


def rewritten_module(work: Work) -> str:
    """The converted source of one file."""
    tree = work.file.tree
    before = used_names(tree)
    fresh = _without_leftovers(work, tree.visit(Rewriter(work)))
    names = work.model.project.names
    fresh = mend(
        fresh,
        before,
        work.needed,
        lambda path: External(path).is_dagster,
        lambda path: path in names.modules or path.split(".")[0] in names.modules,
    )
    return _settled(fresh).code


def _without_leftovers(work: Work, fresh: cst.Module) -> cst.Module:
    lines = {name: c.line for c in work.file.constructs for name in (c.name, *c.within)}

    def place(name: str) -> str:
        nodes = work.model.project.names.modules[work.file.module].nodes.get(name, ())
        line = next((work.line(node) for node in nodes if work.line(node)), lines.get(name, 0))
        return f"{work.file.path}:{line}" if line else work.file.path

    def found(name: str, spoken: str) -> None:
        hit = [c for c in work.file.constructs if name and name in (c.name, *c.within)]
        for construct in hit:
            work.done(construct, Manual(f"{spoken} has no rule", REMEDY))
        if not hit:
            line = place(name).rpartition(":")[2]
            work.notes.append((int(line) if line.isdigit() else 0, f"{spoken}: {REMEDY}"))

    imported = frozenset(name.rpartition(" ")[2] for _, name in work.needed)
    return Refusing(work.scopes, imported, place, found).module(fresh)


def _settled(module: cst.Module) -> cst.Module:
    """Two empty lines before and after definitions at the top, as a formatter leaves them."""
    body, after_definition = [], False
    for place, statement in enumerate(module.body):
        definition = isinstance(statement, cst.FunctionDef | cst.ClassDef)
        leading = list(statement.leading_lines)
        if place and (definition or after_definition):
            first = next((i for i, line in enumerate(leading) if line.comment), len(leading))
            empty = cst.EmptyLine(indent=False)
            leading = [empty, empty, *leading[first:]]
        elif first_blank(leading) > 2:
            leading = leading[first_blank(leading) - 2 :]
        body.append(statement.with_changes(leading_lines=leading))
        after_definition = definition
    return module.with_changes(body=body)


def first_blank(leading: Sequence[cst.EmptyLine]) -> int:
    """How many empty lines come first."""
    return next((i for i, line in enumerate(leading) if line.comment), len(leading))


def refused_file(file: PythonFile, message: str) -> str:
    """A module that raises when it is imported."""
    return f"raise NotImplementedError({f'{file.path}: {message}'!r})\n"


def _encoded(file: PythonFile, code: str) -> bytes:
    newline = file.tree.default_newline
    if newline != "\n":
        code = code.replace("\r\n", "\n").replace("\n", newline)
    return code.encode(file.tree.encoding)


def _parse(code: str) -> None:
    """Raise unless the code parses; syntax newer than this Python is LibCST's to judge."""
    try:
        ast.parse(code)
    except SyntaxError:
        cst.parse_module(code)


def _is_empty(code: str) -> bool:
    """Whether nothing but a docstring and imports is left."""
    for statement in cst.parse_module(code).body:
        if not isinstance(statement, cst.SimpleStatementLine):
            return False
        for small in statement.body:
            text = isinstance(small, cst.Expr) and isinstance(small.value, cst.SimpleString)
            if not text and not isinstance(small, cst.Import | cst.ImportFrom | cst.Pass):
                return False
    return True


def _is_imported(model: Model, file: PythonFile) -> bool:
    """Whether a deployed file of the project imports this one."""
    if file.package or not file.constructs:
        return True
    for other in model.project.python.values():
        if other is file or other.shadowed or not any(model.is_deployed(c) for c in other.constructs):
            continue
        names = model.project.names.modules[other.module]
        for target in [*names.imports.values(), *names.stars]:
            leads_here = target == file.module or target.startswith(f"{file.module}.")
            if leads_here and not any(c.kind == "Definitions" for c in other.constructs):
                return True
    return False


def _entries(model: Model, result: Conversion, outcomes: Mapping[str, Outcome]) -> None:
    for construct in model.project.constructs.values():
        rule = rule_for(construct.path, base=construct.shape == "class")
        outcome = outcomes.get(construct.place) or _inline(model, construct)
        unit = model.unit_of(construct)
        key = unit.keys[0] if unit and len(unit.keys) == 1 else ""
        target = construct.file if construct.file in result.files else ""
        result.entries.append(Entry(construct, outcome, rule.name if rule else "", key, target))
        read_arguments = rule.rule.arguments if rule else frozenset()
        if isinstance(outcome, Undeployed | Manual):
            continue
        for argument in construct.arguments:
            reason = _unread(model, construct, argument.name, read_arguments)
            if reason:
                place = {"file": construct.file, "line": argument.line, "construct": construct.name}
                result.unread.append({**place, "argument": argument.name, "reason": reason})


READ_BY_VALUE = frozenset(
    {
        *("group_name", "io_manager_key", "owners", "tags", "kinds", "compute_kind", "op_tags", "blocking"),
        *("cron_schedule", "execution_timezone", "default_status", "minimum_interval_seconds"),
        *("required_resource_keys", "select", "exclude"),
    }
)
"""Arguments that are worth nothing to a rule when only running the code would tell their value."""


def _told(value: Any) -> bool:
    """Whether a value is what it will be at run time."""
    if isinstance(value, list | tuple | set):
        return all(_told(item) for item in value)
    return known(value) and not isinstance(value, Called)


def _unread(model: Model, construct: Construct, name: str, read_arguments: frozenset[str]) -> str:
    """Why an argument had no say in the outcome; empty when it had."""
    if name not in read_arguments:
        return "no rule reads it"
    if construct.within or name not in READ_BY_VALUE:
        return ""
    value = model.project.value(construct, name)
    return "" if _told(value) else "its value cannot be told by reading"


def _inline(model: Model, construct: Construct) -> Outcome:
    """A call inside another expression: what its rule contributes to prefect.yaml, or nothing yet."""
    rule = rule_for(construct.path)
    if rule and rule.rule.deployments and rule.rule.deployments(model, construct):
        return Converted("prefect.yaml")
    if rule and rule.rule.expression:
        return Converted("rewritten where it stands")
    return Manual(
        "it stands inside an expression that no rule rewrites", "Assign it to a variable of its own."
    )


def _deployments(model: Model, outcomes: Mapping[str, Outcome]) -> list[Deployment]:
    order = {"define_asset_job": 0, "job": 0, "ScheduleDefinition": 1, "schedule": 1, "sensor": 2}
    found: list[tuple[int, Deployment]] = []
    for construct in model.project.constructs.values():
        rule = rule_for(construct.path)
        if not rule or not rule.rule.deployments or not model.is_deployed(construct):
            continue
        if isinstance(outcomes.get(construct.place), Manual):
            continue
        found += [(order.get(construct.kind, 3), d) for d in rule.rule.deployments(model, construct)]
    return [d for _, d in sorted(found, key=lambda item: item[0])]
