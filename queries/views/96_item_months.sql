-- 督办事项:每个月末每个事项到期没有、办结没有、销号没有?
-- 一行 = 一个事项 × 一个月,从提出起;内容看最近一行,取消从更新日期起算;方案起始之前到期的不列。
-- 参数:无。
with latest as (
    select
        *,
        min(updated_on) filter (where state = '已取消')
            over (partition by item_id) as cancelled_on
    from follow_ups
    qualify
        row_number() over (
            partition by item_id
            order by
                updated_on desc, batch desc, file desc, sheet desc, row desc
        ) = 1
)

select
    months.month,
    last_day(months.month) as month_end,
    latest.item_id,
    latest.kind,
    latest.meeting_id,
    latest.raised_on,
    latest.content,
    latest.measure,
    latest.leads,
    latest.due,
    coalesce(latest.cancelled_on <= last_day(months.month), false) as cancelled,
    latest.due <= last_day(months.month) as is_due,
    case
        when
            latest.state in ('已办结', '已销号')
            and latest.done_on <= last_day(months.month)
            then latest.done_on
    end as done_on,
    case
        when
            latest.state = '已销号'
            and coalesce(latest.accepted_on, latest.updated_on)
            <= last_day(months.month)
            then coalesce(latest.accepted_on, latest.updated_on)
    end as accepted_on,
    latest.batch,
    latest.file,
    latest.sheet,
    latest.row
from latest
inner join months on latest.raised_on <= last_day(months.month)
inner join plan on latest.due >= plan."from"
order by months.month, latest.item_id
