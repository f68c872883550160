{%- set year = var('simulation_year') | int -%}

select
    contributions.simulation_year,
    contributions.employee_id,
    contributions.plan_compensation,
    contributions.deferral_rate,
    contributions.employee_deferral,
    matches.employer_match,
    cast(contributions.employee_deferral + matches.employer_match as decimal(18, 2)) as total_contribution,
    contributions.is_limited
from {{ ref('int_employee_contributions') }} as contributions
inner join {{ ref('fct_employer_match') }} as matches
    on contributions.simulation_year = matches.simulation_year
    and contributions.employee_id = matches.employee_id
where contributions.simulation_year = {{ year }}
