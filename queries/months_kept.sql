-- 台账各月:每本台账在哪些月份有记录,各有几条?
-- 一行 = 一本台账 × 一个有记录的月份;登记册不列。
-- 参数:无。
-- 涉及:无。
select
    ledger,
    month,
    rows
from kept_months
order by ledger, month
