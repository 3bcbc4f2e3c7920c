-- 任务总况:每个月末每项任务取消没有、各期是不是都办结了、多久没有更新?
-- 一行 = 一项已开始的任务 × 一个月;更新看月末前最近一行,不论填的是哪一期。
-- 参数:无。
with standing as (
    select
        months.month,
        last_day(months.month) as month_end,
        whole.task_id,
        any_value(whole.measure) as measure,
        any_value(whole.content) as content,
        any_value(whole.leads) as leads,
        any_value(whole.task_due) as due,
        coalesce(any_value(whole.withdrawn_on) <= month_end, false)
            as withdrawn,
        coalesce(
            bool_and(coalesce(whole.done_on <= month_end, false)) filter (
                where coalesce(whole.cancelled_on > month_end, true)
            ),
            true
        ) as finished,
        any_value(whole.latest_row) as latest_row
    from task_occurrences as whole
    inner join months on whole.task_starts <= last_day(months.month)
    group by months.month, whole.task_id
)

select
    standing.month,
    standing.month_end,
    standing.task_id,
    standing.measure,
    standing.content,
    standing.leads,
    standing.due,
    standing.withdrawn,
    standing.finished,
    held.updated_on,
    not standing.withdrawn
    and not standing.finished
    and coalesce(standing.month_end - held.updated_on > 30, false) as stale,
    standing.latest_row.batch as batch,
    standing.latest_row.file as file,
    standing.latest_row.sheet as sheet,
    standing.latest_row.row as row
from standing
asof left join tasks as held
    on
        standing.task_id = held.task_id
        and standing.month_end >= held.updated_on
order by standing.month, standing.task_id
