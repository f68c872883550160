{%- set year = var('simulation_year') | int -%}

-- Counted from the snapshot, not from the events: the two are reconciled in monitoring.
with counted as (

    select
        count(*) filter (where not is_new_hire) as opening,
        count(*) filter (where is_new_hire) as hires,
        count(*) filter (where detailed_status = 'experienced_termination') as experienced_terminations,
        count(*) filter (where detailed_status = 'new_hire_termination') as new_hire_terminations,
        count(*) filter (where employment_status = 'active') as closing
    from {{ ref('fct_workforce_snapshot') }}
    where simulation_year = {{ year }}

)

select
    {{ year }} as simulation_year,
    opening,
    hires,
    experienced_terminations + new_hire_terminations as terminations,
    experienced_terminations,
    new_hire_terminations,
    closing,
    {{ share('closing - opening', 'opening') }} as growth_rate
from counted
