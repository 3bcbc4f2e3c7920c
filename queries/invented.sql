-- 页面上的数字是不是示例数据?
-- 一行 = 全部;任何一批在用的台账注明是示例数据,就是。
-- 参数 无。
select coalesce(bool_or(note like '%示例数据%'), false) as invented
from batches
order by invented
