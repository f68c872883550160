{%- set year = var('simulation_year') | int -%}

select
    simulation_year,
    employee_id,
    effective_date as termination_date,
    'experienced' as termination_kind
from {{ ref('int_termination_events') }}
where simulation_year = {{ year }}

union all

select
    simulation_year,
    employee_id,
    effective_date as termination_date,
    'new_hire' as termination_kind
from {{ ref('int_new_hire_termination_events') }}
where simulation_year = {{ year }}
