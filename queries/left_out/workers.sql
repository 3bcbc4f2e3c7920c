-- 不算有劳动能力者的人:在册户里谁不在统计之内,为什么?
-- 一行 = 一个在册户的人 × 一个月;带登记行的出处。
-- 参数 $since $until:起止月份,含首尾。
select
    household_months.month as period,
    household_months.building,
    household_months.unit,
    case
        when household_months.month < people.able_from then '不到劳动年龄'
        when household_months.month >= people.able_until then '超过劳动年龄'
        when people.student then '在校生'
        else '没有劳动能力'
    end as reason,
    people.person_id as subject,
    people.household_id,
    people.batch,
    people.file,
    people.sheet,
    people.row
from household_months
inner join people
    on
        household_months.household_id = people.household_id
        and household_months.month >= people.since
        and household_months.month < people.until
where
    household_months.month between $since and $until
    and not coalesce(
        people.fit
        and household_months.month >= people.able_from
        and household_months.month < people.able_until,
        false
    )
order by period, household_months.building, household_months.unit, subject
