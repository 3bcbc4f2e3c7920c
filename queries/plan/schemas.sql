-- 方案的各安置点:一份方案有几个安置点的,每个安置点的表在哪里?
-- 一行 = 一份方案的一个安置点;只有一个安置点的方案没有行。
-- 参数:无。
select
    plan,
    settlement,
    schema
from plan_schemas
where settlement is not null
order by plan, settlement
