-- 就业监测轮次:每个月监测到多少有劳动能力者?
-- 一行 = 一个有劳动能力者 × 一个月;覆盖率不低于90%的月份算一轮,由看板按范围判定。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    unit,
    0 as numerator,
    monitored::integer as denominator,
    (not monitored)::integer as missing,
    (not monitored)::integer as unreported,
    person_id as subject,
    household_id,
    batch,
    file,
    sheet,
    row
from worker_months
where month between $since and $until
order by period, building, unit, subject
