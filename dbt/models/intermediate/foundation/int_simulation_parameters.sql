-- What this year was run with, kept beside its results.
select
    {{ var('simulation_year') | int }} as simulation_year,
    {{ var('start_year') | int }} as start_year,
    cast('{{ var("random_seed") }}' as varchar) as random_seed,
    cast({{ var('target_growth_rate') }} as decimal(9, 6)) as target_growth_rate,
    cast({{ var('total_termination_rate') }} as decimal(9, 6)) as total_termination_rate,
    cast({{ var('new_hire_termination_rate') }} as decimal(9, 6)) as new_hire_termination_rate,
    cast({{ var('cola_rate') }} as decimal(9, 6)) as cola_rate,
    cast({{ var('merit_budget_pct') }} as decimal(9, 6)) as merit_budget_pct,
    cast({{ var('promotion_increase_pct') }} as decimal(9, 6)) as promotion_increase_pct,
    {{ var('eligibility_waiting_days') | int }} as eligibility_waiting_days,
    cast('{{ var("auto_enroll") }}' as boolean) as auto_enroll,
    cast({{ var('default_deferral_rate') }} as decimal(9, 4)) as default_deferral_rate,
    cast({{ var('match_rate') }} as decimal(9, 6)) as match_rate,
    cast({{ var('match_cap_pct') }} as decimal(9, 6)) as match_cap_pct
