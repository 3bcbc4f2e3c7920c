-- 有劳动能力者:每个月谁有劳动能力、有没有监测到、在哪里做什么?
-- 一行 = 一个在册户的有劳动能力者 × 一个月;已监测的带监测行的出处,未监测的带登记行的出处。
-- 参数:无。
with home as (
    select county from plan
),

workers as (
    select
        household_months.month,
        household_months.household_id,
        household_months.building,
        household_months.unit,
        people.person_id,
        people.willing_to_work,
        people.willing_to_train,
        people.resident,
        people.lifted_out,
        people.groups,
        people.education,
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
        people.fit
        and household_months.month >= people.able_from
        and household_months.month < people.able_until
)

select
    workers.month,
    workers.household_id,
    workers.building,
    workers.unit,
    workers.person_id,
    workers.willing_to_work,
    workers.willing_to_train,
    workers.resident,
    workers.lifted_out,
    workers.groups,
    workers.education,
    employment.person_id is not null as monitored,
    coalesce(employment.status in ('在业', '暂离'), false) as employed,
    employment.status,
    employment.kind,
    employment.channel,
    employment.place,
    case
        when employment.county = home.county 
            then concat(home.county, '内')
        when employment.place in ('片区内', '市内', '区内市外')
            then '县外区内'
        when employment.place in ('广东', '区外其他') then '区外'
        when employment.place = '境外' then '境外'
    end as home_place,
    employment.county,
    employment.industry,
    employment.wage,
    employment.contract_months,
    coalesce(employment.returned, false) as returned,
    coalesce(employment.batch, workers.batch) as batch,
    coalesce(employment.file, workers.file) as file,
    coalesce(employment.sheet, workers.sheet) as sheet,
    coalesce(employment.row, workers.row) as row
from workers
cross join home
left join employment
    on
        workers.month = employment.month
        and workers.person_id = employment.person_id
order by workers.month, workers.building, workers.unit, workers.person_id
