-- 目标:每个指标到什么时候要达到多少,依据什么?
-- 一行 = 一个指标在一个期限的目标,按方案里的次序。
-- 参数:无。
select
    measure,
    metric,
    coalesce(filter, '') as filter,
    value,
    sign,
    firmness,
    basis,
    kind as path,
    due,
    "from" as since,
    until,
    coalesce(quote, '') as quote
from targets
order by row
