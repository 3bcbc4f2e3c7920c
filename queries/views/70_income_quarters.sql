-- 脱贫户的收入:每个季度哪些户应报、报了多少?
-- 一行 = 一个有脱贫人口的在册户 × 一个季度;在册与住址看季末月;报了的带收入行的出处。
-- 参数:无。
with expected as (
    select
        (household_months.month - interval 2 month)::date as quarter,
        household_months.household_id,
        household_months.building,
        household_months.unit,
        household_months.batch,
        household_months.file,
        household_months.sheet,
        household_months.row
    from household_months
    where
        month(household_months.month) % 3 = 0
        and exists (
            select 1
            from people
            where
                people.household_id = household_months.household_id
                and people.lifted_out
                and household_months.month >= people.since
                and household_months.month < people.until
        )
)

select
    expected.quarter,
    expected.household_id,
    expected.building,
    expected.unit,
    income.household_id is not null as reported,
    income.members,
    income.wage_income,
    income.business_income,
    income.property_income,
    income.transfer_income,
    income.wage_income + income.business_income + income.property_income
    + income.transfer_income as income,
    coalesce(income.batch, expected.batch) as batch,
    coalesce(income.file, expected.file) as file,
    coalesce(income.sheet, expected.sheet) as sheet,
    coalesce(income.row, expected.row) as row
from expected
left join income
    on
        expected.quarter = income.quarter
        and expected.household_id = income.household_id
order by expected.quarter, expected.household_id
