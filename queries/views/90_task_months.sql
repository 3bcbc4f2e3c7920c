-- 任务:每个月末每项任务开始了没有、到期没有、完成没有?
-- 一行 = 一项任务 × 一个月;内容看最近一行,取消看月末前最近一行,更新看月末前的各次更新。
-- 参数:无。
with latest as (
    select *
    from tasks
    qualify
        row_number() over (partition by task_id order by updated_on desc) = 1
),

months_of_tasks as (
    select
        months.month,
        last_day(months.month) as month_end,
        latest.*
    from latest
    inner join months on latest.starts <= last_day(months.month)
)

select
    begun.month,
    begun.month_end,
    begun.task_id,
    begun.measure,
    begun.content,
    begun.leads,
    begun.starts,
    begun.due,
    begun.progress,
    begun.problem,
    begun.evidence,
    coalesce(held.state = '已取消', false) as cancelled,
    begun.due <= begun.month_end as is_due,
    case when begun.done_on <= begun.month_end then begun.done_on end
        as done_on,
    case when begun.accepted_on <= begun.month_end then begun.accepted_on end
        as accepted_on,
    held.updated_on,
    begun.batch,
    begun.file,
    begun.sheet,
    begun.row
from months_of_tasks as begun
asof left join tasks as held
    on begun.task_id = held.task_id and begun.month_end >= held.updated_on
order by begun.month, begun.task_id
