-- 在册人数:在册户里一共多少人,重点人群各多少?
-- 一行 = 一个在册户的人 × 一个月;一个人可以属于几类人群。
-- 参数 $since $until:起止月份,含首尾。
select
    household_months.month as period,
    household_months.building,
    household_months.unit,
    1 as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    case
        when people.work_ability = '弱劳动力或半劳动力'
            then list_append(coalesce(people.groups, []), '弱劳动力或半劳动力')
        else coalesce(people.groups, [])
    end as "group",
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
where household_months.month between $since and $until
order by period, household_months.building, household_months.unit, subject
