-- 就业去向:每个月有多少有劳动能力者就业,去了哪里?
-- 一行 = 一个有劳动能力者 × 一个月;去向只在就业时给出,未监测的可能去任何地方。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    unit,
    employed::integer as numerator,
    monitored::integer as denominator,
    (not monitored)::integer as missing,
    (not monitored)::integer as unreported,
    case when employed then coalesce(place, '') end as place,
    case when employed then coalesce(home_place, '') end as home_place,
    case when employed then coalesce(kind, '') end as kind,
    case when employed then coalesce(channel, '') end as channel,
    case when employed then coalesce(industry, '') end as industry,
    case when employed then coalesce(county, '') end as county,
    person_id as subject,
    household_id,
    batch,
    file,
    sheet,
    row
from worker_months
where month between $since and $until
order by period, building, unit, subject
