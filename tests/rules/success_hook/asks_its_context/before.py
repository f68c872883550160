from dagster import ConfigurableResource, Definitions, HookContext, failure_hook, job, op, success_hook


class Bell(ConfigurableResource):
    tone: str = "high"

    def ring(self, text: str) -> None:
        print(self.tone, text)


# rings
@success_hook(required_resource_keys={"bell"})
def cheer(context: HookContext) -> None:
    """Rings the bell."""
    context.resources.bell.ring(f"{context.op.name} of {context.job_name} in {context.run_id}")
    context.log.info(context.hook_def.name)


@failure_hook(name="weep")
def weep(context):
    context.log.error(f"{context.step_key}: {context.op_exception}", exc_info=context.op_exception)


@failure_hook
def asks_too_much(context: HookContext):
    context.instance.wipe()


@op
def make() -> int:
    return 1


@job(hooks={cheer, weep})
def everything():
    make()
    make.with_hooks({asks_too_much})()


defs = Definitions(jobs=[everything], resources={"bell": Bell()})
