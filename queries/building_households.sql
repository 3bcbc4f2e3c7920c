-- 楼栋里的户：某月住在这栋楼的每一户，就业、返贫风险、报送各是什么情况？
-- 一行 = 一个当月在册户，不含姓名；state 空 = 没有愿就业的劳动力，income_reported 空 = 不应报收入，risk 空 = 未列入监测。
-- 参数 $building：楼栋；$month：哪个月；$quarter：到该月为止最近结束的季度（季度首日）。
-- 涉及:逐户,台账 households。
with residents as (
    select *
    from household_months
    where month = $month and building = $building
),

reporting as (
    select
        worker_months.household_id,
        worker_months.month,
        count(*) as workers,
        count(*) filter (where not worker_months.monitored) as unmonitored
    from worker_months
    inner join residents
        on worker_months.household_id = residents.household_id
    where worker_months.month <= $month
    group by worker_months.household_id, worker_months.month
),

behind as (
    select
        household_id,
        any_value(workers) filter (where month = $month) as workers,
        any_value(unmonitored) filter (where month = $month) as unmonitored,
        count(*) filter (
            where month > coalesce(last_whole, date '0001-01-01')
            and month >= (select min(month) from employment)
        ) as months_behind
    from (
        select
            *,
            max(month) filter (where unmonitored = 0) over (
                partition by household_id
            ) as last_whole
        from reporting
    )
    group by household_id
),

helpers as (
    select
        household_id,
        coalesce(effective_month, date '0001-01-01') as since,
        helper_role
    from households
)

select
    residents.household_id,
    residents.building,
    residents.unit,
    residents.room,
    residents.size,
    residents.category,
    homes.since,
    helpers.helper_role,
    states.state,
    states.months_open,
    coalesce(behind.workers, 0) as workers,
    coalesce(behind.unmonitored, 0) as unmonitored,
    case when behind.unmonitored > 0 then behind.months_behind end
        as months_behind,
    income_quarters.reported as income_reported,
    risks.risk,
    risks.is_open,
    risks.helped_on
from residents
inner join homes
    on
        residents.household_id = homes.household_id
        and residents.month >= homes.since
        and residents.month < homes.until
left join helpers
    on homes.household_id = helpers.household_id and homes.since = helpers.since
left join household_states as states
    on
        residents.household_id = states.household_id
        and residents.month = states.month
left join behind on residents.household_id = behind.household_id
left join income_quarters
    on
        residents.household_id = income_quarters.household_id
        and income_quarters.quarter = $quarter
left join risk_months as risks
    on
        residents.household_id = risks.household_id
        and residents.month = risks.month
        and risks.latest
order by residents.unit, residents.room, residents.household_id
