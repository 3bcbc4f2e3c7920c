-- 任务:每个月末每项任务的每一期开始了没有、到期没有、完成没有?
-- 一行 = 一项任务的一期 × 一个月;完成看这一期最近一行,更新看任务月末前的各次更新。
-- 参数:无。
select
    standings.month,
    standings.month_end,
    told.task_id,
    told.occurrence,
    told.measure,
    told.content,
    told.leads,
    told.starts,
    told.due,
    told.progress,
    told.problem,
    told.evidence,
    coalesce(told.cancelled_on <= standings.month_end, false) as cancelled,
    standings.withdrawn,
    told.due <= standings.month_end as is_due,
    case when told.done_on <= standings.month_end then told.done_on end
        as done_on,
    case when told.accepted_on <= standings.month_end then told.accepted_on end
        as accepted_on,
    -- 当天到期的还没有逾期:过了这一天没有完成的才是。
    told.due < standings.month_end
    and coalesce(told.done_on > standings.month_end, true) as overdue,
    told.due = standings.month_end
    and coalesce(told.done_on > standings.month_end, true) as due_today,
    standings.updated_on,
    told.batch,
    told.file,
    told.sheet,
    told.row
from task_occurrences as told
inner join task_standings as standings
    on
        told.task_id = standings.task_id
        and told.starts <= standings.month_end
order by standings.month, told.task_id, told.due
