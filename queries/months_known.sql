-- 月份范围:看板能问到的第一个月和最后一个月是哪两个?
-- 一行 = 整个范围。
-- 参数:无。
-- 涉及:无。
select
    min(month) as since,
    max(month) as until
from months
order by since
