select * from {{ ref('stg_till') }} where amount <= 0
