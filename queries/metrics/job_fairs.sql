-- 招聘会:年初至今办了几场,多少人次参加?
-- 一行 = 一次活动(period 为所在月份);不算数的也列出,说明台账有记录。
-- 参数 $since $until:起止月份,含首尾。
with held as (
    select
        activities.*,
        coalesce(kind = '招聘会', false) as counts
    from activities
    where date_trunc('month', held_on)::date between $since and $until
)

select
    date_trunc('month', held_on)::date as period,
    counts::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    case when counts then people end as people,
    activity_id as subject,
    kind,
    level,
    held_on,
    outcome,
    batch,
    file,
    sheet,
    row
from held
order by period, subject
