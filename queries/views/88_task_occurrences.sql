-- 任务各期:每项任务到哪些日子各要办结一次,那一次办到哪一步?
-- 一行 = 一项任务的一期;一次性任务,和没有一行填期次的周期任务,整项是一期,期次为空。
-- 参数:无。
with latest as (
    select *
    from tasks
    qualify
        row_number() over (
            partition by task_id
            order by
                updated_on desc, batch desc, file desc, sheet desc, row desc
        ) = 1
),

named as (
    select distinct task_id
    from tasks
    where occurrence is not null
),

told as (
    select
        latest.*,
        case
            when named.task_id is not null then case latest.cadence
                when '每月' then 1
                when '每季度' then 3
                when '每半年' then 6
                when '每年' then 12
            end
        end as months
    from latest
    left join named on latest.task_id = named.task_id
),

starting as (
    select
        task_id,
        due as until,
        starts,
        months,
        unnest(
            generate_series(
                make_date(
                    year(starts), (month(starts) - 1) // months * months + 1, 1
                )::timestamp,
                due::timestamp,
                to_months(months)
            )
        )::date as first
    from told
    where months is not null
),

periods as (
    select
        task_id,
        case months
            when 1 then strftime(first, '%Y-%m')
            when 3 then year(first) || '-Q' || quarter(first)
            when 6 then year(first) || '-H' || (month(first) + 5) // 6
            else year(first)::varchar
        end as occurrence,
        greatest(first, starts) as starts,
        least(
            (first + to_months(months) - interval 1 day)::date, until
        ) as due
    from starting
    union all
    select
        task_id,
        null as occurrence,
        starts,
        due
    from told
    where months is null
),

reported as (
    select
        *,
        min(updated_on) filter (where state = '已取消')
            over (partition by task_id, occurrence) as cancelled_on
    from tasks
    where occurrence is not null
    qualify
        row_number() over (
            partition by task_id, occurrence
            order by
                updated_on desc, batch desc, file desc, sheet desc, row desc
        ) = 1
),

-- 已取消而没有填期次的,说的是整项任务。
withdrawn as (
    select
        tasks.task_id,
        min(tasks.updated_on) as withdrawn_on
    from tasks
    inner join told on tasks.task_id = told.task_id
    where
        tasks.state = '已取消'
        and (tasks.occurrence is null or told.months is null)
    group by tasks.task_id
)

select
    periods.task_id,
    periods.occurrence,
    told.measure,
    told.content,
    told.leads,
    periods.starts,
    periods.due,
    told.starts as task_starts,
    told.due as task_due,
    case when told.months is null then told.progress else reported.progress end
        as progress,
    case when told.months is null then told.problem else reported.problem end
        as problem,
    case when told.months is null then told.evidence else reported.evidence end
        as evidence,
    case
        when told.months is null then told.done_on
        when reported.state = '已完成' then reported.done_on
    end as done_on,
    case
        when told.months is null then told.accepted_on
        when reported.state = '已完成' then reported.accepted_on
    end as accepted_on,
    -- 周期任务取消以后,只有取消之后才到期的各期不再要办。
    case
        when told.months is null then withdrawn.withdrawn_on
        else least(
            case
                when withdrawn.withdrawn_on < periods.due
                    then withdrawn.withdrawn_on
            end,
            case
                when
                    reported.state = '已取消'
                    and reported.cancelled_on < periods.due
                    then reported.cancelled_on
            end
        )
    end as cancelled_on,
    withdrawn.withdrawn_on,
    {batch: told.batch, file: told.file, sheet: told.sheet, row: told.row}
        as latest_row,
    coalesce(reported.batch, told.batch) as batch,
    coalesce(reported.file, told.file) as file,
    coalesce(reported.sheet, told.sheet) as sheet,
    coalesce(reported.row, told.row) as row
from periods
inner join told on periods.task_id = told.task_id
left join reported
    on
        periods.task_id = reported.task_id
        and periods.occurrence = reported.occurrence
left join withdrawn on periods.task_id = withdrawn.task_id
order by periods.task_id, periods.due
