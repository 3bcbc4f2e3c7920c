-- 等岗位的人:谁愿意就业、有劳动能力,这个月监测到没有就业?
-- 一行 = 一个人;zero 为零就业家庭的人,grounds 为可以优先安排公益性岗位的理由。
-- 参数 $month:哪个月;$building $unit:范围,空 = 全部。
-- 涉及:逐户,台账 labour。
with watched as (
    select distinct household_id
    from risk_months
    where is_open and month = $month
)

select
    workers.household_id,
    workers.building,
    workers.unit,
    workers.person_id,
    people.education,
    people.job_wanted,
    people.work_ability,
    coalesce(states.state = 'zero', false) as zero,
    states.months_open,
    concat_ws(
        '、',
        case when workers.lifted_out then '脱贫人口' end,
        case
            when
                watched.household_id is not null
                or homes.category in (
                    '脱贫不稳定户', '边缘易致贫户', '突发严重困难户'
                )
                then '监测户'
        end,
        case
            when list_contains(workers.groups, '就业困难人员')
                then '就业困难人员'
        end
    ) as grounds
from worker_months as workers
inner join people
    on
        workers.person_id = people.person_id
        and workers.month >= people.since
        and workers.month < people.until
inner join household_months as homes
    on
        workers.month = homes.month
        and workers.household_id = homes.household_id
left join household_states as states
    on
        workers.month = states.month
        and workers.household_id = states.household_id
left join watched on workers.household_id = watched.household_id
where
    workers.month = $month
    and workers.willing_to_work
    and workers.monitored
    and not workers.employed
    and ($building is null or workers.building = $building)
    and ($unit is null or workers.unit = $unit)
order by workers.household_id, workers.person_id
