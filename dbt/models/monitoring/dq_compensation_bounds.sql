{%- set year = var('simulation_year') | int -%}

with employees as (

    select
        snapshot.current_compensation,
        snapshot.prorated_compensation,
        snapshot.employment_status,
        levels.min_compensation,
        levels.max_compensation
    from {{ ref('fct_workforce_snapshot') }} as snapshot
    left join {{ ref('int_job_levels_effective') }} as levels
        on snapshot.simulation_year = levels.simulation_year
        and snapshot.level_id = levels.level_id
    where snapshot.simulation_year = {{ year }}

),

checks as (

    select
        'has_a_level' as check_name,
        count(*) as rows_checked,
        count(*) filter (where min_compensation is null) as rows_failed
    from employees

    union all

    select
        'within_a_third_of_the_range',
        count(*),
        count(*) filter (where current_compensation < min_compensation * 0.67 or current_compensation > max_compensation * 1.5)
    from employees

    union all

    select
        'earned_no_more_than_the_annual_pay',
        count(*),
        count(*) filter (where prorated_compensation > current_compensation + 1)
    from employees

)

select
    {{ year }} as simulation_year,
    check_name,
    rows_checked,
    rows_failed,
    rows_failed = 0 as passed
from checks
