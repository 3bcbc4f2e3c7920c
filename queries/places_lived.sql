-- 住了人的地点:每个月哪些楼栋和单元有在册户?
-- 一行 = 一个月 × 一个有在册户的单元。
-- 参数:无。
-- 涉及:无。
select distinct
    month,
    building,
    unit
from household_months
order by month, building, unit
