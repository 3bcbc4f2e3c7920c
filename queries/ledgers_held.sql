-- 台账现状:每本台账有多少行,从哪个月到哪个月?
-- 一行 = 一本台账;不按月填报的没有起止月份。
-- 参数:无。
-- 涉及:无。
select
    name as ledger,
    rows,
    since,
    until
from ledgers
order by name
