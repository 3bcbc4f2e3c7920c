-- 按期完成率:到期的任务里,多少按期完成?
-- 一行 = 一项已开始的任务(周期任务是其中一期) × 一个月末;牵头部门有几个就列几个。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    leads as department,
    (
        is_due and not cancelled and coalesce(done_on <= due, false)
    )::integer as numerator,
    (is_due and not cancelled)::integer as denominator,
    0 as missing,
    0 as unreported,
    (not cancelled)::integer as expected,
    cancelled or not is_due as excluded,
    case
        when cancelled then '已取消'
        when not is_due then '未到期'
    end as reason,
    task_id as subject,
    measure,
    content,
    occurrence,
    due,
    done_on,
    accepted_on,
    updated_on,
    batch,
    file,
    sheet,
    row
from task_months
where month between $since and $until
order by period, subject, due
