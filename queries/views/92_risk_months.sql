-- 防返贫监测:每个月哪些户在监测、帮了没有、消除了没有?
-- 一行 = 一户的一次识别 × 一个月,从识别起,到风险消除那年的年底;latest 为该户当月最近一次。
-- 参数:无。
select
    months.month,
    risk.household_id,
    household_months.building,
    household_months.unit,
    household_months.household_id is not null as registered,
    risk.found_on,
    risk.category,
    risk.risk,
    risk.measures,
    risk.referred,
    case when risk.helped_on <= last_day(months.month) then risk.helped_on end
        as helped_on,
    case
        when risk.cleared_on <= last_day(months.month) then risk.cleared_on
    end as cleared_on,
    coalesce(risk.cleared_on > last_day(months.month), true) as is_open,
    row_number() over (
        partition by months.month, risk.household_id
        order by
            coalesce(risk.cleared_on > last_day(months.month), true) desc,
            risk.found_on desc
    ) = 1 as latest,
    risk.batch,
    risk.file,
    risk.sheet,
    risk.row
from risk
inner join months
    on
        months.month >= date_trunc('month', risk.found_on)
        and year(months.month) <= coalesce(year(risk.cleared_on), 9999)
left join household_months
    on
        months.month = household_months.month
        and risk.household_id = household_months.household_id
order by months.month, risk.household_id, risk.found_on
