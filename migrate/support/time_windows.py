"""Partitions that are windows of time: the keys Dagster gives, ticks and daylight saving included.

Written by `migrate convert`; yours to edit. Nothing here but the standard library and pydantic.

    days = daily("2024-01-01", timezone="Europe/Berlin")
    Days = Annotated[str, days]

    days.keys            # from the first day to yesterday
    days.window("2024-03-31").start

A window ends where the next one starts; the last key is that of the last window that has ended,
`end_offset` windows more or fewer. A tick that daylight saving skips comes at the end of the gap; one
that comes twice counts once, the second time. Hourly windows follow the clock: an hour that is
skipped has no key, one that comes twice has two, the second with its offset from UTC.

Upstream: https://docs.prefect.io/v3/concepts/flows#specify-flow-parameters
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .cron_ticks import Ticks
from .partitions import Partitions

DAY, HOUR = "%Y-%m-%d", "%Y-%m-%d-%H:%M"
Moment = datetime | date | str


class TimeWindow(NamedTuple):
    """From `start` on, until just before `end`; both know their time zone."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class TimeWindows(Partitions):
    """Windows between the ticks of `cron`, from `start` on, named by their start in the format `fmt`."""

    cron: str
    start: Moment
    fmt: str = DAY
    end: Moment | None = None
    timezone: str = "UTC"
    end_offset: int = 0
    exclusions: Sequence[str | datetime] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys there are now, in order."""
        return self.keys_at(datetime.now(self._zone))

    def keys_at(self, now: datetime) -> tuple[str, ...]:
        """The keys there are at a moment, in order."""
        first, last = self._first(now.timestamp()), self._last(now.timestamp())
        if first is None or last is None:
            return ()
        found: list[str] = []
        for window in self._windows(self._start):
            found.append(self.key(window))
            if window.start.timestamp() >= last.start.timestamp():
                break
        return tuple(found)

    def check(self, key: str) -> str:
        """Return `key`; raise ValueError when it is none of the keys there are now."""
        now = datetime.now(self._zone).timestamp()
        last = self._last(now) if self._first(now) else None
        try:
            window = self.window(key)
        except ValueError as problem:
            raise ValueError(f"{key!r} is no partition; expected a time like {self.fmt}") from problem
        early = window.start.timestamp() < self._start
        if (
            last is None
            or early
            or window.start.timestamp() > last.start.timestamp()
            or self.key(window) != key
        ):
            raise ValueError(f"{key!r} is no partition; expected one of {self.describe()}")
        return key

    def describe(self) -> str:
        """The first and the last key, for a message."""
        keys = self.keys
        return f"{keys[0]} … {keys[-1]}" if keys else "none: no window has ended yet"

    def before(self, key: str) -> str | None:
        """The key before this one, or None for the first: for assets that read their own past."""
        earlier = next(self._windows_back(self.window(key).start.timestamp()))
        return self.key(earlier) if earlier.start.timestamp() >= self._start else None

    def window(self, key: str) -> TimeWindow:
        """The window of a key; raise ValueError when the key is no such time."""
        return next(self._windows(self._parsed(key).timestamp()))

    def windows(self, keys: Iterable[str]) -> TimeWindow:
        """From the start of the first key's window to the end of the last one's; ValueError without keys."""
        first, *rest = keys
        return TimeWindow(self.window(first).start, self.window(rest[-1] if rest else first).end)

    def key(self, window: TimeWindow) -> str:
        """The key of a window."""
        twice = self._ticks.hourly and window.start.fold and "%z" not in self.fmt and self._is_second(window)
        return window.start.strftime(self.fmt + "%z" if twice else self.fmt)

    def key_of(self, moment: datetime) -> str:
        """The key of the window that a moment lies in."""
        return self.key(next(self._windows_back(moment.timestamp(), closed=False)))

    def within(self, start: datetime, end: datetime) -> tuple[str, ...]:
        """The keys of windows that start from `start` on and before `end`."""
        found: list[str] = []
        for window in self._windows(start.timestamp()):
            if window.start.timestamp() >= end.timestamp():
                return tuple(found)
            found.append(self.key(window))
        return tuple(found)

    @staticmethod
    def _is_second(window: TimeWindow) -> bool:
        return window.start.utcoffset() != window.start.replace(fold=0).utcoffset()

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def _ticks(self) -> Ticks:
        return Ticks(self.cron, self._zone)

    @cached_property
    def _start(self) -> float:
        return self._parsed(self.start).timestamp()

    @cached_property
    def _end(self) -> float | None:
        return None if self.end is None else self._parsed(self.end).timestamp()

    def _parsed(self, moment: Moment) -> datetime:
        if isinstance(moment, str):
            text = moment
            try:
                moment = datetime.strptime(text, self.fmt)  # noqa: DTZ007, RUF100 (the zone follows)
            except ValueError:
                moment = datetime.strptime(text, self.fmt + "%z")
            if moment.tzinfo:
                return moment.astimezone(self._zone)
        elif not isinstance(moment, datetime):
            moment = datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001, RUF100 (the zone follows)
        return moment.replace(tzinfo=self._zone)

    def _windows(self, since: float) -> Iterator[TimeWindow]:
        """Windows that start at `since` or later."""
        for start, end in pairwise(self._ticks.since(since)):
            if not self._excluded(start):
                yield TimeWindow(start, end)

    def _windows_back(self, until: float, closed: bool = True) -> Iterator[TimeWindow]:
        """Windows that end at `until` or earlier, the last first; not closed: the one around it too."""
        ticks = self._ticks.until(until)
        if not closed:
            last = next(ticks)
            following = next(t for t in self._ticks.since(until) if t.timestamp() > until)
            yield TimeWindow(last, following)
            ticks = self._ticks.until(last.timestamp())
        for end, start in pairwise(ticks):
            if not self._excluded(start):
                yield TimeWindow(start, end)

    def _excluded(self, start: datetime) -> bool:
        if not self.exclusions:
            return False
        moment = start.timestamp()
        return any(
            next(Ticks(e, self._zone).since(moment)).timestamp() == moment
            if isinstance(e, str)
            else e.replace(tzinfo=self._zone).timestamp() == moment
            for e in self.exclusions
        )

    def _first(self, now: float) -> TimeWindow | None:
        if self._end is not None and self._end <= self._start:
            return None
        first, limit = next(self._windows(self._start)), now
        if self.end_offset > 0:
            limit = _nth(self._windows(now), self.end_offset).start.timestamp()
        elif self.end_offset < 0:
            limit = _nth(self._windows_back(now), -self.end_offset - 1).start.timestamp()
        return first if first.end.timestamp() <= limit else None

    def _last(self, now: float) -> TimeWindow | None:
        first = self._first(now)
        if first is None or self.end_offset == 0:
            limit = now if self._end is None else min(now, self._end)
            return None if first is None else next(self._windows_back(limit))
        if self.end_offset < 0:
            last = _nth(self._windows_back(now), -self.end_offset)
        else:
            ended = next(self._windows_back(now)).end.timestamp()
            last = _nth(self._windows(ended), self.end_offset - 1)
        if self._end is not None:
            bound = next(self._windows_back(self._end))
            if bound.start.timestamp() <= last.start.timestamp():
                return bound
        return max(first, last, key=lambda window: window.start.timestamp())


def _nth(windows: Iterator[TimeWindow], place: int) -> TimeWindow:
    for _ in range(place):
        next(windows)
    return next(windows)


def hourly(
    start: Moment,
    end: Moment | None = None,
    *,
    minute: int = 0,
    fmt: str = HOUR,
    timezone: str = "UTC",
    end_offset: int = 0,
    exclusions: Sequence[str | datetime] = (),
) -> TimeWindows:
    """A window an hour, from `minute` past on."""
    return TimeWindows(f"{minute} * * * *", start, fmt, end, timezone, end_offset, exclusions)


def daily(
    start: Moment,
    end: Moment | None = None,
    *,
    minute: int = 0,
    hour: int = 0,
    fmt: str = DAY,
    timezone: str = "UTC",
    end_offset: int = 0,
    exclusions: Sequence[str | datetime] = (),
) -> TimeWindows:
    """A window a day."""
    return TimeWindows(f"{minute} {hour} * * *", start, fmt, end, timezone, end_offset, exclusions)


def weekly(
    start: Moment,
    end: Moment | None = None,
    *,
    minute: int = 0,
    hour: int = 0,
    day: int = 0,
    fmt: str = DAY,
    timezone: str = "UTC",
    end_offset: int = 0,
    exclusions: Sequence[str | datetime] = (),
) -> TimeWindows:
    """A window a week, from `day` on: 0 is Sunday."""
    return TimeWindows(f"{minute} {hour} * * {day}", start, fmt, end, timezone, end_offset, exclusions)


def monthly(
    start: Moment,
    end: Moment | None = None,
    *,
    minute: int = 0,
    hour: int = 0,
    day: int = 1,
    fmt: str = DAY,
    timezone: str = "UTC",
    end_offset: int = 0,
    exclusions: Sequence[str | datetime] = (),
) -> TimeWindows:
    """A window a month, from the given day of the month on."""
    return TimeWindows(f"{minute} {hour} {day} * *", start, fmt, end, timezone, end_offset, exclusions)
