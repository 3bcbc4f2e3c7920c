-- 零就业家庭:有就业意愿的户里,多少户一个人也没有就业?
-- 一行 = 一个有就业意愿劳动力的在册户 × 一个月;情况不明的计缺报。
-- 参数 $since $until:起止月份,含首尾。
select
    states.month as period,
    states.building,
    states.unit,
    (states.state = 'zero')::integer as numerator,
    (states.state <> 'unknown')::integer as denominator,
    (states.state = 'unknown')::integer as missing,
    (states.state = 'unknown')::integer as unreported,
    states.reported::integer as reported,
    states.state,
    states.months_open,
    states.household_id as subject,
    homes.room,
    homes.batch,
    homes.file,
    homes.sheet,
    homes.row
from household_states as states
inner join household_months as homes
    on
        states.month = homes.month
        and states.household_id = homes.household_id
where states.month between $since and $until
order by period, states.building, states.unit, subject
