{%- set year = var('simulation_year') | int -%}

with opening as (

    select count(*) as headcount
    from {{ ref('int_opening_workforce') }}
    where simulation_year = {{ year }}

),

leavers as (

    select count(*) as headcount
    from {{ ref('int_termination_events') }}
    where simulation_year = {{ year }}

),

-- Hires who stay: the growth and a replacement for each leaver. More must be hired than stay,
-- because some hires leave within the year.
demand as (

    select
        greatest(0, cast(round(opening.headcount * {{ var('target_growth_rate') }}, 0) as bigint) + leavers.headcount) as staying
    from opening
    cross join leavers

),

numbered as (

    select 'NH_{{ year }}_' || format('{:06d}', number) as employee_id
    from demand
    cross join unnest(range(1, 1 + cast(ceil(demand.staying / (1 - {{ var('new_hire_termination_rate') }})) as bigint))) as numbers(number)

),

drawn as (

    select
        employee_id,
        {{ draw('employee_id', 'hire level') }} as level_draw,
        {{ draw('employee_id', 'hire department') }} as department_draw,
        {{ draw('employee_id', 'hire pay') }} as pay_draw,
        21 + cast(floor(38 * pow({{ draw('employee_id', 'hire age') }}, 1.8)) as integer) as current_age,
        cast(floor({{ draw('employee_id', 'birthday') }} * 365) as integer) as birthday,
        {{ draw('employee_id', 'hire hours') }} as hours_draw,
        -- Two weeks at least are left of the year.
        {{ day_between(year_start(), year_end() ~ ' - 14', draw('employee_id', 'hire date')) }} as hire_date
    from numbered

),

placed as (

    select
        drawn.*,
        make_date({{ year }} - drawn.current_age, 1, 1) + drawn.birthday as birth_date,
        level_mix.level_id,
        department_mix.department,
        -- Most hires start in the lower half of the pay range.
        cast(round(
            levels.min_compensation
            + (levels.max_compensation - levels.min_compensation) * (0.02 + 0.58 * drawn.pay_draw), -2
        ) as decimal(18, 2)) as compensation,
        case when drawn.hours_draw < 0.90 then 40 when drawn.hours_draw < 0.96 then 24 else 16 end as scheduled_hours,
        0 as current_tenure
    from drawn
    inner join {{ ref('int_hire_mix_by_level') }} as level_mix
        on level_mix.simulation_year = {{ year }}
        and drawn.level_draw >= level_mix.share_from
        and drawn.level_draw < level_mix.share_to
    inner join {{ ref('int_hire_mix_by_department') }} as department_mix
        on department_mix.simulation_year = {{ year }}
        and drawn.department_draw >= department_mix.share_from
        and drawn.department_draw < department_mix.share_to
    inner join {{ ref('int_job_levels_effective') }} as levels
        on levels.simulation_year = {{ year }}
        and level_mix.level_id = levels.level_id

)

select
    'hire-{{ year }}-' || placed.employee_id as event_id,
    placed.employee_id,
    {{ year }} as simulation_year,
    'hire' as event_type,
    placed.hire_date as effective_date,
    placed.compensation as compensation_amount,
    cast(null as decimal(18, 2)) as previous_compensation,
    placed.level_id,
    placed.department,
    age_bands.band as age_band,
    tenure_bands.band as tenure_band,
    placed.birth_date,
    placed.scheduled_hours
from placed
{{ join_bands('placed') }}
