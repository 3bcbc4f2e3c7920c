-- 返乡人员:当月有多少有劳动能力者返乡,就业状态如何?
-- 一行 = 一个有劳动能力者 × 一个月;状态只在返乡时给出。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    unit,
    returned::integer as numerator,
    monitored::integer as denominator,
    (not monitored)::integer as missing,
    (not monitored)::integer as unreported,
    case when returned then status end as status,
    person_id as subject,
    household_id,
    batch,
    file,
    sheet,
    row
from worker_months
where month between $since and $until
order by period, building, unit, subject
