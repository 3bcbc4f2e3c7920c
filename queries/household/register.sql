-- 一户的登记史:住在哪里、几口人、什么类别,从哪个月起到哪个月止?
-- 一行 = 一户的一行登记,旧的在前;dwelling 为登记的住处,building、unit 为最近的住处。
-- 参数 $household:户编号。
select
    homes.household_id,
    homes.since,
    homes.until,
    dwellings.building,
    dwellings.unit,
    concat_ws('/', homes.building, homes.unit) as dwelling,
    homes.room,
    homes.size,
    homes.category,
    homes.origin_county,
    households.origin_township,
    homes.moved_in,
    households.first_visit,
    households.helper_role,
    homes.status,
    homes.batch,
    homes.file,
    homes.sheet,
    homes.row
from homes
inner join dwellings on homes.household_id = dwellings.household_id
inner join households
    on
        homes.household_id = households.household_id
        and homes.since
        = coalesce(households.effective_month, date '0001-01-01')
where homes.household_id = $household
order by homes.since
