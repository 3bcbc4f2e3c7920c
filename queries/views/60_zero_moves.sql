-- 零就业家庭的进出:上月或本月为零就业的每一户,从什么状态到什么状态?
-- 一行 = 一户 × 一个月;before 为上月,now 为本月;空 = 不在统计范围。
-- 参数:无。
with before as (
    select
        (month + interval 1 month)::date as month,
        household_id,
        building,
        unit,
        state
    from household_states
)

select
    coalesce(now.month, before.month) as month,
    coalesce(now.household_id, before.household_id) as household_id,
    before.building as building_before,
    before.unit as unit_before,
    before.state as state_before,
    now.building as building_now,
    now.unit as unit_now,
    now.state as state_now,
    now.months_open,
    coalesce(
        now.cleared_on >= now.month - interval 12 month, false
    ) as relapsed
from household_states as now
full outer join before
    on now.month = before.month and now.household_id = before.household_id
where
    (before.state = 'zero' or now.state = 'zero')
    and coalesce(now.month, before.month) in (select months.month from months)
order by month, household_id
