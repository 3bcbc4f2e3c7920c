-- 建档覆盖率:2023年4月在册的户里,多少户在4月底前入户建档?
-- 一行 = 2023年4月在册的一户 × 所问的每个月;首次入户日期看该户最近一行,空 = 没有入户。
-- 参数 $since $until:起止月份,含首尾。
select
    months.month as period,
    registered.building,
    registered.unit,
    coalesce(latest.first_visit <= date '2023-04-30', false)::integer
        as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    registered.household_id as subject,
    latest.first_visit,
    registered.batch,
    registered.file,
    registered.sheet,
    registered.row
from household_months as registered
inner join homes as latest
    on
        registered.household_id = latest.household_id
        and latest.until = date '9999-12-01'
cross join months
where
    registered.month = date '2023-04-01'
    and months.month between $since and $until
order by period, registered.building, registered.unit, subject
