-- 就业县市:就业的人从哪个楼栋去了哪个县市,县市在哪里?
-- 一行 = 一个楼栋 × 一个县市,片区内的另算一行;县市空 = 没有填。
-- 参数 $month:哪个月;$building $unit:范围,空 = 全部。
-- 涉及:合计,台账 employment。
with placed as (
    select
        county,
        min_by(province, (province, longitude)) as province,
        min_by(longitude, (province, longitude))::double as longitude,
        min_by(latitude, (province, longitude))::double as latitude
    from counties
    group by county
)

select
    worker_months.building as home,
    worker_months.county,
    placed.province,
    placed.longitude,
    placed.latitude,
    coalesce(worker_months.place = '片区内', false) as here,
    count(*) as people
from worker_months
left join placed on worker_months.county = placed.county
where
    worker_months.month = $month
    and worker_months.employed
    and ($building is null or worker_months.building = $building)
    and ($unit is null or worker_months.unit = $unit)
group by all
order by people desc, home, worker_months.county, here
