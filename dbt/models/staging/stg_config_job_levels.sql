select
    cast(level_id as integer) as level_id,
    cast(level_name as varchar) as level_name,
    cast(min_compensation as decimal(18, 2)) as min_compensation,
    cast(max_compensation as decimal(18, 2)) as max_compensation,
    cast(hire_share as decimal(9, 6)) as hire_share
from {{ ref('config_job_levels') }}
