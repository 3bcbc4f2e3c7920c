-- 零就业的每一段:从哪个月开始,哪个月清零?
-- 一行 = 一户的一段连续零就业;cleared_on 空 = 还没有清零;gone_on 为转为不明或离开的月份。
-- 参数:无。
-- 涉及:逐户,台账 employment。
with runs as (
    select
        household_id,
        month,
        building,
        unit,
        (month - to_months((months_open - 1)::integer))::date as since
    from household_states
    where state = 'zero'
),

spells as (
    select
        household_id,
        since,
        max(month) as last_zero,
        max_by(building, month) as building,
        max_by(unit, month) as unit
    from runs
    group by household_id, since
)

select
    spells.household_id,
    spells.building,
    spells.unit,
    spells.since,
    spells.last_zero,
    case when after.state = 'employed' then after.month end as cleared_on,
    case
        when after.state is distinct from 'employed'
            then (spells.last_zero + interval 1 month)::date
    end as gone_on
from spells
left join household_states as after
    on
        spells.household_id = after.household_id
        and after.month = spells.last_zero + interval 1 month
order by spells.since, spells.household_id
