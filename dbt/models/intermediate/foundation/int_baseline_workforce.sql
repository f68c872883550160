{%- set start_year = var('start_year') | int -%}

-- Who was employed when the scenario starts: the same people in every year of it.
with employed as (

    select *
    from {{ ref('stg_census_data') }}
    where active
        and employee_hire_date < make_date({{ start_year }}, 1, 1)

)

select
    {{ var('simulation_year') | int }} as simulation_year,
    employee_id,
    employee_birth_date as birth_date,
    employee_hire_date as hire_date,
    employee_annual_compensation as compensation,
    level_id,
    department,
    scheduled_hours,
    deferral_rate,
    -- The census says who takes part, not since when: the entry date is the best estimate.
    case
        when deferral_rate > 0
            then least(
                {{ eligibility_date('employee_hire_date', 'employee_birth_date') }},
                make_date({{ start_year - 1 }}, 12, 31)
            )
    end as enrollment_date
from employed
