# nothing of dagster's
from mylib import AnthropicResource

account = AnthropicResource(api_key="a")
