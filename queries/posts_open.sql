-- 空缺岗位:月末还在招、没有招满的岗位有哪些?
-- 一行 = 一个岗位;vacancies 为还缺的人数,已招人数看台账现在的数。
-- 参数 $month:哪个月。
-- 涉及:无,台账 posts。
select
    post_id,
    title,
    employer,
    kind,
    place,
    industry,
    education as required,
    openings - coalesce(filled, 0) as vacancies,
    wage_low,
    wage_high,
    opened_on,
    closed_on
from posts
where
    opened_on <= last_day($month)
    and coalesce(closed_on >= last_day($month), true)
    and openings > coalesce(filled, 0)
order by post_id
