-- 台账及时率:每月应报的台账,多少在次月10日前收到?
-- 一行 = 一本按月填报的台账 × 一个月;没有收到的也算应报。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    coalesce(received_on <= due_on, false)::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    (rows > 0)::integer as reported,
    ledger,
    ledger as subject,
    rows,
    received_on,
    due_on,
    batch,
    file,
    sheet,
    row
from ledger_months
where month between $since and $until
order by period, subject
