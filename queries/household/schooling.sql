-- 一户的就学:谁在哪个学期读什么学段,在不在读?
-- 一行 = 一个人的一个学期,学期开始时登记在这一户,新的在前;春季从2月、秋季从8月起。
-- 参数 $household:户编号。
with terms as (
    select
        schooling.*,
        make_date(
            schooling.term[1:4]::integer,
            case when schooling.term[5] = '春' then 2 else 8 end,
            1
        ) as month
    from schooling
)

select
    terms.term,
    terms.person_id,
    dwellings.building,
    dwellings.unit,
    terms.stage,
    terms.school,
    terms.enrolled,
    terms.aid,
    terms.batch,
    terms.file,
    terms.sheet,
    terms.row
from terms
inner join people
    on
        terms.person_id = people.person_id
        and terms.month >= people.since
        and terms.month < people.until
inner join dwellings on people.household_id = dwellings.household_id
where people.household_id = $household
order by terms.month desc, terms.person_id
