-- 久未更新的任务:没有完成、三十天以上没有更新的任务有几项?
-- 一行 = 一项已开始的任务 × 一个月末;牵头部门有几个就列几个。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    leads as department,
    (
        not cancelled
        and done_on is null
        and coalesce(month_end - updated_on > 30, false)
    )::integer as numerator,
    (not cancelled)::integer as denominator,
    0 as missing,
    0 as unreported,
    (not cancelled)::integer as expected,
    cancelled or done_on is not null as excluded,
    case
        when cancelled then '已取消'
        when done_on is not null then '已完成'
    end as reason,
    task_id as subject,
    measure,
    content,
    due,
    done_on,
    accepted_on,
    updated_on,
    month_end - updated_on as days_since,
    batch,
    file,
    sheet,
    row
from task_months
where month between $since and $until
order by period, subject
