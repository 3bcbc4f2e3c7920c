-- 住处:每一户最近一次登记住在哪里、现在还在不在册?
-- 一行 = 一户;登记史里的最后一行。
-- 参数:无。
select
    household_id,
    building,
    unit,
    room,
    size,
    category,
    status
from homes
where until = date '9999-12-01'
order by household_id
