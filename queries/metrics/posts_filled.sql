-- 岗位到岗率:年初至今发布的岗位,招聘人数里招到多少?
-- 一行 = 一个岗位(period 为发布月份);没有填已招人数的计缺报。
-- 参数 $since $until:起止月份,含首尾。
select
    date_trunc('month', opened_on)::date as period,
    coalesce(filled, 0) as numerator,
    case when filled is null then 0 else openings end as denominator,
    case when filled is null then openings else 0 end as missing,
    (filled is null)::integer as unreported,
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
