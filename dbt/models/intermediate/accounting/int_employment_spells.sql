{%- set year = var('simulation_year') | int -%}

with employed as (

    select employee_id, hire_date, false as is_new_hire
    from {{ ref('int_opening_workforce') }}
    where simulation_year = {{ year }}

    union all

    select employee_id, effective_date, true
    from {{ ref('int_hiring_events') }}
    where simulation_year = {{ year }}

),

bounded as (

    select
        employed.*,
        greatest(employed.hire_date, {{ year_start() }}) as spell_start,
        coalesce(leavers.termination_date, {{ year_end() }}) as spell_end,
        leavers.termination_date is not null as has_left
    from employed
    left join {{ ref('int_all_terminations') }} as leavers
        on leavers.simulation_year = {{ year }}
        and employed.employee_id = leavers.employee_id

)

-- Both ends are worked: an employee of the whole year has all its days.
select
    {{ year }} as simulation_year,
    employee_id,
    is_new_hire,
    spell_start,
    spell_end,
    spell_end - spell_start + 1 as days_employed,
    case when has_left then 'terminated' else 'active' end as employment_status
from bounded
