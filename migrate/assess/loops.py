"""Cycles of a directed graph: its strongly connected parts, without recursion."""

from __future__ import annotations

from collections.abc import Iterable


def loops(edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Each group of nodes that can reach one another, and each node that needs itself, in a stable order."""
    below: dict[str, list[str]] = {}
    for source, target in edges:
        below.setdefault(source, []).append(target)
        below.setdefault(target, [])
    found = [part for part in components(below) if len(part) > 1 or part[0] in below[part[0]]]
    return [_walked(part, below) for part in found]


def components(below: dict[str, list[str]]) -> list[list[str]]:
    """Strongly connected components (Tarjan's algorithm), each after those it leads to."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    held: list[str] = []
    inside: set[str] = set()
    found: list[list[str]] = []
    for start in below:
        work = [(start, 0)] if start not in index else []
        while work:
            node, place = work.pop()
            if place == 0:
                index[node] = low[node] = len(index)
                held.append(node)
                inside.add(node)
            for number in range(place, len(below[node])):
                other = below[node][number]
                if other not in index:
                    work += [(node, number + 1), (other, 0)]
                    break
                if other in inside:
                    low[node] = min(low[node], low[other])
            else:
                _close(node, index, low, held, inside, found)
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[node])
    return found


def _close(
    node: str,
    index: dict[str, int],
    low: dict[str, int],
    held: list[str],
    inside: set[str],
    found: list[list[str]],
) -> None:
    if low[node] == index[node]:
        part = []
        while True:
            member = held.pop()
            inside.discard(member)
            part.append(member)
            if member == node:
                break
        found.append(sorted(part))


def _walked(part: list[str], below: dict[str, list[str]]) -> list[str]:
    """The shortest way round from the first member, so that it can be read as a cycle."""
    start, members = part[0], set(part)
    ways = {start: [start]}
    front = [start]
    while front:
        following = []
        for node in front:
            for other in sorted(set(below[node]) & members):
                if other == start:
                    return ways[node]
                if other not in ways:
                    ways[other] = [*ways[node], other]
                    following.append(other)
        front = following
    return part
