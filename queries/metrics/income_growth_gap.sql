-- 增速高出幅度:脱贫户每个季度的收入和人口是多少?
-- 一行 = 一个有脱贫人口的在册户 × 一个季度(period 为季度首日);未报的计缺报。
-- 参数 $since $until:起止季度的首日,含首尾。
select
    quarter as period,
    building,
    unit,
    income as numerator,
    members as denominator,
    (not reported)::integer as missing,
    (not reported)::integer as unreported,
    wage_income,
    business_income,
    property_income,
    transfer_income,
    household_id as subject,
    batch,
    file,
    sheet,
    row
from income_quarters
where quarter between $since and $until
order by period, building, unit, subject
