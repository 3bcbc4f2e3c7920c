-- 月报台账:每本按月填报的台账哪些月份有行?
-- 一行 = 一本台账 × 一个月;没有行的月份不列。
-- 参数:无。
-- 涉及:无。
select
    ledger,
    month
from ledger_months
where rows > 0
order by ledger, month
