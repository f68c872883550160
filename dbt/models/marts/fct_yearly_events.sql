{%- set year = var('simulation_year') | int -%}

select
    event_id,
    employee_id,
    simulation_year,
    event_sequence,
    event_type,
    effective_date,
    compensation_amount,
    previous_compensation,
    level_id,
    department,
    age_band,
    tenure_band
from {{ ref('int_employee_event_stream') }}
where simulation_year = {{ year }}
