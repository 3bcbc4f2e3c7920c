-- 产业资产使用率:已报的可盘活产业资产里,几项在用?
-- 一行 = 一项资产 × 一个月,类别由方案的口径范围定;一项算一次,看状态;不可盘活的不计。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    coalesce(usable and state = '在用', false)::integer as numerator,
    (usable and reported)::integer as denominator,
    (usable and not reported)::integer as missing,
    (usable and not reported)::integer as unreported,
    not usable as excluded,
    case when not usable then '不可盘活' end as reason,
    kind,
    case
        when
            usable
            and (state = '在用' or coalesce(rent, jobs, relocated_jobs) > 0)
            then coalesce(mode, '')
    end as mode,
    asset_id as subject,
    name,
    state,
    used,
    count,
    case when usable then rent end as rent,
    case when usable then jobs end as jobs,
    case when usable then relocated_jobs end as relocated_jobs,
    batch,
    file,
    sheet,
    row
from asset_months
where month between $since and $until
order by period, subject
