-- 就业率:已监测的有劳动能力者里,多少人就业?
-- 一行 = 一个有劳动能力者 × 一个月;未监测的只计缺报。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    unit,
    employed::integer as numerator,
    monitored::integer as denominator,
    (not monitored)::integer as missing,
    (not monitored)::integer as unreported,
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
