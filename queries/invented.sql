-- 页面上的数字是不是示例数据?
-- 一行 = 全部;invented:有一批注明是示例数据;only:没有一批台账不是,空的库也算;方案不算。
-- 参数 无。
-- 涉及:无。
select
    coalesce(bool_or(note like '%示例数据%'), false) as invented,
    coalesce(bool_and(coalesce(starts_with(note, '示例数据'), false)), true)
        as only_invented
from batches
where plan = ''
order by invented
