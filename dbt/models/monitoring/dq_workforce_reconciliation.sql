{%- set year = var('simulation_year') | int -%}

-- The same number, reached on two ways.
with checks as (

    select
        'closing_headcount' as check_name,
        cast(plan.closing_headcount as decimal(18, 2)) as expected,
        cast(walk.closing as decimal(18, 2)) as actual
    from {{ ref('int_headcount_plan') }} as plan
    inner join {{ ref('fct_headcount_walk') }} as walk
        on plan.simulation_year = walk.simulation_year
    where plan.simulation_year = {{ year }}

    union all

    select
        'hires',
        (select count(*) from {{ ref('fct_yearly_events') }} where simulation_year = {{ year }} and event_type = 'hire'),
        walk.hires
    from {{ ref('fct_headcount_walk') }} as walk
    where walk.simulation_year = {{ year }}

    union all

    select
        'prorated_payroll',
        (select sum(earned) from {{ ref('int_compensation_periods') }} where simulation_year = {{ year }}),
        (select sum(prorated_compensation) from {{ ref('fct_workforce_snapshot') }} where simulation_year = {{ year }})

    union all

    select
        'employer_match',
        (select sum(employer_match) from {{ ref('int_employer_match_calculations') }} where simulation_year = {{ year }}),
        (select sum(employer_match) from {{ ref('fct_participant_contributions') }} where simulation_year = {{ year }})

)

select
    {{ year }} as simulation_year,
    check_name,
    cast(expected as decimal(18, 2)) as expected,
    cast(actual as decimal(18, 2)) as actual,
    expected is not distinct from actual as passed
from checks
