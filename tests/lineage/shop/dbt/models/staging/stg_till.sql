{{ config(materialized='incremental') }}
select sku, price * pieces as amount, year
from {{ source('raw', 'till') }}
{% if is_incremental() %}
where year > (select max(year) from {{ this }})
{% endif %}
