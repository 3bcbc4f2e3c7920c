-- 就业变动:两个月之间,谁从哪里到哪里?
-- 一行 = 一个去向 → 去向的组合;两个月都监测的人,加上新进入和退出监测的人。
-- 参数 $since $until:两个月;$axis:看哪个方面;$building $unit:范围,空 = 全部。
-- 涉及:合计,台账 employment。
with seen as (
    select
        month,
        person_id,
        case
            when not employed then '未就业'
            else
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
                )
        end as stay
    from worker_months
    where
        monitored
        and month in ($since, $until)
        and ($building is null or building = $building)
        and ($unit is null or unit = $unit)
)

select
    coalesce(before.stay, '新进入监测') as origin,
    coalesce(after.stay, '退出监测') as destination,
    count(*) as people
from (select * from seen where month = $since) as before
full outer join (select * from seen where month = $until) as after
    on before.person_id = after.person_id
group by all
order by origin, destination
