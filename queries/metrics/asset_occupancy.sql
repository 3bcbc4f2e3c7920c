-- 资产盘活率(面积):已报的可盘活资产里,多少面积在用?
-- 一行 = 一项资产 × 一个月,类别由方案的口径范围定;部分在用的按个数折算;不可盘活和没有面积的不计。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    case when usable and reported then coalesce(area_used, 0) else 0 end
        as numerator,
    case when usable and reported then area else 0 end as denominator,
    case when usable and not reported then area else 0 end as missing,
    (usable and area is not null and not reported)::integer as unreported,
    not usable or area is null as excluded,
    case
        when not usable then '不可盘活'
        when area is null then '没有面积'
    end as reason,
    kind,
    asset_id as subject,
    name,
    state,
    used,
    count,
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
