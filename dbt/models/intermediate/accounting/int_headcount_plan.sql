{%- set year = var('simulation_year') | int -%}

with counted as (

    select
        (select count(*) from {{ ref('int_opening_workforce') }} where simulation_year = {{ year }}) as opening_headcount,
        (select count(*) from {{ ref('int_termination_events') }} where simulation_year = {{ year }}) as experienced_terminations,
        (select count(*) from {{ ref('int_hiring_events') }} where simulation_year = {{ year }}) as hires,
        (select count(*) from {{ ref('int_new_hire_termination_events') }} where simulation_year = {{ year }}) as new_hire_terminations

)

select
    {{ year }} as simulation_year,
    opening_headcount,
    cast(round(opening_headcount * (1 + {{ var('target_growth_rate') }}), 0) as bigint) as target_closing,
    experienced_terminations,
    hires,
    new_hire_terminations,
    opening_headcount - experienced_terminations + hires - new_hire_terminations as closing_headcount
from counted
