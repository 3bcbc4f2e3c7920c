-- 一户的成员:谁是或者曾是这一户的人,每一行登记说了什么?
-- 一行 = 一个人的一行登记,旧的在前;belongs 为这一行登记在这一户。
-- 参数 $household:户编号;$month:到哪个月;age 按当年减出生年,不透露出生的月份。
with ours as (
    select distinct person_id
    from people
    where household_id = $household
)

select
    people.person_id,
    people.since,
    people.until,
    people.household_id,
    people.household_id = $household as belongs,
    dwellings.building,
    dwellings.unit,
    labour.relation,
    labour.ethnicity,
    people.sex,
    year($month) - year(people.born_month) as age,
    people.education,
    people.work_ability,
    people.fit
    and $month >= people.able_from
    and $month < people.able_until as able,
    people.groups,
    people.lifted_out,
    people.student,
    people.willing_to_work,
    people.job_wanted,
    people.willing_to_train,
    labour.training_wanted,
    people.resident,
    people.batch,
    people.file,
    people.sheet,
    people.row
from people
inner join ours on people.person_id = ours.person_id
inner join labour
    on
        people.person_id = labour.person_id
        and people.since
        = coalesce(labour.effective_month, date '0001-01-01')
inner join dwellings on dwellings.household_id = $household
order by people.person_id, people.since
