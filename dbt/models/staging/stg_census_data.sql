with source as (

    select * from {{ source('raw', 'census') }}

),

typed as (

    select
        trim(cast(employee_id as varchar)) as employee_id,
        cast(employee_birth_date as date) as employee_birth_date,
        cast(employee_hire_date as date) as employee_hire_date,
        cast(employee_annual_compensation as decimal(18, 2)) as employee_annual_compensation,
        cast(level_id as integer) as level_id,
        upper(trim(cast(department as varchar))) as department,
        cast(scheduled_hours as integer) as scheduled_hours,
        cast(deferral_rate as decimal(9, 4)) as deferral_rate,
        cast(active as boolean) as active,
        cast(termination_date as date) as termination_date
    from source
    where employee_id is not null

)

-- A rehire may appear twice in a payroll export: the latest hire counts.
select *
from typed
qualify row_number() over (
    partition by employee_id
    order by employee_hire_date desc, active desc, employee_annual_compensation desc, level_id desc, department
) = 1
