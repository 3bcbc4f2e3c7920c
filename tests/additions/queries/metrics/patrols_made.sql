-- 巡查次数:年初至今巡查了几次?
-- 一行 = 一次巡查(period 为所在月份)。
-- 参数 $since $until:起止月份,含首尾。
select
    date_trunc('month', patrolled_on)::date as period,
    1 as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    patrol_id as subject,
    batch,
    file,
    sheet,
    row
from patrols
where date_trunc('month', patrolled_on)::date between $since and $until
order by period, subject
