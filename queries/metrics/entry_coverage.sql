-- 入户排查率:目标期限当月在册的户里,多少户在当月底前入户建档?
-- 一行 = 期限当月在册的一户 × 所问的每个月;首次入户日期看该户最近一行,空 = 没有入户。
-- 参数 $since $until:起止月份,含首尾。
with due as (
    select max(strptime(due || '-01', '%Y-%m-%d')::date) as month
    from targets
    where metric = 'entry_coverage' and due like '____-__'
)

select
    months.month as period,
    registered.building,
    registered.unit,
    coalesce(latest.first_visit <= last_day(due.month), false)::integer
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
cross join due
where
    registered.month = due.month
    and months.month between $since and $until
order by period, registered.building, registered.unit, subject
