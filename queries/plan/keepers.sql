-- 台账分工:哪本台账由哪个部门填报?
-- 一行 = 一本台账。
-- 参数:无。
select
    ledger,
    keeper
from ledger_keepers
order by row
