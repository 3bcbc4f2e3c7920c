-- 在用的产业资产:厂房、车间和产业资产里,几项在用,怎么用的?
-- 一行 = 一项产业资产 × 一个月;未报的可能在用,只计缺报。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    coalesce(state = '在用', false)::integer as numerator,
    reported::integer as denominator,
    (not reported)::integer as missing,
    (not reported)::integer as unreported,
    1 as expected,
    coalesce(state <> '在用', false) as excluded,
    case when state <> '在用' then state end as reason,
    case
        when state = '在用' or coalesce(rent, jobs, relocated_jobs) > 0
            then coalesce(mode, '')
    end as mode,
    kind,
    asset_id as subject,
    name,
    rent,
    jobs,
    relocated_jobs,
    batch,
    file,
    sheet,
    row
from asset_months
where
    month between $since and $until
    and kind in ('产业资产', '标准厂房', '帮扶车间')
order by period, subject
