"""Integrations with services (Fivetran, Airbyte, Looker, Power BI, Pipes, …) → manual, with what to call.

The service does the work; Dagster only started it and waited. The remedy names Prefect's own integration
where there is one, else the vendor's client or command line.

Upstream: https://docs.prefect.io/integrations/integrations
"""

from __future__ import annotations

from migrate.rules import Rule

COLLECTION = "Call it from a @task with the collection {0}."
CLIENT = "Call it from a @task through {0}."

REMEDIES = {
    "dagster_fivetran": COLLECTION.format("prefect-fivetran, or Fivetran's REST API"),
    "dagster_airbyte": COLLECTION.format("prefect-airbyte"),
    "dagster_databricks": COLLECTION.format("prefect-databricks"),
    "dagster_k8s": "Run it with prefect-kubernetes (KubernetesJob), or in a Kubernetes work pool.",
    "dagster_docker": "Run it with prefect-docker, or in a Docker work pool.",
    "dagster_aws": "Call it from a @task through boto3, or with prefect-aws.",
    "dagster_azure": "Call it from a @task with prefect-azure, or Azure's own client.",
    "dagster_gcp": "Call it from a @task with prefect-gcp, or Google's own client.",
    "dagster_gcp_pandas": "Write a storage class around pandas-gbq or google-cloud-bigquery.",
    "dagster_snowflake": "Call it from a @task with prefect-snowflake, or Snowflake's connector.",
    "dagster_sling": "Run it as `@sling_assets` are run: SlingConnections of prefect_support.sling_streams.",
    "dagster_dlt": "Run it as `@dlt_assets` are run: DltRunner of prefect_support.dlt_sources.",
    "dagster_embedded_elt": CLIENT.format("sling or dlt itself"),
    "dagster_powerbi": CLIENT.format("Power BI's REST API"),
    "dagster_tableau": CLIENT.format("tableauserverclient"),
    "dagster_looker": CLIENT.format("looker_sdk"),
    "dagster_sigma": CLIENT.format("Sigma's REST API"),
    "dagster_hightouch": CLIENT.format("Hightouch's REST API"),
    "dagster_census": CLIENT.format("Census's REST API"),
    "dagster_anthropic": CLIENT.format("anthropic.Anthropic(api_key=...)"),
    "dagster_openai": CLIENT.format("openai.OpenAI(api_key=...)"),
    "dagster_pandas": "Check the frame with pandera or an asset check; Prefect has no types of its own.",
    "dagster_pandera": "Call the pandera schema's validate in the task.",
    "dagster_pyspark": "Build the SparkSession in a function of your own.",
    "dagster_spark": "Build the SparkSession in a function of your own.",
    "dagster_dask": "Use prefect-dask's DaskTaskRunner.",
    "dagster_celery": "Use a work pool; Prefect's workers take the place of Celery's.",
    "dagster_mlflow": CLIENT.format("mlflow itself"),
    "dagster_wandb": CLIENT.format("wandb itself"),
    "dagster_datadog": CLIENT.format("datadog itself"),
    "dagster_prometheus": CLIENT.format("prometheus_client"),
    "dagster_pagerduty": "Notify from an automation, or call PagerDuty's API from a state hook.",
    "dagster_msteams": "Notify from an automation with prefect's MicrosoftTeamsWebhook block.",
    "dagster_twilio": CLIENT.format("twilio itself"),
    "dagster_github": COLLECTION.format("prefect-github"),
    "dagster_ssh": CLIENT.format("paramiko"),
    "dagster_shell": "Use prefect-shell's ShellOperation.",
    "dagster_papertrail": "Add a handler to Prefect's logging settings.",
    "dagster_ge": "Run the checkpoint in a @task with great_expectations itself.",
    "dagster_duckdb_pyspark": "Write a storage class around duckdb and pyspark.",
    "dagster_duckdb_pandas": "Write a storage class around duckdb: create the table from the frame, read it.",
    "dagster_duckdb": "Write a storage class around duckdb: create the table from the frame, read it.",
    "dagster_deltalake": "Write a storage class around deltalake.",
    "dagster_iceberg": "Write a storage class around pyiceberg.",
    "dagster_polars": "Write a storage class around polars' own readers and writers.",
    "dagster_airlift": "Airflow stays as it is; start its DAGs through its REST API from a @task.",
    "dagster_graphql": "Use Prefect's own client: prefect.get_client().",
    "dagster_cloud": "Drop it: it speaks of Dagster+ only.",
    "dagster_pipes": "Hand arguments to the process yourself, and read its result from where it writes it.",
    "dagstermill": "Run the notebook from a @task with papermill.execute_notebook.",
    "dagster.DagsterInstance": "Ask Prefect's API instead: prefect.get_client().",
    "dagster.build_op_context": "Call the task's function itself: task.fn(...).",
    "dagster.build_asset_context": "Call the task's function itself: task.fn(...).",
    "dagster.materialize": "Call the flow.",
    "dagster.materialize_to_memory": "Call the flow.",
    "dagster.execute_job": "Call the flow.",
}

RULE = Rule(tuple(REMEDIES), "value", remedies=REMEDIES)
