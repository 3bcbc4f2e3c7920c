-- 资产盘活率(按个数):已报的可盘活资产里,多少个在用?
-- 一行 = 一项资产 × 一个月,类别由方案的口径范围定;铺面一间算一位,停车场一个车位算一位;不可盘活的不计。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    case when usable and reported then used else 0 end as numerator,
    case when usable and reported then count else 0 end as denominator,
    case when usable and not reported then count else 0 end as missing,
    (usable and not reported)::integer as unreported,
    not usable as excluded,
    case when not usable then '不可盘活' end as reason,
    kind,
    asset_id as subject,
    name,
    state,
    rent,
    jobs,
    relocated_jobs,
    batch,
    file,
    sheet,
    row
from asset_months
where month between $since and $until
order by period, subject
