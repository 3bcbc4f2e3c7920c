-- 有意愿者就业率:有就业意愿、已监测的有劳动能力者里,多少人就业?
-- 一行 = 一个有劳动能力者 × 一个月;没有就业意愿的列为不计,未监测的只计缺报。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    unit,
    (willing_to_work and employed)::integer as numerator,
    (willing_to_work and monitored)::integer as denominator,
    (willing_to_work and not monitored)::integer as missing,
    (willing_to_work and not monitored)::integer as unreported,
    willing_to_work::integer as expected,
    not willing_to_work as excluded,
    case when not willing_to_work then '没有就业意愿' end as reason,
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
