{%- set year = var('simulation_year') | int -%}

with employed as (

    select employee_id, birth_date, hire_date, scheduled_hours
    from {{ ref('int_opening_workforce') }}
    where simulation_year = {{ year }}

    union all

    select employee_id, birth_date, effective_date, scheduled_hours
    from {{ ref('int_hiring_events') }}
    where simulation_year = {{ year }}

),

dated as (

    select
        employed.*,
        {{ eligibility_date('employed.hire_date', 'employed.birth_date') }} as eligibility_date,
        spells.spell_end
    from employed
    inner join {{ ref('int_employment_spells') }} as spells
        on spells.simulation_year = {{ year }}
        and employed.employee_id = spells.employee_id

),

reasoned as (

    select
        *,
        case
            when scheduled_hours < {{ hours_to_be_eligible() }} then 'hours'
            when eligibility_date > spell_end then 'waiting_period'
            else 'none'
        end as ineligibility_reason
    from dated

)

select
    {{ year }} as simulation_year,
    employee_id,
    eligibility_date,
    ineligibility_reason = 'none' as is_eligible,
    ineligibility_reason
from reasoned
