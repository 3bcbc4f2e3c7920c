-- 月份:看板能问到的每一个月。
-- 一行 = 一个月;台账所及与方案期合在一起,前后各多一年,未报的月份也有答案。
-- 参数:无。
with span_of_plan as (
    select
        "from" as since,
        until
    from plan
),

held as (
    select month from employment
    union all
    select month from occupancy
    union all
    select quarter as month from income
    union all
    select date_trunc('month', updated_on)::date as month from tasks
    union all
    select date_trunc('month', held_on)::date as month from meetings
),

span as (
    select
        greatest(
            least(min(held.month), min(span_of_plan.since)),
            min(span_of_plan.since) - to_years(5)
        ) as since,
        least(
            greatest(max(held.month), max(span_of_plan.until)),
            max(span_of_plan.until) + to_years(10)
        ) as until
    from span_of_plan
    left join held on true
)

select unnest(
    generate_series(
        date_trunc('month', since - to_years(1))::timestamp,
        date_trunc('month', until + to_years(1))::timestamp,
        interval 1 month
    )
)::date as month
from span
order by month
