-- 任务清单:月末已开始、未取消的任务各到哪一步,逾期几天?
-- 一行 = 一项任务,周期任务是其中一期;牵头部门有几个就列几个。
-- 参数 $month:哪个月末。
-- 涉及:无,台账 tasks。
select
    task_id,
    occurrence,
    measure,
    content,
    leads,
    starts,
    due,
    progress,
    problem,
    evidence,
    done_on,
    accepted_on,
    updated_on,
    overdue,
    due_today,
    case when overdue then month_end - due end as days_late
from task_months
where month = $month and not cancelled
order by overdue desc, due, task_id
