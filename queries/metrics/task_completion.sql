-- 任务完成率:到期的任务里,多少已经完成?
-- 一行 = 一项已开始的任务(周期任务是其中一期) × 一个月末;牵头部门有几个就列几个。
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
    case when not cancelled then due_today::integer end as due_today,
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
