{%- set year = var('simulation_year') | int -%}

with events as (

    select
        event_id,
        employee_id,
        simulation_year,
        event_type,
        effective_date,
        compensation_amount,
        previous_compensation,
        level_id,
        department,
        age_band,
        tenure_band
    from {{ ref('int_hiring_events') }}
    where simulation_year = {{ year }}

    union all

    select
        event_id,
        employee_id,
        simulation_year,
        event_type,
        effective_date,
        compensation_amount,
        previous_compensation,
        level_id,
        department,
        age_band,
        tenure_band
    from {{ ref('int_promotion_events') }}
    where simulation_year = {{ year }}

    union all

    select
        event_id,
        employee_id,
        simulation_year,
        event_type,
        effective_date,
        compensation_amount,
        previous_compensation,
        level_id,
        department,
        age_band,
        tenure_band
    from {{ ref('int_merit_events') }}
    where simulation_year = {{ year }}

    union all

    select
        event_id,
        employee_id,
        simulation_year,
        event_type,
        effective_date,
        compensation_amount,
        previous_compensation,
        level_id,
        department,
        age_band,
        tenure_band
    from {{ ref('int_enrollment_events') }}
    where simulation_year = {{ year }}

    union all

    select
        event_id,
        employee_id,
        simulation_year,
        event_type,
        effective_date,
        compensation_amount,
        previous_compensation,
        level_id,
        department,
        age_band,
        tenure_band
    from {{ ref('int_new_hire_termination_events') }}
    where simulation_year = {{ year }}

    union all

    select
        event_id,
        employee_id,
        simulation_year,
        event_type,
        effective_date,
        compensation_amount,
        previous_compensation,
        level_id,
        department,
        age_band,
        tenure_band
    from {{ ref('int_termination_events') }}
    where simulation_year = {{ year }}

)

-- Two events of a day are told in the order in which one can follow the other.
select
    *,
    row_number() over (
        partition by employee_id
        order by
            effective_date,
            case event_type
                when 'hire' then 1
                when 'promotion' then 2
                when 'raise' then 3
                when 'enrollment' then 4
                else 5
            end
    ) as event_sequence
from events
