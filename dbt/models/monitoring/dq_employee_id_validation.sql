{%- set year = var('simulation_year') | int -%}

with employees as (

    select
        employee_id,
        is_new_hire,
        count(*) over (partition by employee_id) as occurrences
    from {{ ref('fct_workforce_snapshot') }}
    where simulation_year = {{ year }}

),

checks as (

    select
        'unique' as check_name,
        count(*) as rows_checked,
        count(*) filter (where occurrences > 1) as rows_failed
    from employees

    union all

    select
        'known_format',
        count(*),
        count(*) filter (where not regexp_full_match(employee_id, 'EMP_[0-9]{6,}|NH_[0-9]{4}_[0-9]{6,}'))
    from employees

    union all

    select
        'hires_of_the_year',
        count(*) filter (where is_new_hire),
        count(*) filter (where is_new_hire and not starts_with(employee_id, 'NH_{{ year }}_'))
    from employees

)

select
    {{ year }} as simulation_year,
    check_name,
    rows_checked,
    rows_failed,
    rows_failed = 0 as passed
from checks
