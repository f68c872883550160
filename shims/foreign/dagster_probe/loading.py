"""The repository that a module deploys."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from typing import Any


def import_module(name: str) -> Any:
    """Import a module by name, or by path when the name ends in `.py`."""
    if not name.endswith(".py"):
        return importlib.import_module(name)
    spec = importlib.util.spec_from_file_location(Path(name).stem, name)
    if spec is None or spec.loader is None:
        raise ImportError(f"no Python file {name}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def load_repository(module_name: str, attribute: str) -> Any:
    """The repository that `dagster dev -m module` would serve."""
    from dagster._core.definitions.reconstruct import repository_def_from_target_def
    from dagster._core.workspace.autodiscovery import loadable_targets_from_loaded_module

    module = import_module(module_name)
    if attribute:
        target = getattr(module, attribute)
        if callable(target) and type(target).__name__ == "function":
            target = target()
    else:
        found = loadable_targets_from_loaded_module(module)
        if len(found) > 1:
            names = ", ".join(t.attribute for t in found)
            raise LookupError(f"{module_name} holds several repositories ({names}); name one as attribute")
        target = found[0].target_definition
    repository = repository_def_from_target_def(target)
    if repository is None:
        raise TypeError(f"{module_name} holds nothing that Dagster can deploy: {type(target).__name__}")
    return repository
