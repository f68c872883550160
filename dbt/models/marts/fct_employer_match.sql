{%- set year = var('simulation_year') | int -%}

select
    simulation_year,
    employee_id,
    deferral_rate,
    plan_compensation,
    matchable_rate,
    employer_match
from {{ ref('int_employer_match_calculations') }}
where simulation_year = {{ year }}
