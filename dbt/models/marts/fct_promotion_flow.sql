{%- set year = var('simulation_year') | int -%}

with opening as (

    select
        level_id,
        count(*) as eligible
    from {{ ref('int_opening_workforce') }}
    where simulation_year = {{ year }}
    group by level_id

),

promoted as (

    select
        from_level_id,
        count(*) as promotions,
        sum(compensation_amount) as compensation,
        sum(previous_compensation) as previous_compensation
    from {{ ref('int_promotion_events') }}
    where simulation_year = {{ year }}
    group by from_level_id

)

select
    {{ year }} as simulation_year,
    opening.level_id as from_level_id,
    levels.level_id as to_level_id,
    opening.eligible,
    coalesce(promoted.promotions, 0) as promotions,
    {{ share('coalesce(promoted.promotions, 0)', 'opening.eligible') }} as promotion_rate,
    {{ share('promoted.compensation - promoted.previous_compensation', 'promoted.previous_compensation') }} as average_increase_pct
from opening
inner join {{ ref('int_job_levels_effective') }} as levels
    on levels.simulation_year = {{ year }}
    and opening.level_id + 1 = levels.level_id
left join promoted
    on opening.level_id = promoted.from_level_id
