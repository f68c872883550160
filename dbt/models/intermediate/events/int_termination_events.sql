{%- set year = var('simulation_year') | int -%}

with exposed as (

    select
        workforce.*,
        hazards.termination_rate
    from {{ ref('int_opening_workforce') }} as workforce
    inner join {{ ref('int_hazard_termination') }} as hazards
        on workforce.simulation_year = hazards.simulation_year
        and workforce.level_id = hazards.level_id
        and workforce.age_band = hazards.age_band
        and workforce.tenure_band = hazards.tenure_band
    where workforce.simulation_year = {{ year }}

)

select
    'termination-{{ year }}-' || employee_id as event_id,
    employee_id,
    simulation_year,
    'termination' as event_type,
    {{ day_between(year_start(), year_end(), draw('employee_id', 'termination date')) }} as effective_date,
    compensation as compensation_amount,
    compensation as previous_compensation,
    level_id,
    department,
    age_band,
    tenure_band
from exposed
where {{ draw('employee_id', 'termination') }} < termination_rate
