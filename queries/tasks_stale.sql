-- 久未更新:月末没有完成也没有取消的任务,哪些三十天以上没有更新?
-- 一行 = 一项任务,更新最早的在前;牵头部门有几个就列几个。
-- 参数 $month:哪个月末。
-- 涉及:无,台账 tasks。
select
    task_id,
    measure,
    content,
    leads,
    due,
    updated_on,
    month_end - updated_on as days_since
from task_standings
where month = $month and stale
order by days_since desc, task_id
