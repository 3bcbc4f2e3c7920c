-- 填报完整:每个楼栋的劳动力监测了几成,收入报了几成?
-- 一行 = 一个楼栋;收入看所问月份当时或之前最近一个季末。
-- 参数 $month:哪个月。
-- 涉及:合计。
with monitored as (
    select
        building,
        count(*) as workers,
        count(*) filter (where monitored) as monitored
    from worker_months
    where month = $month
    group by building
),

reported as (
    select
        building,
        count(*) as households,
        count(*) filter (where reported) as reported
    from income_quarters
    where
        quarter = date_trunc(
            'quarter', $month::date - interval 2 month
        )::date
    group by building
)

select
    coalesce(monitored.building, reported.building) as building,
    monitored.workers,
    monitored.monitored,
    reported.households,
    reported.reported
from monitored
full outer join reported on monitored.building = reported.building
order by building
