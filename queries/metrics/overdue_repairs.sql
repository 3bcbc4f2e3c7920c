-- 逾期维修:过了办结时限还没有办结的工单有几张?当天到期的不算;没有办结时限而没有办结的只计缺报。
-- 一行 = 一张工单 × 一个月末,从报修起,到办结为止,至少到报修那年的年底;分母是没有办结的。
-- 参数 $since $until:起止月份,含首尾。
with told as (
    select
        *,
        due is null and closed_on is null as unclear
    from repair_months
)

select
    month as period,
    building,
    unit,
    overdue::integer as numerator,
    (closed_on is null and not unclear)::integer as denominator,
    unclear::integer as missing,
    unclear::integer as unreported,
    1 as expected,
    not overdue and not unclear as excluded,
    case
        when unclear then null
        when closed_on is not null then '已办结'
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
from told
where month between $since and $until
order by period, building, unit, subject
