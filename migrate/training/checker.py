"""Checks exercises: `python checker.py request.json`, in the interpreter that has Prefect.

Started by path and without imports of ours, so that learners may keep Prefect in an environment of its own.
The request names exercises (folder with `check.py`) and where the learner's files lie; the answer, one
verdict an exercise, goes to the file `answer` of the request. What the learner's code prints is kept out.

Exit code: always 0 when an answer was written.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import shutil
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any


class NotYet(Exception):
    """What is wrong with the learner's code, in plain words."""


class Learner:
    """One learner's try at one exercise, as a `check.py` sees it."""

    def __init__(self, folder: Path, dagster: dict[str, Any]) -> None:
        self.folder = folder
        self.dagster = dagster
        """What the Dagster side made (`expected.json`)."""

    def code(self, name: str = "flow") -> Any:
        """The learner's module, imported anew."""
        file = self.folder / f"{name}.py"
        self.require(file.is_file(), f"{file.name} is not there; `migrate learn start` puts it there")
        spec = importlib.util.spec_from_file_location(f"learner_{self.folder.parent.name}_{name}", file)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module  # Prefect reads annotations of flows through it
        spec.loader.exec_module(module)
        return module

    def has(self, module: Any, *names: str) -> None:
        """Ask for functions by name."""
        for name in names:
            self.require(hasattr(module, name), f"there is no `{name}` in {Path(module.__file__).name}")

    def require(self, truth: Any, otherwise: str) -> None:
        """State a fact; `otherwise` is what the learner reads when it is none."""
        if not truth:
            raise NotYet(otherwise)

    def state(self, flow: Any, *args: Any, **kwargs: Any) -> Any:
        """Run a flow; its final state, whatever that is. An unfinished piece of code ends the check."""
        state = flow(*args, **kwargs, return_state=True)
        if state.is_failed() or state.is_crashed():
            problem = state.result(raise_on_failure=False)
            if isinstance(problem, NotImplementedError):
                raise problem
        return state

    def run(self, flow: Any, *args: Any, **kwargs: Any) -> Any:
        """Run a flow that has to complete; what it returns."""
        state = self.state(flow, *args, **kwargs)
        said = state.message or state.type.value
        self.require(state.is_completed(), f"the flow `{flow.name}` should complete, but: {said}")
        return state.result()


def verdict(asked: dict[str, str], answers: io.StringIO) -> dict[str, Any]:
    """Check one exercise in a copy of the learner's folder."""
    exercise, given = Path(asked["exercise"]), Path(asked["folder"])
    here, path, variables = Path.cwd(), list(sys.path), dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="learn-") as scratch:
        folder = Path(scratch) / exercise.name / "work"
        shutil.copytree(given, folder, ignore=shutil.ignore_patterns("__pycache__"))
        learner = Learner(folder, json.loads((exercise / "expected.json").read_text(encoding="utf-8")))
        os.chdir(folder)
        sys.path.insert(0, str(folder))
        try:
            with contextlib.redirect_stdout(answers):
                checker = Learner(exercise, {}).code("check")
                checker.check(learner)
            said = ""
        except BaseException as problem:
            said = plain(problem, folder)
        finally:
            os.chdir(here)
            sys.path[:] = path
            os.environ.clear()
            os.environ.update(variables)
    return {"exercise": exercise.name, "passed": not said, "said": said}


def plain(problem: BaseException, folder: Path) -> str:
    """A problem in the learner's words: the sentence, and the learner's own line where there is one."""
    if isinstance(problem, NotYet):
        return str(problem)
    if isinstance(problem, SyntaxError):
        return f"{Path(problem.filename or '').name}:{problem.lineno}: Python cannot read this: {problem.msg}"
    places = [f for f in traceback.extract_tb(problem.__traceback__) if f.filename.startswith(str(folder))]
    place = f"{Path(places[-1].filename).relative_to(folder)}:{places[-1].lineno}: " if places else ""
    if isinstance(problem, NotImplementedError):
        return f"{place}not done yet: {problem}"
    return f"{place}{type(problem).__name__}: {problem}"


def main() -> None:
    """Answer the request named on the command line."""
    request = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    talk = io.StringIO()
    answers = [verdict(asked, talk) for asked in request["exercises"]]
    Path(request["answer"]).write_text(json.dumps(answers), encoding="utf-8")


if __name__ == "__main__":
    main()
