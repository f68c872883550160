{%- set year = var('simulation_year') | int -%}

-- One participant in eight saves a percent more from the first of January, up to 15 %.
with rates as (

    select
        status.employee_id,
        status.enrollment_kind,
        coalesce(opening.deferral_rate, 0) as opening_deferral_rate,
        enrolled.deferral_rate as enrolled_deferral_rate,
        status.enrollment_kind = 'carried_over'
            and opening.deferral_rate < 0.15
            and {{ draw('status.employee_id', 'deferral increase') }} < 0.125 as increases
    from {{ ref('int_enrollment_status') }} as status
    left join {{ ref('int_opening_workforce') }} as opening
        on opening.simulation_year = {{ year }}
        and status.employee_id = opening.employee_id
    left join {{ ref('int_enrollment_events') }} as enrolled
        on enrolled.simulation_year = {{ year }}
        and status.employee_id = enrolled.employee_id
    where status.simulation_year = {{ year }}

)

select
    {{ year }} as simulation_year,
    employee_id,
    cast(opening_deferral_rate as decimal(9, 4)) as opening_deferral_rate,
    cast(
        case
            when increases then least(opening_deferral_rate + 0.01, 0.15)
            else coalesce(enrolled_deferral_rate, opening_deferral_rate)
        end as decimal(9, 4)
    ) as deferral_rate,
    case
        when increases then 'increased'
        when enrollment_kind = 'carried_over' then 'carried_over'
        when enrollment_kind = 'none' then 'none'
        else 'enrolled'
    end as election_kind
from rates
