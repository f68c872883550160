"""Exit codes and exceptions, of the module that defines them."""

from __future__ import annotations

import inspect

from migrate import errors


def page() -> str:
    """`docs/reference/errors.md`."""
    kinds = [errors.ChangeoverError, *errors.ChangeoverError.__subclasses__()]
    kinds = [kind for kind in kinds if kind.__module__ == errors.__name__]
    rows = [f"| `{kind.__name__}` | {(inspect.getdoc(kind) or '').splitlines()[0]} |" for kind in kinds]
    return "\n".join(
        [
            "# Exit codes and exceptions",
            "",
            "| code | name | |",
            "|---|---|---|",
            f"| {errors.YES} | `YES` | done, equal, green |",
            f"| {errors.NO} | `NO` | differs, red, or needs a person under `--strict` |",
            f"| {errors.CANNOT_SAY} | `CANNOT_SAY` | bad input, or a side that did not run |",
            "| 130 | | stopped from the keyboard |",
            "",
            "A problem that you can mend is one of these. The command line prints cause, place and remedy,",
            "never a traceback. All are in `migrate.errors`, with `cause`, `remedy`, `file` and `line`.",
            "",
            "| exception | when |",
            "|---|---|",
            *rows,
            "",
        ]
    )
