-- 地点:安置点里有哪些楼栋和单元?
-- 一行 = 一个楼栋或单元;户和资产登记过的都算,顺序由看板按数字排。
-- 参数:无。
-- 涉及:无。
select distinct
    building,
    unit
from homes
union
select distinct
    building,
    null as unit
from homes
union
select distinct
    building,
    null as unit
from assets
where building is not null
order by building, unit nulls first
