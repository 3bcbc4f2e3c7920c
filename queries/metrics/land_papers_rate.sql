-- 土地手续齐全率:要办土地手续的资产里,多少已经齐全?
-- 一行 = 一项已登记的资产 × 一个月;没有填的计缺报,不适用的不计。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    coalesce(land_papers = '齐全', false)::integer as numerator,
    coalesce(land_papers <> '不适用', false)::integer as denominator,
    (land_papers is null)::integer as missing,
    (land_papers is null)::integer as unreported,
    coalesce(land_papers = '不适用', false) as excluded,
    case when land_papers = '不适用' then '不适用土地手续' end as reason,
    kind,
    asset_id as subject,
    name,
    land_papers,
    register_batch as batch,
    register_file as file,
    register_sheet as sheet,
    register_row as row
from asset_months
where month between $since and $until
order by period, subject
