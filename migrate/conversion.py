"""Converting a project: every file, every construct, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

from migrate.accounting import account
from migrate.batching import batched, told
from migrate.dbt_findings import recorded
from migrate.ending import left_to_the_end
from migrate.entrypoints import deployments_of, without_entrypoint, without_flows
from migrate.errors import SourceError
from migrate.implicit import Implicit, implicit_flows
from migrate.loaded.asking import FILE, Asking
from migrate.loaded.writing import AsLoaded, as_loaded
from migrate.model import Model
from migrate.outcomes import Dropped, Manual, Outcome, Undeployed
from migrate.reading.constructs import Construct
from migrate.reading.holdings import BUCKETS
from migrate.reading.own_tests import is_test
from migrate.reading.project import Project, PythonFile, read_part, survey
from migrate.reading.source import Problem, module_name
from migrate.results import Conversion, ConvertedPart
from migrate.rewriting.bridging import bridgeable
from migrate.rewriting.deployments import spelled
from migrate.rewriting.file import Written, encoded, refused_file, rewritten_module
from migrate.rewriting.kept import kept_keys
from migrate.rewriting.layout import set_width
from migrate.rewriting.made_components import spoken_of
from migrate.rewriting.operating import commands_for, operated
from migrate.rewriting.passed_on import without_gone
from migrate.rewriting.still_asked import still_asked
from migrate.rewriting.work import Work
from migrate.rules import is_construct, registry
from migrate.settling import settled
from migrate.sharing import collected_later, shared
from migrate.target_files import add_support, settings

DATA = "read by the code while it loads: the target has what it says now; convert again when it changes"


def convert(
    root: Path,
    progress: Callable[[str], None] | None = None,
    modules: Sequence[str] = (),
    bridge: bool = False,
    single: bool = False,
    batch_dbt: bool = False,
    loaded: Asking | None = None,
    ends: bool = False,
) -> Conversion:
    """Convert every project of the tree at `root`; nothing is written.

    Args:
        root: the tree.
        progress: called with the path of each file that is read.
        modules: the code locations to take, instead of those that the tree's settings name.
        bridge: leave with Dagster, behind Prefect tasks of the shims, what no rule converts.
        single: merge the modules that the flows need into one file.
        batch_dbt: make one call of successive calls of dbt whose boundaries carry no meaning.
        loaded: asks the project's own interpreter what reading cannot tell.
        ends: the process ends soon, and need not free what the last project was read into.

    Raises:
        SideError: the project does not load there.
        SourceError: there is no Dagster project at `root`, or its modules cannot be merged.
    """
    registry()  # plugins tell which other names count as Dagster's
    tree, result = survey(root, modules), Conversion()
    for part in tree.parts:
        # one project at a time: its syntax trees are gone before the next one is read
        last = part is tree.parts[-1]
        with collected_later(again=not last):
            project = read_part(root, part, is_construct, progress)
            result.add(_one(project, loaded, bridge, batch_dbt))
            if last and ends:
                left_to_the_end(project)
            del project
    if loaded:
        result.files[FILE] = loaded.file()
    if not result.entries and not result.errors:
        raise SourceError(
            "nothing in this project is Dagster's: there is nothing to convert",
            file=root,
            remedy="Name the folder of a Dagster project; what has been converted needs no second time.",
        )
    result.notes += [{"file": lost.split(" ")[0], "note": lost} for lost in tree.lost]
    if single:
        from migrate.single.layout import in_one_file

        in_one_file(result, root)
    return result


def _one(project: Project, loaded: Asking | None, bridge: bool, batch_dbt: bool) -> Conversion:
    """What becomes of one project; none of its syntax trees is part of it."""
    known = as_loaded(project, loaded, convert_project) if loaded else AsLoaded(project)
    result = _batched(known, bridge) if batch_dbt else convert_project(known.project, bridge)
    known.tell(result)
    result.forget_trees()
    return result


def _batched(known: AsLoaded, bridge: bool) -> Conversion:
    """Convert a project with fewer calls of dbt."""
    done = batched(known.project, known.reread)
    result = convert_project(done.project, bridge)
    told(result, done)
    return result


def convert_project(project: Project, bridge: bool = False) -> Conversion:
    """Convert a project that has been read; with `bridge` a second time, knowing what Dagster keeps."""
    model = settled(project)
    result = _converted(model)
    left = bridgeable(model, result.entries) if bridge else {}
    return _converted(Model(project, left)) if left else result


def _converted(model: Model) -> Conversion:
    project, result = model.project, Conversion(errors=list(model.project.problems))
    set_width(model.line_length)
    _carry(project, result)
    if not project.python and not project.problems:
        return result
    outcomes: dict[str, Outcome] = {}
    model.know_all()
    result.errors = list(project.problems)
    model.kept = kept_keys(model)
    (flows, *_), *parts = shared(lambda piece: _piece(model, piece), [None, *project.python.values()])
    for _, part, found in parts:
        result.add(part)
        outcomes.update(found)
    path, code, implicit, left = flows
    if path:
        result.files[path] = code.encode()
    _also_asked(model, result, outcomes)
    without_gone(model, result.files)
    flowing = deployments_of(model, outcomes)
    gone = without_entrypoint(flowing, result.files)
    outcomes.update(without_flows(outcomes, left, gone))
    account(model, result, outcomes)
    result.dbt_calls, result.findings = recorded(project)
    result.notes += [{"file": path, "note": DATA} for path in sorted(project.evaluator.data.asked)]
    standing = [d for c, d in flowing if c not in gone]
    deployments = operated([*standing, *implicit], result.files)
    base = f"{project.part.base}/" if project.part.base else ""
    result.files[f"{base}prefect.yaml"] = spelled(model.name, deployments, base).encode()
    result.parts.append(
        ConvertedPart(model.project.part.base, model.name, _modules(model, result), tuple(deployments))
    )
    add_support(result.files, base, commands_for(deployments))
    result.locations = locations_found(model)
    return result


def _also_asked(model: Model, result: Conversion, outcomes: dict[str, Outcome]) -> None:
    """Write what nothing deployed is in as well, as long as what is written reads it."""
    while more := still_asked(model, result.files):
        for file in more:
            part, found = _file(model, file, asked=True)
            if file.path not in part.files:
                part.files[file.path] = b""
            result.notes[:] = [n for n in result.notes if n["file"] != file.path]
            result.add(part)
            outcomes.update(found)


def _carry(project: Project, result: Conversion) -> None:
    """The files that are no Python of Dagster's: copied, or left out with a note."""
    for source in project.files:
        if source.role == "skip":
            result.notes.append({"file": source.path, "note": source.note})
        elif source.role == "copy":
            data = (project.root / source.path).read_bytes()
            ours = PurePosixPath(source.path).name == "pyproject.toml"
            result.files[source.path] = settings(data) if ours else data
            if source.note:
                result.notes.append({"file": source.path, "note": source.note})


