-- 维修用时:年初至今报修并办结的,从报修到办结要几天?
-- 一行 = 一张当年报修的工单 × 一个月末。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    unit,
    (closed_on - reported_on) as numerator,
    (closed_on is not null)::integer as denominator,
    0 as missing,
    0 as unreported,
    closed_on is null as excluded,
    case when closed_on is null then '没有办结' end as reason,
    kind,
    owner,
    ticket_id as subject,
    reported_on,
    due,
    closed_on,
    batch,
    file,
    sheet,
    row
from repair_months
where month between $since and $until and this_year
order by period, building, unit, subject
