{#- A number in [0, 1) that depends on the employee, the year, the scenario's seed and the event's
    salt, and on nothing else. md5 is the same in every release of DuckDB; hash() is not. The first
    13 hexadecimal digits are 52 bits: exactly what a double holds. -#}
{%- macro draw(employee_id, salt) -%}
(cast(cast('0x' || substr(md5(concat_ws('|', {{ employee_id }}, '{{ var("simulation_year") | int }}', '{{ var("random_seed") }}', '{{ salt }}')), 1, 13) as bigint) as double) / 4503599627370496)
{%- endmacro -%}
