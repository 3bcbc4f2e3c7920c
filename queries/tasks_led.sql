-- 任务清单:月末已开始、未取消的任务各到哪一步,逾期几天,多久没有更新?
-- 一行 = 一项任务;牵头部门有几个就列几个。
-- 参数 $month:哪个月末。
-- 涉及:无,台账 tasks。
select
    task_id,
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
    done_on is null and is_due as overdue,
    coalesce(done_on is null and month_end - updated_on > 30, false) as stale,
    case when done_on is null and is_due then month_end - due end as days_late,
    month_end - updated_on as days_since
from task_months
where month = $month and not cancelled
order by overdue desc, due, task_id
