-- 月收入中位数:在业者一个月挣多少?
-- 一行 = 一个有劳动能力者 × 一个月;numerator 为在业者的月收入,其余为空。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    unit,
    case when status = '在业' then wage end as numerator,
    coalesce(status = '在业' and wage is not null, false)::integer
        as denominator,
    (not monitored)::integer as missing,
    (not monitored)::integer as unreported,
    1 as expected,
    monitored and not coalesce(status = '在业' and wage is not null, false)
        as excluded,
    case when monitored then '不在业' end as reason,
    person_id as subject,
    household_id,
    status,
    batch,
    file,
    sheet,
    row
from worker_months
where month between $since and $until
order by period, building, unit, subject
