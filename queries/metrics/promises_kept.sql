-- 答应事项兑现率:走访时答应、期限已到的事项,多少兑现了?
-- 一行 = 一次走访答应的事 × 一个月末,从期限所在的月份起;方案起始以前到期的、户已不在册的不计。
-- 参数 $since $until:起止月份,含首尾。
with due as (
    select
        months.month,
        visits.*,
        coalesce(visits.kept_on <= last_day(months.month), false) as is_kept
    from visits
    cross join plan
    inner join months
        on months.month >= date_trunc('month', visits.promised_by)
    where
        months.month between $since and $until
        and visits.promised_by >= plan."from"
        and visits.promised_by <= last_day(months.month)
)

select
    due.month as period,
    homes.building,
    homes.unit,
    (due.is_kept and homes.household_id is not null)::integer as numerator,
    (homes.household_id is not null)::integer as denominator,
    0 as missing,
    0 as unreported,
    (homes.household_id is not null)::integer as expected,
    homes.household_id is null as excluded,
    case when homes.household_id is null then '不在册' end as reason,
    due.visit_id as subject,
    due.household_id,
    due.visited_on,
    due.promised,
    due.promised_by,
    case when due.is_kept then due.kept_on end as kept_on,
    due.batch,
    due.file,
    due.sheet,
    due.row
from due
left join household_months as homes
    on due.month = homes.month and due.household_id = homes.household_id
order by period, homes.building, homes.unit, subject
