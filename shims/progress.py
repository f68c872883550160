"""What a person sees while both sides run: two bars on a terminal, plain lines anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TextIO


class View(Protocol):
    """Where the run tells what happens."""

    def note(self, text: str) -> None:
        """Something about the run as a whole."""

    def command(self, side: str, name: str) -> None:
        """A side starts a command: `prepare-1`, …, `side`."""

    def event(self, side: str, event: dict[str, Any]) -> None:
        """A side told something (an event of its events file)."""

    def over(self, side: str, status: str, reason: str) -> None:
        """A side has ended, with this verdict."""


def brief(text: str) -> str:
    """The first line of a message, shortened: the whole of it is in the ledger."""
    line = text.strip().partition("\n")[0]
    return line if len(line) <= 200 else f"{line[:199]}…"


class Quiet:
    """Shows nothing: for what happens beside the two sides."""

    def note(self, text: str) -> None:
        """Nothing."""

    def command(self, side: str, name: str) -> None:
        """Nothing."""

    def event(self, side: str, event: dict[str, Any]) -> None:
        """Nothing."""

    def over(self, side: str, status: str, reason: str) -> None:
        """Nothing."""


class Lines:
    """One line a year, command and verdict; nothing that needs a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._started = stream, time.monotonic()

    def note(self, text: str) -> None:
        """Print it with the seconds since the start."""
        print(f"{time.monotonic() - self._started:7.1f} s  {text}", file=self._stream, flush=True)

    def command(self, side: str, name: str) -> None:
        """Say that the command starts."""
        self.note(f"{side:8} {'starts' if name == 'side' else name}")

    def event(self, side: str, event: dict[str, Any]) -> None:
        """Say when a year starts and ends, and which step failed."""
        kind, year = event.get("event"), event.get("year", "")
        if kind == "year_started":
            self.note(f"{side:8} {year} starts")
        elif kind == "year_finished":
            verdict = "done" if event.get("ok") else f"FAILED: {brief(str(event.get('message', '')))}"
            self.note(f"{side:8} {year} {verdict}")
        elif kind == "step_finished" and not event.get("ok"):
            self.note(f"{side:8} {year} step {event.get('step')} did not succeed")

    def over(self, side: str, status: str, reason: str) -> None:
        """Say the verdict."""
        self.note(f"{side:8} {status}{': ' if reason else ''}{brief(reason)}")


class Bars:
    """Two bars, each with its current step; verdicts and notes scroll above them."""

    def __init__(self, stream: TextIO, years: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self.progress = Progress(
            SpinnerColumn(),
            TextColumn("[bold]{task.fields[side]:8}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[years]}"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[step]}", markup=False),
            console=Console(file=stream),
            refresh_per_second=4,
        )
        self._years = years
        self._steps = {"dagster": 0, "prefect": 0}
        self._done = {"dagster": 0, "prefect": 0}
        # The number of steps is not known before they run: one year pulses, several fill the bar.
        total = years if years > 1 else None
        self._tasks = {
            side: self.progress.add_task("", total=total, side=side, years="", step="waits", start=False)
            for side in self._steps
        }

    def note(self, text: str) -> None:
        """Print it above the bars."""
        self.progress.console.print(text, markup=False, highlight=False)

    def command(self, side: str, name: str) -> None:
        """Show that the command runs."""
        self.progress.start_task(self._tasks[side])
        self._show(side, "loading its code" if name == "side" else name)

    def event(self, side: str, event: dict[str, Any]) -> None:
        """Move the bar and show the step."""
        kind = event.get("event")
        if kind == "step_started":
            self._show(side, str(event.get("step", "")))
        elif kind == "asset":
            self._show(side, str(event.get("asset", "")))
        elif kind == "step_finished":
            self._steps[side] += 1
            self._show(side, str(event.get("step", "")))
        elif kind == "year_finished":
            self._done[side] += 1
            self._show(side, "")

    def over(self, side: str, status: str, reason: str) -> None:
        """Stop the bar at the verdict."""
        done = self._done[side] or 1
        task = self._tasks[side]
        self.progress.update(task, total=max(self._years, 1), completed=done, step=status)
        self.progress.stop_task(task)
        if reason:
            self.note(f"{side}: {brief(reason)}")

    def _show(self, side: str, step: str) -> None:
        years = f"year {self._done[side]}/{self._years}, {self._steps[side]} steps"
        self.progress.update(self._tasks[side], completed=self._done[side], years=years, step=step)


@contextmanager
def live_view(years: Sequence[int], *, stream: TextIO | None = None) -> Iterator[View]:
    """The view that fits the stream (standard error by default, so that results can be piped)."""
    stream = stream or sys.stderr
    if not stream.isatty():
        yield Lines(stream)
        return
    bars = Bars(stream, len(years))
    with bars.progress:
        yield bars
