-- 议定事项办结率:会议议定、已经到期的事项,多少已经办结?
-- 一行 = 一个议定事项 × 一个月末;牵头部门有几个就列几个。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    leads as department,
    (is_due and not cancelled and done_on is not null)::integer as numerator,
    (is_due and not cancelled)::integer as denominator,
    0 as missing,
    0 as unreported,
    (not cancelled)::integer as expected,
    cancelled or not is_due as excluded,
    case
        when cancelled then '已取消'
        when not is_due then '未到期'
    end as reason,
    case
        when not cancelled then (is_due and accepted_on is not null)::integer
    end as accepted,
    item_id as subject,
    meeting_id,
    measure,
    content,
    raised_on,
    due,
    done_on,
    accepted_on,
    batch,
    file,
    sheet,
    row
from item_months
where kind = '议定事项' and month between $since and $until
order by period, subject
