-- 就近就业率:在业者里,多少人在片区内或市内?
-- 一行 = 一个有劳动能力者 × 一个月;未监测的只计缺报。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    unit,
    coalesce(status = '在业' and place in ('片区内', '市内'), false)::integer
        as numerator,
    coalesce(status = '在业' and place is not null, false)::integer
        as denominator,
    (not monitored)::integer as missing,
    (not monitored)::integer as unreported,
    1 as expected,
    monitored and not coalesce(status = '在业' and place is not null, false)
        as excluded,
    case when monitored then '不在业' end as reason,
    person_id as subject,
    household_id,
    status,
    place,
    batch,
    file,
    sheet,
    row
from worker_months
where month between $since and $until
order by period, building, unit, subject
