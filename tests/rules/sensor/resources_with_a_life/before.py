from contextlib import contextmanager

from dagster import ConfigurableResource, Definitions, RunRequest, job, op, resource, sensor


class Settings(ConfigurableResource):
    folder: str = "in"


class Queue(ConfigurableResource):
    place: str

    def setup_for_execution(self, context):
        self._open = [self.place]

    def waiting(self):
        return self._open


@resource
@contextmanager
def connection():
    yield "open"


@op
def load():
    return 1


@job
def nightly():
    load()


@sensor(job=nightly)
def plain(context, settings: Settings):
    yield RunRequest(run_key=settings.folder)


@sensor(job=nightly, required_resource_keys={"connection"})
def messages(context, queue: Queue, settings: Settings):
    """What waits."""
    for message in queue.waiting():
        yield RunRequest(run_key=message + settings.folder + context.resources.connection)


defs = Definitions(
    jobs=[nightly],
    sensors=[plain, messages],
    resources={"settings": Settings(), "queue": Queue(place="here"), "connection": connection},
)
