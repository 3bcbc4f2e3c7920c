-- 人的登记史:每个人的每一行登记从哪个月起、到哪个月止有效?
-- 一行 = 一个人的一行登记;since 含,until 不含;able_from、able_until 为劳动年龄起止月。
-- 参数:无。
with ages as (
    select
        minimum_age::integer as minimum,
        maximum_age::integer as maximum
    from plan
)

select
    person_id,
    coalesce(effective_month, date '0001-01-01') as since,
    coalesce(
        lead(effective_month) over (
            partition by person_id
            order by effective_month nulls first
        ),
        date '9999-12-01'
    ) as until,
    household_id,
    sex,
    born_month,
    (born_month + to_years(ages.minimum))::date as able_from,
    (born_month + to_years(ages.maximum))::date as able_until,
    work_ability,
    work_ability in ('普通劳动力', '技能劳动力', '弱劳动力或半劳动力')
    and not student as fit,
    student,
    groups,
    disability_grade,
    low_income,
    education,
    lifted_out,
    willing_to_work,
    job_wanted,
    willing_to_train,
    resident,
    batch,
    file,
    sheet,
    row
from labour
cross join ages
order by person_id, since
