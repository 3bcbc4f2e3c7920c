-- 决算完成率:登记的资产里,多少已经决算?
-- 一行 = 一项已登记的资产 × 一个月。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    (accounts = '已决算')::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    kind,
    asset_id as subject,
    name,
    accounts,
    registration,
    register_batch as batch,
    register_file as file,
    register_sheet as sheet,
    register_row as row
from asset_months
where month between $since and $until
order by period, subject
