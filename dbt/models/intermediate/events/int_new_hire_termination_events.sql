{%- set year = var('simulation_year') | int -%}

with hires as (

    select
        *,
        row_number() over (order by {{ draw('employee_id', 'new hire termination') }}, employee_id) as leaving_order,
        count(*) over () as hired
    from {{ ref('int_hiring_events') }}
    where simulation_year = {{ year }}

),

-- The share is of the hires; the remainder is what int_hiring_events counted on to stay.
leaving as (

    select *
    from hires
    where leaving_order <= floor(hired * {{ var('new_hire_termination_rate') }})

)

select
    'new_hire_termination-{{ year }}-' || employee_id as event_id,
    employee_id,
    simulation_year,
    'new_hire_termination' as event_type,
    {{ day_between('effective_date + 1', year_end(), draw('employee_id', 'new hire termination date')) }} as effective_date,
    compensation_amount,
    compensation_amount as previous_compensation,
    level_id,
    department,
    age_band,
    tenure_band
from leaving
