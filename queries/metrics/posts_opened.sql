-- 发布岗位:年初至今发布的岗位招多少人?
-- 一行 = 一个岗位(period 为发布月份)。
-- 参数 $since $until:起止月份,含首尾。
select
    date_trunc('month', opened_on)::date as period,
    openings as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    kind,
    place,
    post_id as subject,
    title,
    employer,
    openings,
    filled,
    opened_on,
    closed_on,
    pushes,
    batch,
    file,
    sheet,
    row
from posts
where date_trunc('month', opened_on)::date between $since and $until
order by period, subject
