{%- set year = var('simulation_year') | int -%}

with raw as (

    select
        cells.simulation_year,
        cells.level_id,
        cells.tenure_band,
        any_value(weights.weight) as raw_weight,
        sum(cells.payroll) as payroll
    from {{ ref('int_workforce_cells') }} as cells
    inner join {{ ref('stg_config_merit_weights') }} as weights
        on cells.level_id = weights.level_id
        and cells.tenure_band = weights.tenure_band
    where cells.simulation_year = {{ year }}
    group by cells.simulation_year, cells.level_id, cells.tenure_band

),

-- Weighted by payroll the merit increases cost exactly the budget.
overall as (

    select {{ share('sum(payroll)', 'sum(payroll * raw_weight)') }} as normalisation
    from raw

)

select
    raw.simulation_year,
    raw.level_id,
    raw.tenure_band,
    raw.raw_weight,
    overall.normalisation,
    cast(
        raw.raw_weight * overall.normalisation * {{ rate('merit_budget_pct') }} as decimal(18, 9)
    ) as merit_pct
from raw
cross join overall
