{{ config(meta={'dagster': {'ref': {'name': 'int_merit_events'}}}) }}

-- The pay before a raise is the pay after the promotion of the same year.
select
    raises.event_id,
    raises.previous_compensation,
    promotions.compensation_amount
from {{ ref('int_merit_events') }} as raises
inner join {{ ref('int_promotion_events') }} as promotions
    on raises.simulation_year = promotions.simulation_year
    and raises.employee_id = promotions.employee_id
where raises.previous_compensation <> promotions.compensation_amount
    or raises.effective_date <= promotions.effective_date
