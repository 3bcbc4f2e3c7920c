-- 部门:方案里有哪些牵头部门,简称和别名是什么?
-- 一行 = 一个部门。
-- 参数:无。
-- 涉及:无。
select
    department,
    short,
    aliases
from departments
order by position::integer
