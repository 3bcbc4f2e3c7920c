-- 月报日历:每本按月填报的台账每个月收到没有,按期没有?
-- 一行 = 一本台账 × 一个月;还没有到报送日的为未到期。
-- 参数 $since $until:起止月份;$known:看板知道到哪一天。
-- 涉及:无。
select
    ledger,
    month,
    rows,
    received_on,
    due_on,
    case
        when received_on <= due_on then 'on_time'
        when received_on is not null then 'late'
        when $known::date <= due_on then 'not_due'
        else 'missing'
    end as state
from ledger_months
where month between $since and $until
order by ledger, month
