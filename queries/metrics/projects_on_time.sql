-- 当年完工率:当年该开工的财政衔接资金项目,多少当年完工?
-- 一行 = 一个衔接资金项目 × 一个月末:计划开工(实际开工更早的看实际)在当年、不晚于月末,没有开工的也算。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    coalesce(year(finished) = year(month), false)::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    kind,
    state,
    planned_start,
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
    and year(least(planned_start, started)) = year(month)
    and least(planned_start, started) <= month_end
order by period, subject
