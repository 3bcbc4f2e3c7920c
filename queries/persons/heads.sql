-- 一户的户主和帮扶联系人是谁?
-- 一行 = 一户的一行登记,旧的在前。
-- 参数 $household:户编号。
select
    coalesce(heads.effective_month, date '0001-01-01') as since,
    dwellings.building,
    dwellings.unit,
    heads.head_name,
    heads.helper_name,
    heads.helper_phone
from persons.persons_households as heads
inner join dwellings on heads.household_id = dwellings.household_id
where heads.household_id = $household
order by since
