-- 登记率:应办不动产登记的资产里,多少已经登记?
-- 一行 = 一项已登记的资产 × 一个月。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    (registration = '已登记')::integer as numerator,
    (registration <> '不适用')::integer as denominator,
    0 as missing,
    0 as unreported,
    registration = '不适用' as excluded,
    case when registration = '不适用' then '不适用登记' end as reason,
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
