{%- set year = var('simulation_year') | int -%}

-- A share of what the employee saves, up to a cap in percent of pay.
with capped as (

    select
        *,
        cast(least(deferral_rate, {{ rate('match_cap_pct') }}) as decimal(9, 4)) as matchable_rate,
        least(
            employee_deferral,
            {{ money('plan_compensation * ' ~ rate('match_cap_pct')) }}
        ) as matchable_deferral
    from {{ ref('int_employee_contributions') }}
    where simulation_year = {{ year }}

)

select
    simulation_year,
    employee_id,
    deferral_rate,
    plan_compensation,
    matchable_rate,
    matchable_deferral,
    {{ money('matchable_deferral * ' ~ rate('match_rate')) }} as employer_match
from capped
