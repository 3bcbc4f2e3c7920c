-- 走访覆盖率:期末在册的户里,期内走访过的占多少?
-- 一行 = 一户 × 一个期末 × 一种期长(length:季度、半年、一年);首次走访以前的期都算缺报。
-- 参数 $since $until:起止月份,含首尾。
with lengths as (
    select * from (values ('quarter', 3), ('half', 6), ('year', 12))
    as of_periods (length, count)
),

first_visit as (
    select min(visited_on) as day from visits
),

ends as (
    select
        months.month,
        lengths.length,
        (months.month - to_months((lengths.count - 1)::integer))::date as since
    from months
    inner join lengths on month(months.month) % lengths.count = 0
    where months.month between $since and $until
),

visited as (
    select
        ends.month,
        ends.length,
        visits.household_id,
        count(*) as visits,
        max(visits.visited_on) as visited_on,
        max_by(
            {
                batch: visits.batch,
                file: visits.file,
                sheet: visits.sheet,
                row: visits.row
            },
            (visits.visited_on, visits.visit_id)
        ) as origin
    from ends
    inner join visits
        on
            visits.visited_on >= ends.since
            and visits.visited_on <= last_day(ends.month)
    group by ends.month, ends.length, visits.household_id
),

registered as (
    select
        ends.length,
        homes.*,
        coalesce(first_visit.day <= last_day(ends.month), false) as begun
    from ends
    inner join household_months as homes on ends.month = homes.month
    cross join first_visit
)

select
    registered.month as period,
    registered.building,
    registered.unit,
    (visited.household_id is not null)::integer as numerator,
    registered.begun::integer as denominator,
    (not registered.begun)::integer as missing,
    (not registered.begun)::integer as unreported,
    registered.length,
    registered.household_id as subject,
    registered.room,
    visited.visits,
    visited.visited_on,
    coalesce(visited.origin.batch, registered.batch) as batch,
    coalesce(visited.origin.file, registered.file) as file,
    coalesce(visited.origin.sheet, registered.sheet) as sheet,
    coalesce(visited.origin.row, registered.row) as row
from registered
left join visited
    on
        registered.month = visited.month
        and registered.length = visited.length
        and registered.household_id = visited.household_id
order by period, registered.building, registered.unit, subject, length
