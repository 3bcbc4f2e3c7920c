-- 一户的收入:每个季度人均多少,从哪里来,同一季度全县人均多少?
-- 一行 = 一个季度,该户季末在册;没有报的,金额与出处为空;county 为对标县当季人均。
-- 参数 $household:户编号。
with held as (
    select
        min(quarter) as first,
        max(quarter) as last
    from income
),

wanted as (
    select
        county,
        basis
    from plan
),

county as (
    select
        benchmark.quarter,
        case
            when quarter(benchmark.quarter) = 1 then benchmark.ytd_amount
            when
                lag(benchmark.quarter) over by_quarter
                = benchmark.quarter - interval 3 month
                then
                    benchmark.ytd_amount
                    - lag(benchmark.ytd_amount) over by_quarter
        end as amount
    from benchmark
    inner join wanted
        on
            benchmark.county = wanted.county
            and benchmark.basis = wanted.basis
    window by_quarter as (order by benchmark.quarter)
)

select
    (homes.month - interval 2 month)::date as quarter,
    dwellings.building,
    dwellings.unit,
    income.household_id is not null as reported,
    income.members,
    income.wage_income,
    income.business_income,
    income.property_income,
    income.transfer_income,
    income.disposable_income,
    county.amount as county,
    income.batch,
    income.file,
    income.sheet,
    income.row
from household_months as homes
cross join held
inner join dwellings on homes.household_id = dwellings.household_id
left join income
    on
        homes.household_id = income.household_id
        and income.quarter = homes.month - interval 2 month
left join county on county.quarter = homes.month - interval 2 month
where
    homes.household_id = $household
    and month(homes.month) % 3 = 0
    and homes.month - interval 2 month between held.first and held.last
order by quarter
