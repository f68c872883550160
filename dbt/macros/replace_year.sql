{#- delete+insert for one simulated year. The stock statement deletes the years it finds in the new
    rows: a year that comes out empty when it is run again would keep its old rows. -#}
{%- macro duckdb__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
{%- set columns = get_quoted_csv(dest_columns | map(attribute='name')) -%}
{%- if unique_key != 'simulation_year' -%}
    {{ exceptions.raise_compiler_error('delete+insert replaces a simulation_year in this project; unique_key of ' ~ target ~ ' is ' ~ unique_key) }}
{%- endif -%}
delete from {{ target }} where simulation_year = {{ var('simulation_year') | int }};

insert into {{ target }} ({{ columns }})
select {{ columns }} from {{ source }}
{%- endmacro -%}
