-- 转固率:应转固的资产里,多少已经转固?
-- 一行 = 一项已登记的资产 × 一个月;没有填的计缺报,不适用的不计。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    coalesce(capitalised = '已转固', false)::integer as numerator,
    coalesce(capitalised <> '不适用', false)::integer as denominator,
    (capitalised is null)::integer as missing,
    (capitalised is null)::integer as unreported,
    coalesce(capitalised = '不适用', false) as excluded,
    case when capitalised = '不适用' then '不适用转固' end as reason,
    kind,
    asset_id as subject,
    name,
    capitalised,
    register_batch as batch,
    register_file as file,
    register_sheet as sheet,
    register_row as row
from asset_months
where month between $since and $until
order by period, subject
