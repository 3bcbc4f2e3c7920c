-- 口径范围:一个指标只算哪一列取哪些值的行?
-- 一行 = 一个指标的一列。
-- 参数:无。
select
    metric,
    "column",
    "values"
from kinds_counted
order by row
