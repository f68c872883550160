{{ config(meta={'dagster': {'ref': {'name': 'int_employee_contributions'}}}) }}

select
    contributions.simulation_year,
    contributions.employee_id,
    contributions.employee_deferral,
    matches.employer_match
from {{ ref('int_employee_contributions') }} as contributions
inner join {{ ref('int_employer_match_calculations') }} as matches
    on contributions.simulation_year = matches.simulation_year
    and contributions.employee_id = matches.employee_id
inner join {{ ref('int_simulation_parameters') }} as parameters
    on contributions.simulation_year = parameters.simulation_year
where contributions.employee_deferral > contributions.deferral_limit
    or contributions.employee_deferral > contributions.plan_compensation
    or matches.employer_match > cast(contributions.plan_compensation as double) * parameters.match_cap_pct * parameters.match_rate + 0.01
