-- 机制:方案说每项举措要建立什么机制?
-- 一行 = 一项机制。
-- 参数:无。
select
    measure,
    mechanism,
    coalesce(quote, '') as quote
from listed_mechanisms
order by row
