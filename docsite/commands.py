"""The command line, of click's own objects: every command, argument and option."""

from __future__ import annotations

import inspect

import click

from migrate.cli import group


def page() -> str:
    """`docs/reference/cli.md`."""
    parts = [
        "# Command line",
        "",
        (inspect.getdoc(group) or group.help or "").strip(),
        "",
    ]
    context = click.Context(group, info_name="migrate")
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command:
            parts += _command(command, f"migrate {name}")
    return "\n".join(parts).rstrip() + "\n"


def _command(command: click.Command, name: str) -> list[str]:
    context = click.Context(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    parts = [
        f"## {name}",
        "",
        "```text",
        usage,
        "```",
        "",
        inspect.cleandoc(command.help or "").replace("<", "&lt;"),
        "",
    ]
    options = [p for p in command.params if isinstance(p, click.Option)]
    if options:
        parts += ["| option | | default |", "|---|---|---|"]
        parts += [_option(option) for option in options] + [""]
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            if found:
                parts += _command(found, f"{name} {sub}")
    return parts


def _option(option: click.Option) -> str:
    spelled = ", ".join(f"`{one}`" for one in (*option.opts, *option.secondary_opts))
    if not option.is_flag:
        kind = option.type
        words = (
            "\\|".join(kind.choices) if isinstance(kind, click.Choice) else option.make_metavar(_context())
        )
        spelled += f" `{words}`" if "|" not in words else f" {words}"
    default = option.default
    if option.required:
        shown = "required"
    elif default is None or option.is_flag or "Sentinel" in str(default) or default in ("", ()):
        shown = ""
    else:
        shown = f"`{default}`"
    return f"| {spelled} | {_cell(option.help or '')} | {shown} |"


def _context() -> click.Context:
    return click.Context(group)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
