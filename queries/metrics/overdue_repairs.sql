-- 逾期维修:过了办结时限还没有办结的工单有几张?当天到期的不算。
-- 一行 = 一张工单 × 一个月末,从报修起,到办结为止,至少到报修那年的年底。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    unit,
    overdue::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    1 as expected,
    not overdue as excluded,
    case
        when closed_on is not null then '已办结'
        when due is null then '没有办结时限'
        when due_today then '当日到期'
        when not overdue then '没到办结时限'
    end as reason,
    case when overdue then days_late end as days_late,
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
where month between $since and $until
order by period, building, unit, subject
