-- 示范点:至今创成几个市级及以上的示范点?
-- 一行 = 一次活动(period 为所在月份);不算数的也列出,说明台账有记录;没有填级别的只计缺报。
-- 参数 $since $until:起止月份,含首尾。
with told as (
    select
        activities.*,
        coalesce(
            kind = '示范创建' and level in ('市级', '自治区级', '国家级'),
            false
        ) as counts,
        kind = '示范创建' and level is null as unclear
    from activities
    where date_trunc('month', held_on)::date between $since and $until
)

select
    date_trunc('month', held_on)::date as period,
    counts::integer as numerator,
    (not unclear)::integer as denominator,
    unclear::integer as missing,
    unclear::integer as unreported,
    case when counts then level end as level,
    case when counts then people end as people,
    activity_id as subject,
    kind,
    held_on,
    outcome,
    batch,
    file,
    sheet,
    row
from told
order by period, subject
