-- 一户的就业史:每个成员每个月在哪里、做什么、挣多少,监测到没有?
-- 一行 = 一个成员 × 一个月,从就业监测的第一个月到最后一个月;没有监测到的,行的出处为空。
-- 参数 $household:户编号。
with held as (
    select
        min(month) as first,
        max(month) as last
    from employment
)

select
    homes.month,
    people.person_id,
    dwellings.building,
    dwellings.unit,
    case
        when employment.status = '在业' then 'working'
        when employment.status = '暂离' then 'on_leave'
        when employment.status = '未就业' then 'idle'
        when
            people.fit
            and homes.month >= people.able_from
            and homes.month < people.able_until
            then 'unmonitored'
        else 'unable'
    end as state,
    employment.person_id is not null as monitored,
    employment.status,
    employment.kind,
    employment.channel,
    employment.place,
    employment.county,
    employment.industry,
    employment.employer,
    employment.wage,
    employment.contract_months,
    employment.insured_months,
    employment.returned,
    employment.reported_on,
    employment.batch,
    employment.file,
    employment.sheet,
    employment.row
from household_months as homes
cross join held
inner join dwellings on homes.household_id = dwellings.household_id
inner join people
    on
        homes.household_id = people.household_id
        and homes.month >= people.since
        and homes.month < people.until
left join employment
    on
        homes.month = employment.month
        and people.person_id = employment.person_id
where
    homes.household_id = $household
    and homes.month between held.first and held.last
order by people.person_id, homes.month
