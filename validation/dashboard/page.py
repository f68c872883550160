"""What a page is before it is rendered, and how long lists are cut into pages of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PER_PAGE = 250
Item = TypeVar("Item")


@dataclass(frozen=True)
class Page:
    """A page's address, where it hangs in the navigation, its template and what the template is given.

    Without a template, `data` is sent as it is: a file of the project, or a download. `policy` is the
    Content-Security-Policy of such a file, where it is not the pages' own. `state` is the digest of
    the project's files, taken before the page was made of them.
    """

    address: str
    section: str
    title: str
    template: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    data: bytes = b""
    content_type: str = "text/html"
    status: int = 200
    policy: str = ""
    state: str = ""


@dataclass(frozen=True)
class Paged(Generic[Item]):
    """One page of a long list, and the addresses of the others."""

    items: Sequence[Item]
    number: int
    count: int
    total: int
    stem: str

    @property
    def first(self) -> int:
        """The place of its first item in the whole list, counted from 1."""
        return (self.number - 1) * PER_PAGE + 1

    def links(self) -> Iterator[tuple[int, str]]:
        """(number, address) of every page."""
        for number in range(1, self.count + 1):
            yield number, numbered(self.stem, number)


def numbered(stem: str, number: int) -> str:
    """The address of a list's page of that number."""
    return f"{stem}.html" if number == 1 else f"{stem}.{number}.html"


def pages_of(total: int) -> int:
    """How many pages a list of that length needs; an empty one needs one too."""
    return max(1, -(-total // PER_PAGE))


def paged(items: Sequence[Item], number: int, stem: str) -> Paged[Item] | None:
    """The page of that number; None when there is none."""
    count = pages_of(len(items))
    if not 1 <= number <= count:
        return None
    start = (number - 1) * PER_PAGE
    return Paged(items[start : start + PER_PAGE], number, count, len(items), stem)


def csv_page(address: str, head: Sequence[str], rows: Iterator[Sequence[object]]) -> Page:
    """A whole table as CSV; what a spreadsheet would run as a formula is made text."""
    import csv
    import io

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([harmless(value) for value in row] for row in rows)
    return Page(address, "", "", data=stream.getvalue().encode(), content_type="text/csv")


def harmless(value: object) -> object:
    """A value that no spreadsheet takes for a formula. https://owasp.org/www-community/attacks/CSV_Injection"""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value
