import dagster as dg


@dg.resource
def wire(context):
    print("open")
    try:
        yield {"url": "a"}
    finally:
        print("closed")


@dg.resource
def mail(context):
    return "me"


@dg.success_hook(required_resource_keys={"wire"})
def over_the_wire(context: dg.HookContext):
    print(context.resources.wire["url"])


@dg.success_hook(required_resource_keys={"mail"})
def by_mail(context: dg.HookContext):
    print(context.resources.mail)


@dg.op(required_resource_keys={"wire"})
def one(context):
    print(context.resources.wire)


@dg.job(hooks={over_the_wire, by_mail}, resource_defs={"wire": wire, "mail": mail})
def steps():
    one()


defs = dg.Definitions(jobs=[steps], resources={"wire": wire, "mail": mail})
