-- 月报台账哪些月份报了,哪天收到,按期没有?
-- 一行 = 一本月报台账 × 一个月,至所选月份为止的十二个月。
-- 参数 $until:最后一个月的第一天。
-- 涉及:无。
select
    ledger as ledger,
    month as month,
    rows as rows,
    received_on as received_on,
    due_on as due_on
from ledger_months
where month between $until::date - interval 11 month and $until::date
order by ledger, month
