-- 受益户次:年初至今的收益分配惠及多少户次?
-- 一行 = 一次分配(period 为分配月份);没有填受益户数的不计。
-- 参数 $since $until:起止月份,含首尾。
select
    date_trunc('month', paid_on)::date as period,
    coalesce(households, 0) as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    1 as expected,
    households is null as excluded,
    case when households is null then '没有填受益户数' end as reason,
    use,
    source_kind,
    households,
    amount as paid,
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
