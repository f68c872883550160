{%- set year = var('simulation_year') | int -%}

-- Promotions take effect in February, before any raise of the year (int_raise_calendar).
with chosen as (

    select
        workforce.*,
        {{ day_between('make_date(' ~ year ~ ', 2, 1)', 'make_date(' ~ year ~ ', 2, 28)', draw('workforce.employee_id', 'promotion date')) }} as effective_date
    from {{ ref('int_opening_workforce') }} as workforce
    inner join {{ ref('int_hazard_promotion') }} as hazards
        on workforce.simulation_year = hazards.simulation_year
        and workforce.level_id = hazards.level_id
        and workforce.age_band = hazards.age_band
        and workforce.tenure_band = hazards.tenure_band
    where workforce.simulation_year = {{ year }}
        and {{ draw('workforce.employee_id', 'promotion') }} < hazards.promotion_rate

)

select
    'promotion-{{ year }}-' || chosen.employee_id as event_id,
    chosen.employee_id,
    chosen.simulation_year,
    'promotion' as event_type,
    chosen.effective_date,
    greatest(
        {{ money('chosen.compensation * (1 + ' ~ rate('promotion_increase_pct') ~ ')') }},
        levels.min_compensation
    ) as compensation_amount,
    chosen.compensation as previous_compensation,
    levels.level_id,
    chosen.department,
    chosen.age_band,
    chosen.tenure_band,
    chosen.level_id as from_level_id
from chosen
inner join {{ ref('int_job_levels_effective') }} as levels
    on chosen.simulation_year = levels.simulation_year
    and chosen.level_id + 1 = levels.level_id
left join {{ ref('int_termination_events') }} as leavers
    on chosen.simulation_year = leavers.simulation_year
    and chosen.employee_id = leavers.employee_id
where leavers.employee_id is null
    or leavers.effective_date > chosen.effective_date
