"""One Prefect server for all exercises, and every try checked in one process."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable

import pytest

from migrate import course
from shims import learning


@pytest.fixture(scope="package")
def api(tmp_path_factory: pytest.TempPathFactory):
    with learning.api(tmp_path_factory.mktemp("server"), sys.executable) as url:
        yield url


@pytest.fixture(scope="package")
def checked(api: str) -> Callable[[list[learning.Try]], list[learning.Verdict]]:
    return lambda tries: learning.check(tries, sys.executable, api)


@pytest.fixture(scope="session")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], learning.Try]:
    """A learner's folder with the solution in it."""

    def make(number: int) -> learning.Try:
        exercise = course.exercise(number)
        folder = tmp_path_factory.mktemp("solved") / exercise.name
        exercise.start(folder)
        shutil.copytree(exercise.folder / "solution", folder, dirs_exist_ok=True)
        return learning.Try(exercise, folder)

    return make
