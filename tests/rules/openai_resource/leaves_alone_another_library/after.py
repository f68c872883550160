# nothing of dagster's
from mylib import OpenAIResource

account = OpenAIResource(api_key="a")