def _modules(model: Model, result: Conversion) -> dict[str, tuple[str, bool]]:
    """The modules among the files that were written, by path."""
    spaces = model.project.names.modules
    inside: frozenset[str] = getattr(spaces, "namespaces", frozenset())
    paths = [p for p in result.files if p.endswith(".py")]
    return {path: module_name(model.project.root, path, inside) for path in paths}


def locations_found(model: Model) -> list[dict[str, str]]:
    """The code locations that count as deployed, and who says so."""
    told = model.project.part.locations
    if told:
        return [{"name": w.name, "file": w.file, "told_by": w.told_by} for w in told]
    named = dict.fromkeys((model.project.file_of(c).module, c.file) for c in model.definitions)
    return [{"name": module, "file": file, "told_by": ""} for module, file in named]


Piece = tuple[Implicit, Conversion, dict[str, Outcome]]
"""What one piece of work gives: the flows that nobody asked for, or what became of a file."""


def _piece(model: Model, file: PythonFile | None) -> Piece:
    """The work for one file; without one, the flows over assets that no job selects."""
    if file is None:
        return implicit_flows(model), Conversion(), {}
    return ("", "", [], []), *_file(model, file)


TEST = "it is a test of the project: it tests what Dagster does, and nothing of it is deployed"


def _file(model: Model, file: PythonFile, asked: bool = False) -> tuple[Conversion, dict[str, Outcome]]:
    """One file: what is written of it, and what became of its constructs; `asked` where others read it."""
    result, outcomes = Conversion(), dict[str, Outcome]()
    if file.constructs and is_test(model.project.names, model.project.python, file):
        outcomes.update({c.place: Undeployed(TEST) for c in file.constructs})
        result.notes.append({"file": file.path, "note": f"not written: {TEST}"})
        return result, outcomes
    deployed = [c for c in file.constructs if model.is_deployed(c)]
    asked = asked or any(c.place in spoken_of(model) for c in file.constructs)
    asked = asked or any(c.within and model.holdings.untold(c.kind) for c in file.constructs)
    if file.shadowed or (file.constructs and not deployed and not asked and not _is_imported(model, file)):
        reason = (
            "a package of the same name hides this file from every import"
            if file.shadowed
            else "not reachable from the deployed definitions"
        )
        outcomes.update({c.place: Undeployed(reason) for c in file.constructs})
        result.notes.append({"file": file.path, "note": f"not written: {reason}"})
        return result, outcomes
    work = Work(model, file)
    try:
        written = rewritten_module(work)
    except Exception as problem:  # one file must never stop the others
        message = f"could not be converted: {type(problem).__name__}: {problem}"
        result.errors.append(Problem(file.path, getattr(problem, "lineno", 0) or 1, message))
        written = Written(refused_file(file, message), empty=False)
        work.outcomes.update(
            {c.place: Manual(message, "Convert this file by hand.") for c in file.constructs}
        )
    result.errors += [Problem(file.path, line, message) for line, message in work.failures]
    for construct in file.constructs:
        if not model.is_deployed(construct):
            work.outcomes[construct.place] = _left_out(model, construct, work.outcomes.get(construct.place))
    outcomes.update(work.outcomes)
    result.notes += [{"file": file.path, "line": line, "note": note} for line, note in work.notes]
    if not written.empty or _is_imported(model, file):
        result.files[file.path] = encoded(file, written.code)
    else:
        result.notes.append({"file": file.path, "note": "not written: nothing is left of it"})
    return result, outcomes


def _left_out(model: Model, construct: Construct, outcome: Outcome | None) -> Outcome:
    """What became of a construct that is not reachable: what raises in the target stays a person's to see.

    Unless every argument of the definitions could be told, and asset, job or sensor is in none of them.
    """
    sure = construct.kind in BUCKETS and model.holdings.complete
    sure = sure and not (construct.within and model.holdings.untold(construct.kind))
    if isinstance(outcome, Dropped) or (isinstance(outcome, Manual) and not sure):
        return outcome
    also = f"; it raises if called: {outcome.reason}" if isinstance(outcome, Manual) else ""
    return Undeployed(f"not reachable from the deployed definitions{also}")


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
            laid_out = other.described_in or not any(c.kind == "Definitions" for c in other.constructs)
            if leads_here and laid_out:
                return True
    return False
