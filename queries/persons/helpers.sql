-- 一栋楼各户的帮扶联系人是谁？
-- 一行 = 一个当月在册户；helper 是联系人的序号：同名同电话的是一个人，没有填的为空。
-- 参数 $building：楼栋；$month：哪个月。
select
    residents.household_id,
    residents.building,
    residents.unit,
    case
        when named.helper_name is not null
            then dense_rank() over (
                order by named.helper_name, named.helper_phone
            )
    end as helper,
    named.helper_name
from household_months as residents
inner join homes
    on
        residents.household_id = homes.household_id
        and residents.month >= homes.since
        and residents.month < homes.until
inner join persons.persons_households as named
    on
        homes.household_id = named.household_id
        and homes.since
        = coalesce(named.effective_month, date '0001-01-01')
where residents.month = $month and residents.building = $building
order by residents.unit, residents.household_id
