{%- set year = var('simulation_year') | int -%}

with counted as (

    select
        department,
        count(*) as employees,
        count(*) filter (where is_eligible) as eligible,
        count(*) filter (where participation_status = 'participating') as participants,
        sum(deferral_rate) filter (where participation_status = 'participating') as deferral_rates
    from {{ ref('fct_workforce_snapshot') }}
    where simulation_year = {{ year }}
        and employment_status = 'active'
    group by department

)

select
    {{ year }} as simulation_year,
    department,
    employees,
    eligible,
    participants,
    {{ share('participants', 'employees') }} as participation_rate,
    {{ share('deferral_rates', 'participants') }} as average_deferral_rate
from counted
