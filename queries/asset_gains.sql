-- 资产的收益:每个月收多少租金,带动多少人就业?
-- 一行 = 一个月 × 一个楼栋(空 = 不在楼栋里的资产)。
-- 参数:无。
-- 涉及:无,台账 occupancy。
select
    month,
    building,
    sum(rent) as rent,
    sum(jobs)::bigint as jobs,
    sum(relocated_jobs)::bigint as relocated_jobs
from asset_months
where reported
group by month, building
order by month, building
