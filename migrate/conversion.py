"""Converting a project: every file, every construct, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from migrate.accounting import account
from migrate.errors import SourceError
from migrate.model import Model
from migrate.outcomes import Manual, Outcome, Undeployed
from migrate.reading.project import Project, PythonFile, read
from migrate.reading.source import Problem
from migrate.results import Conversion
from migrate.rewriting.deployments import Deployment, spelled
from migrate.rewriting.file import encoded, is_empty, refuse_broken, refused_file, rewritten_module
from migrate.rewriting.layout import set_width
from migrate.rewriting.work import Work
from migrate.rules import is_construct, rule_for
from migrate.target_files import add_support, settings


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
    account(model, result, outcomes)
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
        refuse_broken(code)
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
    if not is_empty(code) or _is_imported(model, file):
        result.files[file.path] = encoded(file, code)
    else:
        result.notes.append({"file": file.path, "note": "not written: nothing is left of it"})


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
