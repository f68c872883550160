{{ config(meta={'dagster': {'ref': {'name': 'sales'}}}) }}
select sku from {{ ref('sales') }} except select sku from {{ ref('stg_till') }}
