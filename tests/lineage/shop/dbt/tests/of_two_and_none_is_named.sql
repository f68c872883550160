select sku from {{ ref('opening') }} except select sku from {{ ref('stg_till') }}
