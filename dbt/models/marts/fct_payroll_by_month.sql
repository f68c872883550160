{%- set year = var('simulation_year') | int -%}

with months as (

    select
        month_number as payroll_month,
        make_date({{ year }}, month_number, 1) as month_start,
        last_day(make_date({{ year }}, month_number, 1)) as month_end
    from unnest(range(1, 13)) as numbers(month_number)

)

select
    {{ year }} as simulation_year,
    cast(months.payroll_month as integer) as payroll_month,
    count(distinct periods.employee_id) as employees_paid,
    cast(sum({{ money(
        'periods.annual_compensation * (least(periods.period_end, months.month_end)'
        ~ ' - greatest(periods.period_start, months.month_start) + 1) / ' ~ days_in_year()
    ) }}) as decimal(18, 2)) as payroll_cost
from {{ ref('int_compensation_periods') }} as periods
inner join months
    on periods.period_start <= months.month_end
    and periods.period_end >= months.month_start
where periods.simulation_year = {{ year }}
group by months.payroll_month
