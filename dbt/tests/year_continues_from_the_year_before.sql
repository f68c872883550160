{{ config(meta={'dagster': {'ref': {'name': 'int_active_employees_prev_year'}}}) }}

-- Who is active when a year ends is who opens the next one, with the same pay, level and deferral.
with closing as (

    select simulation_year + 1 as simulation_year, employee_id, current_compensation, level_id, deferral_rate
    from {{ ref('fct_workforce_snapshot') }}
    where employment_status = 'active'

),

opening as (

    select simulation_year, employee_id, compensation, level_id, deferral_rate
    from {{ ref('int_active_employees_prev_year') }}
    where carried_from = 'snapshot'

)

(from opening except all from closing)
union all
(from closing where simulation_year in (select simulation_year from opening) except all from opening)
