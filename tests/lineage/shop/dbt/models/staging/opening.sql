{%- if var('year') == var('start_year') -%}
select sku, stock from {{ ref('opening_stock') }}
{%- else -%}
{%- set before = adapter.get_relation(database=this.database, schema=this.schema, identifier='sales') -%}
select sku, left_over as stock from {{ before }} where year = {{ var('year') - 1 }}
{%- endif -%}
