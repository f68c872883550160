select
    cast(raise_month as integer) as raise_month,
    cast(share as decimal(9, 6)) as share
from {{ ref('config_raise_timing') }}
