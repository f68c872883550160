{#- The one place where a year reads the year before. ref() would be a cycle (the snapshot is made
    from this model), so the relation is looked up by name: no lineage tool sees it in the manifest. -#}
{%- set year = var('simulation_year') | int -%}
{%- set baseline = ref('int_baseline_workforce') -%}
{%- set first_year = year == var('start_year') | int -%}
{%- set previous_snapshot = none -%}
{%- if execute and not first_year -%}
    {%- set previous_snapshot = adapter.get_relation(
        database=this.database, schema=this.schema, identifier='fct_workforce_snapshot'
    ) -%}
    {%- if previous_snapshot is none -%}
        {{ exceptions.raise_compiler_error(
            'simulation_year ' ~ year ~ ' is made from ' ~ (year - 1)
            ~ ', and this database has no fct_workforce_snapshot. Run the years in order from '
            ~ var('start_year') ~ '.'
        ) }}
    {%- endif -%}
{%- endif -%}

{% if first_year or previous_snapshot is none -%}
select
    simulation_year,
    employee_id,
    birth_date,
    hire_date,
    compensation,
    level_id,
    department,
    scheduled_hours,
    deferral_rate,
    enrollment_date,
    hire_date as last_state_change_date,
    'census' as carried_from
from {{ baseline }}
where simulation_year = {{ year }}
{%- else -%}
select
    {{ year }} as simulation_year,
    employee_id,
    birth_date,
    hire_date,
    current_compensation as compensation,
    level_id,
    department,
    scheduled_hours,
    deferral_rate,
    enrollment_date,
    last_state_change_date,
    'snapshot' as carried_from
from {{ previous_snapshot }}
where simulation_year = {{ year - 1 }}
    and employment_status = 'active'
{%- endif %}
