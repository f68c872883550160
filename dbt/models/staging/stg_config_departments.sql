select
    cast(department as varchar) as department,
    cast(department_name as varchar) as department_name,
    cast(hire_share as decimal(9, 6)) as hire_share
from {{ ref('config_departments') }}
