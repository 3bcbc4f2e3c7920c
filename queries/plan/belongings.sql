-- 指标归属:每项举措看哪些指标?
-- 一行 = 一项举措的一个指标,按举措、顺序。
-- 参数:无。
select
    belongings.measure,
    belongings.metric,
    coalesce(belongings.filter, '') as filter
from belongings
left join measures on belongings.measure = measures.measure
order by
    measures.row,
    belongings.position nulls last,
    belongings.row
