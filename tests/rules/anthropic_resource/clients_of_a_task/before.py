import dagster as dg
from dagster_anthropic import AnthropicResource


class Louder(AnthropicResource):
    def shout(self) -> str:
        return "!"


@dg.asset
def answer(context: dg.AssetExecutionContext, model: AnthropicResource) -> str:
    with model.get_client(context) as client:
        return str(client.ask("hello"))


@dg.asset
def answers(context, model: AnthropicResource) -> str:
    with model.get_client_for_asset(context, asset_key=context.asset_key) as client:
        return str(client.ask("hello"))


@dg.asset
def named(context: dg.AssetExecutionContext, model: AnthropicResource) -> str:
    with model.get_client(context=context) as client:
        return str(client.ask("hello"))


account = AnthropicResource(api_key=dg.EnvVar("KEY"), base_url="b")
louder = Louder(api_key="a")
defs = dg.Definitions(assets=[answer, answers, named], resources={"model": account, "louder": louder})
