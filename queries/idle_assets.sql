-- 空置的资产:到这个月末哪些可盘活资产没有全部用起来,空了多久、原来租金多少?
-- 一行 = 一项可盘活、已报而没有全部在用的资产;idle_since 是这一段空置的第一个月。
-- 参数 $month:看哪个月(月初日期)。
-- 涉及:无,台账 assets。
with history as (
    select
        asset_id,
        month,
        used,
        rent,
        used < count as idle
    from asset_months
    where usable and reported and month <= $month
),

last_full as (
    select
        asset_id,
        max(month) filter (where not idle) as full_until,
        min(month) as first_month,
        arg_max(rent, month) filter (where rent > 0) as last_rent
    from history
    group by asset_id
)

select
    asset_months.asset_id,
    asset_months.name,
    asset_months.kind,
    asset_months.building,
    asset_months.state,
    asset_months.area,
    asset_months.count,
    asset_months.count - asset_months.used as idle_places,
    coalesce(
        (last_full.full_until + interval 1 month)::date,
        last_full.first_month
    ) as idle_since,
    last_full.last_rent
from asset_months
inner join last_full on asset_months.asset_id = last_full.asset_id
where
    asset_months.month = $month
    and asset_months.usable
    and asset_months.reported
    and asset_months.used < asset_months.count
order by idle_since, asset_months.asset_id
