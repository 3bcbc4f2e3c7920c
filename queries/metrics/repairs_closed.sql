-- 维修办结率:年初至今报修的,多少已经办结?
-- 一行 = 一张当年报修的工单 × 一个月末。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    unit,
    (closed_on is not null)::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    case when closed_on is not null then cost end as cost,
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
