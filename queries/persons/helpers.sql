-- 一栋楼各户的帮扶联系人是谁？
-- 一行 = 一个当月在册户；helper 是联系人的序号：同名（中间的空格不算）同电话的是一个人，按其第一户排，没有填的为空。
-- 参数 $building：楼栋；$month：哪个月。
with helped as (
    select
        residents.household_id,
        residents.building,
        residents.unit,
        named.helper_name,
        case
            when named.helper_name is not null
                then min(residents.household_id) over (
                    partition by
                        regexp_replace(named.helper_name, '[\s\pZ]', '', 'g'),
                        named.helper_phone
                )
        end as first_household
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
)

select
    household_id,
    building,
    unit,
    case
        when first_household is not null
            then dense_rank() over (order by first_household)
    end as helper,
    helper_name
from helped
order by unit, household_id
