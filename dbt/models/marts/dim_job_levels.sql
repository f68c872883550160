{%- set year = var('simulation_year') | int -%}

with active as (

    select
        level_id,
        count(*) as active_employees
    from {{ ref('fct_workforce_snapshot') }}
    where simulation_year = {{ year }}
        and employment_status = 'active'
    group by level_id

)

select
    levels.simulation_year,
    levels.level_id,
    levels.level_name,
    levels.min_compensation,
    levels.max_compensation,
    coalesce(active.active_employees, 0) as active_employees
from {{ ref('int_job_levels_effective') }} as levels
left join active
    on levels.level_id = active.level_id
where levels.simulation_year = {{ year }}
