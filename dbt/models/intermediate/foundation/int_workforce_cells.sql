{%- set year = var('simulation_year') | int -%}

select
    simulation_year,
    level_id,
    age_band,
    tenure_band,
    count(*) as headcount,
    cast(sum(compensation) as decimal(18, 2)) as payroll
from {{ ref('int_opening_workforce') }}
where simulation_year = {{ year }}
group by all
