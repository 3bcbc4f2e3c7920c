-- 新型城镇化项目:一共几个,各到哪一步?
-- 一行 = 一个新型城镇化项目 × 一个月末。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    1 as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    state,
    investment,
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
    and kind = '新型城镇化'
order by period, subject
