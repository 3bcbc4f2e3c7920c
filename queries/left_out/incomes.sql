-- 不进增速的收入行:哪些户报了收入却不在统计之内,为什么?
-- 一行 = 一户 × 一个季度(period 为季度首日);带收入行的出处。
-- 参数 $since $until:起止季度的首日,含首尾。
select
    income.quarter as period,
    household_months.building,
    household_months.unit,
    case
        when household_months.household_id is null then '不在册'
        else '没有脱贫人口'
    end as reason,
    income.household_id as subject,
    income.members,
    income.batch,
    income.file,
    income.sheet,
    income.row
from income
anti join income_quarters
    on
        income.quarter = income_quarters.quarter
        and income.household_id = income_quarters.household_id
left join household_months
    on
        income.household_id = household_months.household_id
        and income.quarter + interval 2 month = household_months.month
where income.quarter between $since and $until
order by period, subject
