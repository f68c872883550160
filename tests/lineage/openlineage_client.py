"""What the official OpenLineage client takes of our events: `openlineage_client.py EVENTS.jsonl`.

Every event is put together again from the client's own classes, which are generated from the published
schema: a field that a class does not know or lacks, a facet where its kind does not belong, or an address of
a schema that is not the one of the class, ends it. Then the client sends them by HTTP to a receiver on this
machine, which must get what was said.
"""

from __future__ import annotations

import json
import sys
import threading
import types
import typing
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import attr
from openlineage.client import OpenLineageClient, facet_v2
from openlineage.client.event_v2 import DatasetEvent, JobEvent, RunEvent
from openlineage.client.serde import Serde
from openlineage.client.transport.http import HttpConfig, HttpTransport

EVENTS = {cls.__name__: cls for cls in (DatasetEvent, JobEvent, RunEvent)}
FACETS = {
    found._get_schema(): found
    for module in vars(facet_v2).values()
    if isinstance(module, types.ModuleType)
    for found in vars(module).values()
    if isinstance(found, type) and issubclass(found, facet_v2.BaseFacet)
}


def built(wanted: Any, value: Any, where: str) -> Any:
    """A value as the type that the client's classes ask for.

    Raises:
        TypeError: it is no such thing.
    """
    kinds = [k for k in typing.get_args(wanted) or (wanted,) if k is not type(None)]
    origin = typing.get_origin(wanted)
    if origin in (typing.Union, types.UnionType):
        return built(kinds[0], value, where)
    if origin is list and isinstance(value, list):
        return [built(kinds[0], item, f"{where}[{n}]") for n, item in enumerate(value)]
    if origin is dict and isinstance(value, dict):
        return {key: built(kinds[1], item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(wanted, type) and attr.has(wanted) and isinstance(value, dict):
        return _instance(wanted, value, where)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted(value)
    if wanted is not Any and not isinstance(value, wanted):
        raise TypeError(f"{where}: {value!r} is no {wanted}")
    return value


def _instance(wanted: type, value: dict[str, Any], where: str) -> Any:
    address = value.get("_schemaURL", "")
    if issubclass(wanted, facet_v2.BaseFacet):
        found = FACETS.get(address)
        if found is None or not issubclass(found, wanted):
            raise TypeError(f"{where}: {address} is no {wanted.__name__}")
        wanted = found
    hints = typing.get_type_hints(wanted)
    names = {field.name: field for field in attr.fields(wanted)}
    unknown = value.keys() - names.keys()
    if unknown:
        raise TypeError(f"{where}: {wanted.__name__} knows no {sorted(unknown)}")
    given = {
        field.alias: built(hints[name], value[name], f"{where}.{name}")
        for name, field in names.items()
        if name in value and field.init
    }
    made = wanted(**given)
    for name in ("_schemaURL", "schemaURL"):
        if name in value and getattr(made, name) != value[name]:
            raise TypeError(f"{where}: {value[name]} is outdated, today it is {getattr(made, name)}")
    return made


def event_of(content: dict[str, Any]) -> Any:
    """One event as an object of the client, after it came back from it unchanged."""
    kind = content["schemaURL"].rpartition("/")[2]
    event = built(EVENTS[kind], content, kind)
    again = Serde.to_dict(event)
    lost = _lost(content, again)
    if lost:
        raise TypeError(f"{kind}: the client gives back another {lost}")
    return event


def _lost(ours: Any, theirs: Any, where: str = "") -> str:
    """Where something that we said is not what the client would say; it may add empty lists."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return next((w for k, v in ours.items() if (w := _lost(v, theirs.get(k), f"{where}.{k}"))), "")
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return next((w for a, b in zip(ours, theirs, strict=True) if (w := _lost(a, b, f"{where}[]"))), "")
    return "" if ours == theirs else where


class Receiver(BaseHTTPRequestHandler):
    """Takes events as a catalogue does, at `/api/v1/lineage`."""

    got: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        taken = self.path == "/api/v1/lineage"
        if taken:
            self.got.append(json.loads(body))
        self.send_response(201 if taken else 404)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""


def main(file: Path) -> int:
    """Read, rebuild, send, compare; the number of events that arrived."""
    contents = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    client = OpenLineageClient(
        transport=HttpTransport(HttpConfig(url=f"http://127.0.0.1:{server.server_port}"))
    )
    for content in contents:
        client.emit(event_of(content))
    client.close()
    server.shutdown()
    for sent, got in zip(contents, Receiver.got, strict=True):
        if lost := _lost(sent, got):
            raise TypeError(f"another {lost} arrived")
    return len(Receiver.got)


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
