"""The lineage as OpenLineage events, one JSON object a line, for any catalogue that takes them.

Before a run: one dataset event a node that is read only, one job event a node that something makes, with its
inputs, outputs and column lineage. After: a START and a COMPLETE or FAIL run event for each recorded making,
and the same of a job `<name>.checks` that reads what was made: what checks said is a facet of an input.

Upstream: https://openlineage.io/docs/spec/object-model
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from migrate.lineage.graph import Edge, Lineage, Made, Node

PRODUCER = "urn:changeover:migrate"
"""Who made an event; a name, since the project has no one address."""
SPEC = "https://openlineage.io/spec"
CORE = f"{SPEC}/2-0-2/OpenLineage.json#/$defs"
FACETS = f"{SPEC}/facets"
BEGINNING = "1970-01-01T00:00:00Z"
"""When code alone says it: an event needs a moment, and code has none."""
SPACE = uuid.UUID("5f1c3f0e-6d0a-5c1e-9a53-0d2a2d1f7c11")


def events_of(lineage: Lineage, namespace: str = "changeover") -> Iterator[dict[str, Any]]:
    """All events of a lineage: what code says first, then recorded runs in order."""
    made = {e.target for e in lineage.edges if e.kind != "check"} | {m.node for m in lineage.runs}
    for node in lineage.nodes.values():
        if node.kind == "check":
            continue
        if node.id in made or node.kind in ("asset", "model", "snapshot"):
            yield _job_event(lineage, node, namespace)
        else:
            yield _dataset_event(lineage, node, namespace)
    for record in sorted(lineage.runs, key=lambda m: m.finished):
        if record.node in lineage.nodes:
            yield from _run_events(lineage, record, namespace)
            if record.checks_passed or record.checks_failed:
                yield from _check_events(lineage, record, namespace)


def _dataset_event(lineage: Lineage, node: Node, namespace: str) -> dict[str, Any]:
    return {
        "eventTime": BEGINNING,
        "producer": PRODUCER,
        "schemaURL": f"{CORE}/DatasetEvent",
        "dataset": _dataset(lineage, node, namespace),
    }


def _job_event(lineage: Lineage, node: Node, namespace: str) -> dict[str, Any]:
    return {
        "eventTime": BEGINNING,
        "producer": PRODUCER,
        "schemaURL": f"{CORE}/JobEvent",
        "job": _job(node, namespace),
        "inputs": _inputs(lineage, node, namespace),
        "outputs": [_dataset(lineage, node, namespace, made=True)],
    }


def _run_events(lineage: Lineage, record: Made, namespace: str) -> Iterator[dict[str, Any]]:
    node = lineage.nodes[record.node]
    job, inputs = _job(node, namespace), _inputs(lineage, node, namespace)
    yield _run_event("START", record, job, inputs, [])
    outputs = [_written(lineage, node, namespace, record)] if record.ok else []
    yield _run_event("COMPLETE" if record.ok else "FAIL", record, job, inputs, outputs)


def _check_events(lineage: Lineage, record: Made, namespace: str) -> Iterator[dict[str, Any]]:
    """The checks ran, whatever they said: COMPLETE."""
    node = lineage.nodes[record.node]
    job = {**_job(node, namespace, "CHECK"), "name": f"{node.id}.checks"}
    told = [
        *((name, True) for name in record.checks_passed),
        *((name, False) for name in record.checks_failed),
    ]
    facet = {
        **_facet("1-1-0", "DataQualityAssertionsDatasetFacet"),
        "assertions": [{"assertion": name, "success": passed} for name, passed in told],
    }
    judged = {**_dataset(lineage, node, namespace), "inputFacets": {"dataQualityAssertions": facet}}
    yield _run_event("START", record, job, [], [])
    yield _run_event("COMPLETE", record, job, [judged], [])


def _run_event(
    kind: str, record: Made, job: dict[str, Any], inputs: list[Any], outputs: list[Any]
) -> dict[str, Any]:
    name = f"{record.run}/{record.side}/{record.year}/{job['name']}/{record.finished}"
    moment = record.started if kind == "START" and record.started else record.finished
    return {
        "eventType": kind,
        "eventTime": moment,
        "producer": PRODUCER,
        "schemaURL": f"{CORE}/RunEvent",
        "run": {"runId": str(uuid.uuid5(SPACE, name)), "facets": _run_facets(record)},
        "job": job,
        "inputs": inputs,
        "outputs": outputs,
    }


def _run_facets(record: Made) -> dict[str, Any]:
    facets: dict[str, Any] = {}
    if record.year:
        facets["nominalTime"] = {
            **_facet("1-0-1", "NominalTimeRunFacet"),
            "nominalStartTime": f"{record.year}-01-01T00:00:00Z",
            "nominalEndTime": f"{record.year}-12-31T23:59:59Z",
        }
    if record.versions:
        engine = next((n for n in (record.side, *record.versions) if n in record.versions), "")
        facets["processing_engine"] = {
            **_facet("1-1-1", "ProcessingEngineRunFacet"),
            "version": record.versions[engine],
            "name": engine,
        }
    return facets


def _job(node: Node, namespace: str, kind: str = "") -> dict[str, Any]:
    facets: dict[str, Any] = {
        "jobType": {
            **_facet("2-0-4", "JobTypeJobFacet"),
            "processingType": "BATCH",
            "integration": "DBT" if node.kind in ("model", "seed", "snapshot") else "DAGSTER",
            "jobType": kind or node.kind.upper(),
        }
    }
    if node.file:
        facets["documentation"] = {
            **_facet("1-1-0", "DocumentationJobFacet"),
            "description": f"{node.file}:{node.line}",
        }
    return {"namespace": namespace, "name": node.id, "facets": facets}


def _inputs(lineage: Lineage, node: Node, namespace: str) -> list[dict[str, Any]]:
    edges: tuple[Edge, ...] = lineage.above.get(node.id, ())
    found = dict.fromkeys(
        e.source for e in edges if e.kind in ("data", "order", "year") and e.source in lineage.nodes
    )
    return [_dataset(lineage, lineage.nodes[source], namespace) for source in found]


def _dataset(lineage: Lineage, node: Node, namespace: str, made: bool = False) -> dict[str, Any]:
    facets: dict[str, Any] = {}
    if node.columns:
        facets["schema"] = {
            **_facet("1-2-0", "SchemaDatasetFacet"),
            "fields": [{"name": column} for column in node.columns],
        }
    columns = _column_lineage(lineage, node, namespace) if made else {}
    if columns:
        facets["columnLineage"] = {**_facet("1-2-0", "ColumnLineageDatasetFacet"), "fields": columns}
    return {"namespace": namespace, "name": node.id, "facets": facets}


def _column_lineage(lineage: Lineage, node: Node, namespace: str) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {}
    for edge in lineage.columns_into.get(node.id, ()):
        origin = {"namespace": namespace, "name": edge.source, "field": edge.source_column}
        found.setdefault(edge.target_column, {"inputFields": []})["inputFields"].append(origin)
    return found


def _written(lineage: Lineage, node: Node, namespace: str, record: Made) -> dict[str, Any]:
    """The dataset as one run wrote it: with its rows."""
    dataset = _dataset(lineage, node, namespace, made=True)
    if record.rows is not None:
        dataset["outputFacets"] = {
            "outputStatistics": {
                **_facet("1-0-2", "OutputStatisticsOutputDatasetFacet"),
                "rowCount": record.rows,
            }
        }
    return dataset


def _facet(version: str, name: str) -> dict[str, str]:
    return {"_producer": PRODUCER, "_schemaURL": f"{FACETS}/{version}/{name}.json#/$defs/{name}"}
