-- 部门的全称和简称。
-- 一行 = 一个部门。
-- 参数 无。
-- 涉及:无。
select
    department as department,
    short as short
from departments
order by position::int
