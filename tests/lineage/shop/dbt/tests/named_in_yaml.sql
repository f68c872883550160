select sku from {{ ref('sales') }} union all select sku from {{ ref('opening') }}
