-- 当年完工率:当年开工的财政衔接资金项目,多少当年完工?
-- 一行 = 一个当年开工的衔接资金项目 × 一个月末。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    (finished is not null)::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    kind,
    state,
    planned_finish,
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
    and fund_source = '财政衔接资金'
    and year(started) = year(month)
order by period, subject
