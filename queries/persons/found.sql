-- 找人:叫这个名字的人,或者证件号、电话最后四位是这样的人,住在哪一户?
-- 一行 = 一个人,按现在登记在哪一户;姓名要写全(中间的空格不算),尾号正好四位:脱敏后看得见的那四位。
-- 参数 $name:姓名;$tail:末四位;给一个,另一个为空。
select
    people.household_id,
    dwellings.building,
    dwellings.unit,
    dwellings.room,
    dwellings.status,
    labour.relation,
    named.name,
    named.citizen_id,
    named.phone
from persons.persons_labour as named
inner join people
    on
        named.person_id = people.person_id
        and people.since
        = coalesce(named.effective_month, date '0001-01-01')
        and people.until = date '9999-12-01'
inner join labour
    on
        people.person_id = labour.person_id
        and people.since
        = coalesce(labour.effective_month, date '0001-01-01')
inner join dwellings on people.household_id = dwellings.household_id
where
    regexp_replace(named.name, '[\s\pZ]', '', 'g') = $name
    or (
        length($tail) = 4
        and (
            (
                length(named.citizen_id) = 18
                and right(named.citizen_id, 4) = $tail
            )
            or (length(named.phone) = 11 and right(named.phone, 4) = $tail)
        )
    )
order by
    dwellings.status <> '在册', dwellings.building, dwellings.unit,
    people.household_id, named.person_id
