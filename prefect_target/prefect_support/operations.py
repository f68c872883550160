"""Makes on a Prefect server what the deployments of prefect.yaml need there; run it again after a change.

Written by `migrate convert`; yours to edit.

    python -m prefect_support.operations --notify https://chat.example.com/hook
    prefect --no-prompt deploy --all
    prefect worker start --pool NAME

* the work pool that prefect.yaml names, of type process;
* its work queues, one run at a time each: deployments in the queue `one-writer` write the same database;
* two automations for runs of that pool: one that failed or crashed, and one that is late (no worker took it
  in time), is told to a web address, as JSON with `subject` and `body`.

What is there already is changed, never made twice.

Upstream: https://docs.prefect.io/v3/concepts/work-pools and https://docs.prefect.io/v3/concepts/automations
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from prefect.automations import Automation, EventTrigger, Posture, SendNotification
from prefect.blocks.notifications import CustomWebhookNotificationBlock
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectNotFound
from prefect.workers.process import ProcessWorker

FAILED = frozenset({"prefect.flow-run.Failed", "prefect.flow-run.Crashed", "prefect.flow-run.TimedOut"})
LATE = frozenset({"prefect.flow-run.Late"})
SUBJECT = "{{ flow.name }}: {{ flow_run.state.name }}"
BODY = "{{ flow_run.name }} of {{ deployment.name }}: {{ flow_run.state.message }}"


def set_up(deployments: Path = Path("prefect.yaml"), notify: str | None = None) -> list[str]:
    """Make pool, queues and, with an address to notify, automations; return a line on each."""
    content = yaml.safe_load(deployments.read_text(encoding="utf-8"))
    places = [entry["work_pool"] for entry in content.get("deployments") or ()]
    lines = []
    with get_client(sync_client=True) as client:
        for pool in sorted({place["name"] for place in places}):
            queues = {place.get("work_queue_name") for place in places if place["name"] == pool} - {None}
            lines += [_pool(client, pool), *(_queue(client, pool, queue) for queue in sorted(queues))]
    for pool in sorted({place["name"] for place in places} if notify else ()):
        block = CustomWebhookNotificationBlock(
            name=pool, url=notify, json_data={"subject": "{{subject}}", "body": "{{body}}"}
        )
        told = UUID(str(block.save(f"{pool}-operators", overwrite=True)))
        for title, events in ((f"{pool}: a run failed", FAILED), (f"{pool}: a run is late", LATE)):
            lines.append(_automation(title, pool, events, told))
    return lines


def _pool(client: SyncPrefectClient, name: str) -> str:
    template = ProcessWorker.get_default_base_job_template()
    pool = WorkPoolCreate(name=name, type="process", base_job_template=template)
    try:
        client.read_work_pool(name)
    except ObjectNotFound:
        client.create_work_pool(pool)
        return f"work pool {name}: made"
    return f"work pool {name}: there already"


def _queue(client: SyncPrefectClient, pool: str, name: str) -> str:
    try:
        found = client.read_work_queue_by_name(name, work_pool_name=pool)
        client.update_work_queue(found.id, concurrency_limit=1)
    except ObjectNotFound:
        client.create_work_queue(name, work_pool_name=pool, concurrency_limit=1)
    return f"work queue {pool}/{name}: one run at a time"


def _automation(title: str, pool: str, events: frozenset[str], block: UUID) -> str:
    wanted: dict[str, Any] = {
        "name": title,
        "description": "Made by prefect_support/operations.py.",
        "trigger": EventTrigger(
            expect=set(events),
            match={"prefect.resource.id": "prefect.flow-run.*"},
            match_related={"prefect.resource.role": "work-pool", "prefect.resource.name": pool},
            for_each={"prefect.resource.id"},
            posture=Posture.Reactive,
            threshold=1,
            within=timedelta(0),
        ),
        "actions": [SendNotification(block_document_id=block, subject=SUBJECT, body=BODY)],
    }
    with get_client(sync_client=True) as client:
        found = client.read_automations_by_name(title)
    if found:
        Automation(id=found[0].id, **wanted).update()
    else:
        Automation(**wanted).create()
    return f"automation {title}: {'changed' if found else 'made'}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Make on the server what prefect.yaml needs there.")
    parser.add_argument("--file", type=Path, default=Path("prefect.yaml"))
    parser.add_argument("--notify", metavar="URL", help="whom to tell of failed and late runs")
    chosen = parser.parse_args(arguments)
    print(*set_up(chosen.file, chosen.notify), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
