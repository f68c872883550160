{%- set year = var('simulation_year') | int -%}

-- Everyone who could enter the plan this year: not in it yet, and not gone before.
with outside as (

    select
        employee_id,
        birth_date,
        hire_date,
        compensation,
        level_id,
        department,
        age_band,
        tenure_band,
        scheduled_hours
    from {{ ref('int_opening_workforce') }}
    where simulation_year = {{ year }}
        and deferral_rate = 0

    union all

    select
        employee_id,
        birth_date,
        effective_date,
        compensation_amount,
        level_id,
        department,
        age_band,
        tenure_band,
        scheduled_hours
    from {{ ref('int_hiring_events') }}
    where simulation_year = {{ year }}

),

leavers as (

    select employee_id, effective_date
    from {{ ref('int_termination_events') }}
    where simulation_year = {{ year }}

    union all

    select employee_id, effective_date
    from {{ ref('int_new_hire_termination_events') }}
    where simulation_year = {{ year }}

),

eligible as (

    select
        *,
        {{ eligibility_date('hire_date', 'birth_date') }} as eligibility_date
    from outside
    where scheduled_hours >= {{ hours_to_be_eligible() }}
        and {{ eligibility_date('hire_date', 'birth_date') }} <= {{ year_end() }}

),

-- A decision of one's own comes first; who makes none is enrolled on the day of becoming eligible,
-- unless opted out.
decided as (

    select
        eligible.*,
        case
            when {{ draw('eligible.employee_id', 'voluntary enrollment') }} < behaviour.voluntary_rate then 'voluntary'
            when cast('{{ var("auto_enroll") }}' as boolean)
                and eligible.eligibility_date >= {{ year_start() }}
                and {{ draw('eligible.employee_id', 'opt out') }} >= behaviour.opt_out_rate then 'automatic'
        end as enrollment_kind,
        behaviour.voluntary_deferral_rate
    from eligible
    inner join {{ ref('stg_config_enrollment_behaviour') }} as behaviour
        on eligible.age_band = behaviour.age_band

),

dated as (

    select
        *,
        case enrollment_kind
            when 'automatic' then eligibility_date
            else {{ day_between('greatest(eligibility_date, ' ~ year_start() ~ ')', year_end(), draw('employee_id', 'enrollment date')) }}
        end as effective_date,
        case enrollment_kind
            when 'automatic' then cast({{ var('default_deferral_rate') }} as decimal(9, 4))
            else voluntary_deferral_rate
        end as deferral_rate
    from decided
    where enrollment_kind is not null

)

select
    'enrollment-{{ year }}-' || dated.employee_id as event_id,
    dated.employee_id,
    {{ year }} as simulation_year,
    'enrollment' as event_type,
    dated.effective_date,
    dated.compensation as compensation_amount,
    dated.compensation as previous_compensation,
    dated.level_id,
    dated.department,
    dated.age_band,
    dated.tenure_band,
    dated.enrollment_kind,
    dated.deferral_rate
from dated
left join leavers
    on dated.employee_id = leavers.employee_id
where leavers.employee_id is null
    or leavers.effective_date > dated.effective_date
