"""Where things are.

Four environment variables say where the data lives. dbt's profile reads PLANALIGN_DB as well,
and dbt runs in another folder than we do: that is why the defaults go into the environment,
as absolute paths, instead of staying in Python.
"""

import os
import sys
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent
DATA_FOLDER = PROJECT_ROOT.parent / "data"

os.environ.setdefault("PLANALIGN_DB", str(DATA_FOLDER / "planalign.duckdb"))
os.environ.setdefault("PLANALIGN_CENSUS", str(DATA_FOLDER / "census.parquet"))
os.environ.setdefault("PLANALIGN_DBT", str(PROJECT_ROOT.parent / "dbt"))
os.environ.setdefault("PLANALIGN_STORE", str(DATA_FOLDER / "store"))

DBT_PROJECT = Path(os.environ["PLANALIGN_DBT"])
DBT_MANIFEST = DBT_PROJECT / "target" / "manifest.json"

# cron starts the daemon without the virtual environment on its PATH
DBT_EXECUTABLE = Path(sys.executable).parent / "dbt"
