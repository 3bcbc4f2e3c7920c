-- 收益分配:年初至今分了多少钱,用在哪里?
-- 一行 = 一次分配(period 为分配月份)。
-- 参数 $since $until:起止月份,含首尾。
select
    date_trunc('month', paid_on)::date as period,
    amount as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    use,
    source_kind,
    households,
    return_id as subject,
    source_id,
    paid_on,
    batch,
    file,
    sheet,
    row
from returns
where date_trunc('month', paid_on)::date between $since and $until
order by period, subject
