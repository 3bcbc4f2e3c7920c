-- 部门:方案里有哪些部门和机构,简称和别名是什么?
-- 一行 = 一个部门,按方案里的次序。
-- 参数:无。
select
    department,
    coalesce(short, department) as short,
    coalesce(aliases, []) as aliases,
    coalesce(name_en, '') as name_en,
    coalesce(short_en, '') as short_en
from departments
order by row
