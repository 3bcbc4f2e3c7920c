-- 久未更新的任务:没有完成、三十天以上没有更新的任务有几项?
-- 一行 = 一项已开始的任务 × 一个月末;周期任务各期都完成才算完成;牵头部门有几个就列几个。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    leads as department,
    stale::integer as numerator,
    (not withdrawn)::integer as denominator,
    0 as missing,
    0 as unreported,
    (not withdrawn)::integer as expected,
    withdrawn or finished as excluded,
    case
        when withdrawn then '已取消'
        when finished then '已完成'
    end as reason,
    task_id as subject,
    measure,
    content,
    due,
    updated_on,
    month_end - updated_on as days_since,
    batch,
    file,
    sheet,
    row
from task_standings
where month between $since and $until
order by period, subject
