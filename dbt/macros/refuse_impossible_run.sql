{#- Runs before the first node (on-run-start) and stops what cannot end well, before anything is written. -#}
{%- macro refuse_impossible_run() -%}
{%- if execute -%}
    {%- do refuse_impossible_year() -%}
    {%- do refuse_impossible_rates() -%}
    {%- do refuse_missing_previous_year() -%}
{%- endif -%}
{%- endmacro -%}

{%- macro refuse_impossible_year() -%}
{%- for name in ['simulation_year', 'start_year'] -%}
    {%- set year = var(name) | string -%}
    {%- if not modules.re.fullmatch('20[0-9][0-9]|2100', year) -%}
        {{ exceptions.raise_compiler_error(name ~ ' is ' ~ year ~ ': not a year from 2000 to 2100. Pass for instance --vars \'{' ~ name ~ ': 2025}\'.') }}
    {%- endif -%}
{%- endfor -%}
{%- set year, start = var('simulation_year') | int, var('start_year') | int -%}
{%- if year < start -%}
    {{ exceptions.raise_compiler_error('simulation_year ' ~ year ~ ' is before start_year ' ~ start ~ ': the scenario has no such year. Simulate ' ~ start ~ ' or later, or move start_year.') }}
{%- endif -%}
{%- if flags.FULL_REFRESH and flags.WHICH != 'seed' and year > start -%}
    {{ exceptions.raise_compiler_error('--full-refresh in ' ~ year ~ ' would drop the years it is made from. Start again at simulation_year ' ~ start ~ ', then run the years in order without --full-refresh.') }}
{%- endif -%}
{%- endmacro -%}

{%- macro refuse_impossible_rates() -%}
{#- name: lowest, and the value it must stay below -#}
{%- set limits = {
    'target_growth_rate': (-0.5, 1), 'total_termination_rate': (0, 0.9), 'new_hire_termination_rate': (0, 0.9),
    'cola_rate': (-0.2, 0.5), 'merit_budget_pct': (0, 0.5), 'promotion_increase_pct': (0, 1),
    'default_deferral_rate': (0, 1), 'match_rate': (0, 5), 'match_cap_pct': (0, 1), 'eligibility_waiting_days': (0, 3661),
} -%}
{%- for name, (lowest, below) in limits.items() -%}
    {%- set text = var(name) | string -%}
    {%- set value = text | float(-999) -%}
    {%- if not (lowest <= value < below) -%}
        {{ exceptions.raise_compiler_error(name ~ ' is ' ~ text ~ ': not a number from ' ~ lowest ~ ' to below ' ~ below ~ '. Correct it in --vars or dbt_project.yml.') }}
    {%- endif -%}
{%- endfor -%}
{%- if not modules.re.fullmatch('[0-9A-Za-z_.-]+', var('random_seed') | string) -%}
    {{ exceptions.raise_compiler_error('random_seed is ' ~ var('random_seed') ~ ': not a number or a plain word. Correct it in --vars or dbt_project.yml.') }}
{%- endif -%}
{%- if var('auto_enroll') | string | lower not in ['true', 'false'] -%}
    {{ exceptions.raise_compiler_error('auto_enroll is ' ~ var('auto_enroll') ~ ': neither true nor false. Correct it in --vars or dbt_project.yml.') }}
{%- endif -%}
{%- endmacro -%}

{%- macro refuse_missing_previous_year() -%}
{%- set year, start = var('simulation_year') | int, var('start_year') | int -%}
{%- if year > start -%}
    {%- set snapshot = adapter.get_relation(database=target.database, schema=target.schema, identifier='fct_workforce_snapshot') -%}
    {%- set found = snapshot is not none and run_query('select count(*) from ' ~ snapshot ~ ' where simulation_year = ' ~ (year - 1)).rows[0][0] > 0 -%}
    {%- if not found -%}
        {{ exceptions.raise_compiler_error('simulation_year ' ~ year ~ ' is made from ' ~ (year - 1) ~ ', and this database has no fct_workforce_snapshot of ' ~ (year - 1) ~ '. Run the years in order from ' ~ start ~ ', or restore the database that holds it.') }}
    {%- endif -%}
{%- endif -%}
{%- endmacro -%}
