{%- set year = var('simulation_year') | int -%}

with state as (

    select
        eligibility.employee_id,
        eligibility.is_eligible,
        coalesce(enrolled.effective_date, opening.enrollment_date) as enrollment_date,
        case
            when enrolled.enrollment_kind is not null then enrolled.enrollment_kind
            when opening.deferral_rate > 0 then 'carried_over'
            else 'none'
        end as enrollment_kind
    from {{ ref('int_eligibility_determination') }} as eligibility
    left join {{ ref('int_opening_workforce') }} as opening
        on opening.simulation_year = {{ year }}
        and eligibility.employee_id = opening.employee_id
    left join {{ ref('int_enrollment_events') }} as enrolled
        on enrolled.simulation_year = {{ year }}
        and eligibility.employee_id = enrolled.employee_id
    where eligibility.simulation_year = {{ year }}

)

-- Who is in the plan stays in it, also when the hours fall below the threshold.
select
    {{ year }} as simulation_year,
    employee_id,
    case
        when enrollment_kind <> 'none' then 'participating'
        when is_eligible then 'eligible_not_enrolled'
        else 'not_eligible'
    end as participation_status,
    enrollment_date,
    enrollment_kind
from state
