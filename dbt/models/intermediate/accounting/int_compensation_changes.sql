{%- set year = var('simulation_year') | int -%}

with changes as (

    select
        simulation_year,
        employee_id,
        effective_date,
        event_type as change_kind,
        previous_compensation,
        compensation_amount as compensation
    from {{ ref('int_promotion_events') }}
    where simulation_year = {{ year }}

    union all

    select
        simulation_year,
        employee_id,
        effective_date,
        event_type,
        previous_compensation,
        compensation_amount
    from {{ ref('int_merit_events') }}
    where simulation_year = {{ year }}

)

select
    simulation_year,
    employee_id,
    row_number() over (partition by employee_id order by effective_date, change_kind) as change_number,
    effective_date,
    change_kind,
    previous_compensation,
    compensation
from changes
