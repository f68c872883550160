"""Runs bridged tasks in one flow, and writes down all that Prefect got to see: `run_bridged.py OUT WHAT…`."""

import json
import logging
import os
import signal
import sys
import threading
import time
from pathlib import Path

from prefect import flow
from prefect.events.worker import EventsWorker

sys.path.insert(0, str(Path(os.environ["CHANGEOVER_CONFIG"]).parent / "target"))

from shop import bridged

seen = {"logs": [], "events": [], "states": {}}
send = EventsWorker.send


class Keep(logging.Handler):
    def emit(self, record):
        seen["logs"].append([record.levelname, record.getMessage(), time.time()])


def note(worker, event):
    seen["events"].append(
        {"event": event.event, "resource": dict(event.resource.root), "payload": event.payload}
    )
    send(worker, event)


@flow
def year(partition_key: str):
    first = bridged.orders.submit(partition_key=partition_key, config={"percent": 50})
    last = bridged.totals.submit(partition_key=partition_key, wait_for=[first])
    return end(orders=first, totals=last, broken=bridged.broken.submit())


@flow
def checked(partition_key: str):
    there = bridged.orders_are_there.submit(partition_key=partition_key)
    many = bridged.orders_are_many.submit(partition_key=partition_key)
    last = bridged.totals.submit(partition_key=partition_key, wait_for=[there])
    return end(orders_are_there=there, orders_are_many=many, totals=last)


@flow
def troubles():
    tasks = {name: getattr(bridged, name) for name in ("exits", "flaky", "nobody")}
    futures = {name: task.submit() for name, task in tasks.items()}
    return end(**futures, wrong=bridged.orders.submit(partition_key="1999"))


@flow
def sleeper():
    future = bridged.slow.submit()
    threading.Thread(target=interrupt, daemon=True).start()
    return end(slow=future)


def interrupt():
    while not any("going to sleep" in message for _, message, _ in seen["logs"]):
        time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGTERM)


def end(**futures):
    for name, future in futures.items():
        future.wait()
        state = future.state
        value = None
        if state.is_completed() and name == "orders":
            value = state.result()
        seen["states"][name] = [state.type.value, state.name, state.message, value]


logging.getLogger("prefect.task_runs").addHandler(Keep())
logging.getLogger("prefect.flow_runs").addHandler(Keep())
EventsWorker.send = note
out, *what = sys.argv[1:]
try:
    for name in what:
        if name == "job":
            state = bridged.greeting(
                run_config={"ops": {"greet": {"config": {"who": "you"}}}}, return_state=True
            )
        else:
            run = {"year": year, "checked": checked, "troubles": troubles, "sleeper": sleeper}[name]
            state = run(
                **({"partition_key": "2026"} if name in ("year", "checked") else {}), return_state=True
            )
        seen["states"][f"flow {name}"] = [state.type.value, state.name, state.message, None]
except BaseException as problem:
    seen["states"]["raised"] = [type(problem).__name__]
finally:
    Path(out).write_text(json.dumps(seen, default=str))
