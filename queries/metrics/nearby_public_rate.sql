-- 就近公办入学率:本学期在读的小学、初中学生,多少在就近的公办学校?
-- 一行 = 一个6—15岁在读的在册学生 × 一个月;性质或就近没有填的计缺报,其中一项已说不是的照计。
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
),

terms_reported as (
    select distinct term from schooling
),

judged as (
    select
        children.month,
        children.building,
        children.unit,
        children.household_id,
        children.person_id,
        children.term,
        schooling.stage,
        schooling.school,
        schooling.ownership,
        schooling.nearby,
        schooling.person_id is not null as has_row,
        schooling.ownership = '公办' and schooling.nearby as is_so,
        coalesce(schooling.batch, children.batch) as batch,
        coalesce(schooling.file, children.file) as file,
        coalesce(schooling.sheet, children.sheet) as sheet,
        coalesce(schooling.row, children.row) as row
    from children
    left join schooling
        on
            children.term = schooling.term
            and children.person_id = schooling.person_id
    where
        (schooling.enrolled and schooling.stage in ('小学', '初中'))
        or children.term not in (select terms_reported.term from terms_reported)
)

select
    month as period,
    building,
    unit,
    coalesce(is_so, false)::integer as numerator,
    (is_so is not null)::integer as denominator,
    (has_row and is_so is null)::integer as missing,
    (is_so is null)::integer as unreported,
    stage,
    person_id as subject,
    household_id,
    term,
    school,
    ownership,
    nearby,
    batch,
    file,
    sheet,
    row
from judged
order by period, building, unit, subject
