"""The project's own tests, where they stand among its modules: nothing of them is deployed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from migrate.reading.names import NameIndex
from migrate.reading.project import PythonFile

NAMED = re.compile(r"(^|/)(test_[^/]*|[^/]*_tests?|conftest)\.py$|(^|/)[^/]*_tests?/")
FOLDER = re.compile(r"^(.*/)?[^/]*_tests?/")
DEFINITIONS = ("Definitions", "repository", "definitions")


def is_test(names: NameIndex, files: Mapping[str, PythonFile], file: PythonFile) -> bool:
    """Whether a file is called a test, defines no code location, and no module that is none imports it."""
    if not NAMED.search(file.path) or any(c.kind in DEFINITIONS for c in file.constructs):
        return False
    folder = FOLDER.search(file.path)
    if folder and any(_deploys(f) for f in files.values() if f.path.startswith(folder.group())):
        return False  # a project that is called so
    for other in files.values():
        if other is file or NAMED.search(other.path):
            continue
        found = names.modules[other.module]
        for target in [*found.imports.values(), *found.stars]:
            if target == file.module or target.startswith(f"{file.module}."):
                return False
    return True


def _deploys(file: PythonFile) -> bool:
    """Whether a module defines a code location at its top: one within a test's function deploys nothing."""
    return any(c.kind in DEFINITIONS and not c.within for c in file.constructs)
