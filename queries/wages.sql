-- 月收入的分布:每一类在业者的月收入,四分之一处、中间和四分之三处各是多少?
-- 一行 = 一类;按人数从多到少。
-- 参数 $month:哪个月;$axis:按哪个方面分;$building $unit:范围,空 = 全部。
-- 涉及:合计,台账 employment。
with paid as (
    select
        wage,
        coalesce(
            case $axis
                when 'place' then place
                when 'home_place' then home_place
                when 'kind' then kind
                when 'channel' then channel
                when 'industry' then industry
                when 'county' then county
            end,
            '未填'
        ) as category
    from worker_months
    where
        month = $month
        and status = '在业'
        and wage is not null
        and ($building is null or building = $building)
        and ($unit is null or unit = $unit)
)

select
    category,
    count(*) as people,
    quantile_cont(wage, 0.25) as low,
    median(wage) as median,
    quantile_cont(wage, 0.75) as high
from paid
group by category
order by people desc, category
