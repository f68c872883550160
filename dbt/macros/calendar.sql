{%- macro year_start() -%}
make_date({{ var('simulation_year') | int }}, 1, 1)
{%- endmacro -%}

{%- macro year_end() -%}
make_date({{ var('simulation_year') | int }}, 12, 31)
{%- endmacro -%}

{#- Number of days of the simulated year, as text for SQL: known when compiled. -#}
{%- macro days_in_year() -%}
{%- set year = var('simulation_year') | int -%}
{{ 366 if (year % 4 == 0 and year % 100 != 0) or year % 400 == 0 else 365 }}
{%- endmacro -%}

{#- A day from `first` to `last`, both included, chosen by a draw in [0, 1). -#}
{%- macro day_between(first, last, draw) -%}
({{ first }} + cast(floor({{ draw }} * (({{ last }}) - ({{ first }}) + 1)) as integer))
{%- endmacro -%}
