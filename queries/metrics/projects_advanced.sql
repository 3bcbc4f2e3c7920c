-- 推进的产业项目:当年有几个招商、产业项目在干?
-- 一行 = 一个招商或产业项目 × 一个月末;当年开工、在建或完工的算推进。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    (state in ('在建', '完工', '运营') and worked_on)::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    1 as expected,
    not (state in ('在建', '完工', '运营') and worked_on) as excluded,
    case
        when state not in ('在建', '完工', '运营') then concat('状态为', state)
        when not worked_on then '当年没有施工'
    end as reason,
    kind,
    state,
    case
        when state in ('在建', '完工', '运营') and worked_on then investment
    end as investment,
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
    and kind in ('招商项目', '产业项目')
order by period, subject
