"""Projects converted into one file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def quiet_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which Prefect keeps to a folder of the test's own."""
    home = tmp_path_factory.mktemp("home")
    return {
        **os.environ,
        "PREFECT_HOME": str(home / "prefect"),
        "HOME": str(home),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PYTHONWARNINGS": "ignore",
    }
