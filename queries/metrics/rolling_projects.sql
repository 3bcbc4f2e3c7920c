-- 滚动项目清单:列入三年滚动计划的项目有几个?
-- 一行 = 一个项目 × 一个月末;一个项目可以列入几个年度。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    (coalesce(len(rolling_years), 0) > 0)::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    1 as expected,
    coalesce(len(rolling_years), 0) = 0 as excluded,
    case when coalesce(len(rolling_years), 0) = 0 then '没有列入滚动计划' end
        as reason,
    coalesce(rolling_years, []) as rolling_years,
    kind,
    case when len(rolling_years) > 0 then investment end as investment,
    state,
    project_id as subject,
    name,
    continuation,
    fund_source,
    started,
    finished,
    batch,
    file,
    sheet,
    row
from project_months
where month between $since and $until
order by period, subject
