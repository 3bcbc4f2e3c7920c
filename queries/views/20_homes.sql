-- 户的登记史:每一户的每一行登记从哪个月起、到哪个月止有效?
-- 一行 = 一户的一行登记;since 含,until 不含;生效月份空 = 从一开始。
-- 参数:无。
select
    household_id,
    coalesce(effective_month, date '0001-01-01') as since,
    coalesce(
        lead(effective_month) over rows_of_household,
        date '9999-12-01'
    ) as until,
    settlement,
    building,
    unit,
    room,
    size,
    category,
    origin_county,
    moved_in,
    last_value(first_visit) over (
        rows_of_household
        rows between unbounded preceding and unbounded following
    ) as first_visit,
    status,
    batch,
    file,
    sheet,
    row
from households
window
    rows_of_household as (
        partition by household_id
        order by effective_month nulls first
    )
order by household_id, since
