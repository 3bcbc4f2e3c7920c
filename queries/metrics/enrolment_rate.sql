-- 适龄儿童在读率:6—15岁的在册儿童,这学期多少在读?
-- 一行 = 一个6—15岁的在册儿童 × 一个月;春季学期算2—7月,秋季学期算8月到次年1月。
-- 参数 $since $until:起止月份,含首尾。
with children as (
    select
        household_months.month,
        household_months.household_id,
        household_months.building,
        household_months.unit,
        case
            when month(household_months.month) between 2 and 7
                then concat(year(household_months.month), '春')
            else
                concat(
                    year(household_months.month - interval 1 month),
                    '秋'
                )
        end as term,
        people.person_id,
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
        and household_months.month >= people.born_month + to_years(6)
        and household_months.month < people.born_month + to_years(16)
)

select
    children.month as period,
    children.building,
    children.unit,
    coalesce(schooling.enrolled, false)::integer as numerator,
    (schooling.person_id is not null)::integer as denominator,
    (schooling.person_id is null)::integer as missing,
    (schooling.person_id is null)::integer as unreported,
    schooling.stage,
    children.person_id as subject,
    children.household_id,
    children.term,
    schooling.school,
    schooling.enrolled,
    schooling.aid,
    coalesce(schooling.batch, children.batch) as batch,
    coalesce(schooling.file, children.file) as file,
    coalesce(schooling.sheet, children.sheet) as sheet,
    coalesce(schooling.row, children.row) as row
from children
left join schooling
    on
        children.term = schooling.term
        and children.person_id = schooling.person_id
order by period, children.building, children.unit, subject
