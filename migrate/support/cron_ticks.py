"""The ticks of a cron line in a time zone, forwards and backwards, as Dagster counts them.

Written by `migrate convert`; yours to edit. Nothing here but the standard library.

A tick that daylight saving skips comes when the clock is back: at 03:00 instead of 02:30. A tick that
comes twice comes the second time. Lines that tick every hour follow the clock instead: what is skipped
is skipped, and what comes twice comes twice.

Upstream: https://man7.org/linux/man-pages/man5/crontab.5.html
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

NAMED = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
LIMIT = timedelta(days=366 * 8)


class Ticks:
    """The ticks of one line; raises ValueError for one that has no five fields, or never ticks."""

    def __init__(self, cron: str, zone: ZoneInfo) -> None:
        fields = NAMED.get(cron.strip().lower(), cron).lower().split()
        if len(fields) != 5:
            raise ValueError(f"a cron line has five fields: {cron!r}")
        self.cron, self.zone = cron, zone
        minute, hour, day, month, weekday = fields
        self._minutes, self._hours = _numbers(minute, 0, 59), _numbers(hour, 0, 23)
        self._last_day = day == "l"
        self._days = frozenset() if self._last_day else _numbers(day, 1, 31)
        self._months = _numbers(month, 1, 12, ("", *MONTHS))
        self._weekdays = frozenset(n % 7 for n in _numbers(weekday, 0, 7, DAYS))
        self._either = not day.startswith("*") and not weekday.startswith("*")
        self.hourly = hour == "*"

    def since(self, moment: float) -> Iterator[datetime]:
        """Ticks at `moment` (seconds since 1970) or later."""
        day, last = datetime.fromtimestamp(moment, self.zone).date() - timedelta(days=1), moment - 1e-6
        for found in self._each_day(day, 1):
            for tick in found:
                if tick.timestamp() > last:
                    last = tick.timestamp()
                    yield tick

    def until(self, moment: float) -> Iterator[datetime]:
        """Ticks at `moment` or earlier, the last first."""
        day, last = datetime.fromtimestamp(moment, self.zone).date() + timedelta(days=1), moment + 1e-6
        for found in self._each_day(day, -1):
            for tick in reversed(found):
                if tick.timestamp() < last:
                    last = tick.timestamp()
                    yield tick

    def _each_day(self, day: date, step: int) -> Iterator[list[datetime]]:
        empty = day
        while abs(day - empty) < LIMIT:
            if self._fits(day):
                empty = day
                yield self._of_day(day)
            day += timedelta(days=step)
        raise ValueError(f"{self.cron!r} never ticks")

    def _fits(self, day: date) -> bool:
        if day.month not in self._months:
            return False
        last = self._last_day and (day + timedelta(days=1)).month != day.month
        by_date, by_weekday = day.day in self._days or last, day.isoweekday() % 7 in self._weekdays
        return by_date or by_weekday if self._either else by_date and by_weekday

    @cached_property
    def _times(self) -> tuple[time, ...]:
        return tuple(time(hour, minute) for hour in sorted(self._hours) for minute in sorted(self._minutes))

    def _of_day(self, day: date) -> list[datetime]:
        plain = [datetime.combine(day, moment, self.zone) for moment in self._times]
        first, after = (datetime.combine(day + timedelta(days=n), time(), self.zone) for n in (0, 1))
        if first.utcoffset() == after.utcoffset() == (first - timedelta(hours=2)).utcoffset():
            return plain
        found = [tick for moment in plain for tick in self._around_a_change(moment)]
        return sorted(found, key=datetime.timestamp)

    def _around_a_change(self, moment: datetime) -> list[datetime]:
        """A tick on a day on which the clock is set."""
        second = moment.replace(fold=1)
        before, after = moment.utcoffset(), second.utcoffset()
        assert before is not None
        assert after is not None
        if before == after:
            return [moment]
        if before > after:
            return [moment, second] if self.hourly else [second]
        if self.hourly:
            return []
        return [moment.replace(minute=0) + (after - before)]


def _numbers(field: str, low: int, high: int, names: tuple[str, ...] = ()) -> frozenset[int]:
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, dash, last = span.partition("-")
        if span == "*":
            start, end = low, high
        else:
            start = _number(first, names)
            end = _number(last, names) if dash else (high if step else start)
        if not low <= start <= high or not low <= end <= high:
            raise ValueError(f"{part!r} lies outside {low}-{high}")
        width = int(step or 1)
        found |= set(
            range(start, end + 1, width)
            if start <= end
            else (*range(start, high + 1, width), *range(low, end + 1, width))
        )
    return frozenset(found)


def _number(text: str, names: tuple[str, ...]) -> int:
    return names.index(text) if text in names and text else int(text)
