-- 一户每个月的就业情况:有人就业、零就业,还是情况不明?
-- 一行 = 一个月,新的在前;没有愿意就业的劳动力的月份没有行。
-- 参数 $household:户编号。
select
    states.month,
    dwellings.building,
    dwellings.unit,
    states.workers,
    states.willing,
    states.unmonitored,
    states.state,
    states.months_open
from household_states as states
inner join dwellings on states.household_id = dwellings.household_id
where states.household_id = $household
order by states.month desc
