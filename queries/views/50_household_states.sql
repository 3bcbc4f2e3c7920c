-- 零就业家庭:每户每月是有人就业、零就业,还是情况不明?
-- 一行 = 一个有就业意愿劳动力的在册户 × 一个月;cleared_on 为该月之前最近一次清零的月份。
-- 参数:无。
with states as (
    select
        worker_months.month,
        worker_months.household_id,
        any_value(worker_months.building) as building,
        any_value(worker_months.unit) as unit,
        count(*) as workers,
        count(*) filter (where worker_months.willing_to_work) as willing,
        count(*) filter (
            where worker_months.willing_to_work and not worker_months.monitored
        ) as unmonitored,
        bool_or(worker_months.monitored) as reported,
        case
            when bool_or(worker_months.employed) then 'employed'
            when
                bool_or(
                    worker_months.willing_to_work
                    and not worker_months.monitored
                )
                then 'unknown'
            else 'zero'
        end as state
    from worker_months
    group by worker_months.month, worker_months.household_id
    having bool_or(worker_months.willing_to_work)
),

neighbours as (
    select
        states.*,
        case
            when
                lag(states.month) over past
                = states.month - interval 1 month
                then lag(states.state) over past
        end as state_before
    from states
    window past as (partition by household_id order by month)
),

spells as (
    select
        neighbours.*,
        max(
            case
                when state = 'employed' and state_before = 'zero' then month
            end
        ) over (
            partition by household_id
            order by month
            rows between unbounded preceding and 1 preceding
        ) as cleared_on,
        sum(
            case
                when state = 'zero' and state_before is not distinct from 'zero'
                    then 0
                else 1
            end
        ) over (
            partition by household_id
            order by month
            rows unbounded preceding
        ) as spell
    from neighbours
)

select
    month,
    household_id,
    building,
    unit,
    workers,
    willing,
    unmonitored,
    reported,
    state,
    cleared_on,
    case
        when state = 'zero'
            then
                row_number() over (
                    partition by household_id, spell
                    order by month
                )
    end as months_open
from spells
order by month, household_id
