-- 参数:方案规定的数是多少?
-- 一行 = 一个数。
-- 参数:无。
select
    key,
    value
from parameters
order by row
