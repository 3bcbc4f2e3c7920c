-- 维修:每张工单每个月末办结没有、逾期没有?
-- 一行 = 一张工单 × 一个月,从报修起,到办结为止,至少到报修那年的年底。
-- 参数:无。
select
    months.month,
    repairs.ticket_id,
    repairs.kind,
    repairs.building,
    repairs.unit,
    repairs.owner,
    repairs.reported_on,
    year(repairs.reported_on) = year(months.month) as this_year,
    repairs.due,
    case
        when repairs.closed_on <= last_day(months.month) then repairs.closed_on
    end as closed_on,
    coalesce(
        repairs.due < last_day(months.month)
        and coalesce(repairs.closed_on > last_day(months.month), true),
        false
    ) as overdue,
    coalesce(
        repairs.due = last_day(months.month)
        and coalesce(repairs.closed_on > last_day(months.month), true),
        false
    ) as due_today,
    last_day(months.month) - repairs.due as days_late,
    repairs.cost,
    repairs.batch,
    repairs.file,
    repairs.sheet,
    repairs.row
from repairs
inner join months
    on
        months.month >= date_trunc('month', repairs.reported_on)
        and (
            year(months.month) = year(repairs.reported_on)
            or repairs.closed_on is null
            or months.month <= repairs.closed_on
        )
order by months.month, repairs.ticket_id
