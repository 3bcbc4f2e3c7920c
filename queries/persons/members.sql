-- 一户的人叫什么、证件号和电话是什么?
-- 一行 = 一个人的一行登记,旧的在前;是或者曾是这一户的人。
-- 参数 $household:户编号。
select
    named.person_id,
    coalesce(named.effective_month, date '0001-01-01') as since,
    dwellings.building,
    dwellings.unit,
    named.name,
    named.citizen_id,
    named.phone
from persons.persons_labour as named
inner join dwellings on dwellings.household_id = $household
where
    named.person_id in (
        select people.person_id
        from people
        where people.household_id = $household
    )
order by named.person_id, since
