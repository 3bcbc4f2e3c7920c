-- 零就业家庭名单:哪些户是零就业或情况不明,多久了,为什么?
-- 一行 = 一户,不含姓名;unwilling 不愿就业,unmonitored 未监测,idle 已监测而未就业。
-- 参数 $month:哪个月;$building $unit:范围,空 = 全部。
-- 涉及:逐户,台账 employment。
with members as (
    select
        household_id,
        count(*) filter (where not willing_to_work) as unwilling,
        count(*) filter (where willing_to_work and not monitored)
            as unmonitored,
        count(*) filter (where willing_to_work and monitored and not employed)
            as idle
    from worker_months
    where month = $month
    group by household_id
)

select
    states.household_id,
    states.building,
    states.unit,
    homes.room,
    states.state,
    states.months_open,
    states.workers,
    members.idle,
    members.unwilling,
    members.unmonitored,
    states.cleared_on
from household_states as states
inner join members on states.household_id = members.household_id
inner join household_months as homes
    on
        states.household_id = homes.household_id
        and states.month = homes.month
where
    states.month = $month
    and states.state in ('zero', 'unknown')
    and ($building is null or states.building = $building)
    and ($unit is null or states.unit = $unit)
order by
    states.state desc,
    states.months_open desc nulls last,
    states.household_id
