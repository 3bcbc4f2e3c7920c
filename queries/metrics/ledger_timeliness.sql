-- 台账及时率:每月应报的台账,多少在次月10日前收到?
-- 一行 = 一本按月填报的台账 × 一个月;没有收到的也算应报;登记册收到一批或报了无变动就算收到。
-- 参数 $since $until:起止月份,含首尾。
select
    ledger_months.month as period,
    coalesce(ledger_months.received_on <= ledger_months.due_on, false)::integer
        as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    -- 哪本都没有收到的月份才是未报;有的收到了,没有收到的就是没有按期。
    (
        max(ledger_months.received_on) over (partition by ledger_months.month)
        is not null
    )::integer as reported,
    ledger_months.ledger,
    ledger_months.ledger as subject,
    ledger_keepers.keeper,
    ledger_months.rows,
    ledger_months.received_on,
    ledger_months.due_on,
    ledger_months.batch,
    ledger_months.file,
    ledger_months.sheet,
    ledger_months.row
from ledger_months
left join ledger_keepers on ledger_months.ledger = ledger_keepers.ledger
where ledger_months.month between $since and $until
order by period, subject
