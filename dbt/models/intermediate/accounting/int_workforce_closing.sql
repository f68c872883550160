{%- set year = var('simulation_year') | int -%}

with employed as (

    select
        employee_id,
        birth_date,
        hire_date,
        level_id,
        department,
        scheduled_hours,
        age_band,
        tenure_band,
        current_age,
        current_tenure,
        last_state_change_date
    from {{ ref('int_opening_workforce') }}
    where simulation_year = {{ year }}

    union all

    select
        employee_id,
        birth_date,
        effective_date,
        level_id,
        department,
        scheduled_hours,
        age_band,
        tenure_band,
        {{ year }} - year(birth_date),
        0,
        effective_date
    from {{ ref('int_hiring_events') }}
    where simulation_year = {{ year }}

)

select
    {{ year }} as simulation_year,
    employed.employee_id,
    spells.employment_status,
    case
        when spells.is_new_hire and spells.employment_status = 'terminated' then 'new_hire_termination'
        when spells.is_new_hire then 'new_hire_active'
        when spells.employment_status = 'terminated' then 'experienced_termination'
        else 'continuous_active'
    end as detailed_status,
    employed.department,
    coalesce(promotions.level_id, employed.level_id) as level_id,
    employed.birth_date,
    employed.hire_date,
    employed.current_age,
    employed.current_tenure,
    employed.age_band,
    employed.tenure_band,
    employed.scheduled_hours,
    spells.is_new_hire,
    pay.closing_compensation as current_compensation,
    pay.prorated_compensation,
    leavers.termination_date,
    eligibility.is_eligible,
    eligibility.eligibility_date,
    enrollment.participation_status,
    enrollment.enrollment_date,
    elections.deferral_rate,
    -- greatest() passes over nulls
    greatest(
        employed.last_state_change_date,
        promotions.effective_date,
        leavers.termination_date,
        enrollment.enrollment_date,
        case when eligibility.is_eligible then eligibility.eligibility_date end,
        case when elections.election_kind = 'increased' then {{ year_start() }} end
    ) as last_state_change_date
from employed
inner join {{ ref('int_employment_spells') }} as spells
    on spells.simulation_year = {{ year }} and employed.employee_id = spells.employee_id
inner join {{ ref('int_prorated_compensation') }} as pay
    on pay.simulation_year = {{ year }} and employed.employee_id = pay.employee_id
inner join {{ ref('int_eligibility_determination') }} as eligibility
    on eligibility.simulation_year = {{ year }} and employed.employee_id = eligibility.employee_id
inner join {{ ref('int_enrollment_status') }} as enrollment
    on enrollment.simulation_year = {{ year }} and employed.employee_id = enrollment.employee_id
inner join {{ ref('int_deferral_elections') }} as elections
    on elections.simulation_year = {{ year }} and employed.employee_id = elections.employee_id
left join {{ ref('int_promotion_events') }} as promotions
    on promotions.simulation_year = {{ year }} and employed.employee_id = promotions.employee_id
left join {{ ref('int_all_terminations') }} as leavers
    on leavers.simulation_year = {{ year }} and employed.employee_id = leavers.employee_id
