-- 方案设定:年龄界限、对标的县和口径、方案起止是什么?
-- 一行 = 一项设定。
-- 参数:无。
-- 涉及:无。
select
    key,
    value
from settings
order by key
