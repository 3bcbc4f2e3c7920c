-- 单列的资产:不在楼栋里的可盘活资产,这个月用了几成?
-- 一行 = 一项可盘活、不在任何楼栋的资产;没有报的 share 为空。
-- 参数 $month:看哪个月(月初日期)。
-- 涉及:无,台账 assets。
select
    asset_id,
    name,
    kind,
    used / count as share
from asset_months
where month = $month and usable and building is null
order by asset_id
