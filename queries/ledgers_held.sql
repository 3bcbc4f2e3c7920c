-- 台账现状:每本台账有多少行,从哪个月到哪个月?
-- 一行 = 一本台账;不按月填报的没有起止月份。
-- 参数:无。
-- 涉及:无。
with held as (
    select 'households' as ledger, null::date as month from households
    union all
    select 'labour' as ledger, null::date as month from labour
    union all
    select 'assets' as ledger, null::date as month from assets
    union all
    select 'employment' as ledger, month from employment
    union all
    select 'occupancy' as ledger, month from occupancy
    union all
    select 'income' as ledger, quarter + interval 2 month as month from income
    union all
    select 'benchmark' as ledger, quarter + interval 2 month as month
    from benchmark
    union all
    select 'tasks' as ledger, date_trunc('month', updated_on) as month
    from tasks
    union all
    select 'meetings' as ledger, date_trunc('month', held_on) as month
    from meetings
    union all
    select 'workshops' as ledger, month from workshops
    union all
    select 'assistance' as ledger, month from assistance
    union all
    select 'funds' as ledger, month from funds
    union all
    select 'projects' as ledger, null::date as month from projects
    union all
    select 'returns' as ledger, null::date as month from returns
    union all
    select 'training' as ledger, null::date as month from training
    union all
    select 'posts' as ledger, null::date as month from posts
    union all
    select 'subsidies' as ledger, null::date as month from subsidies
    union all
    select 'loans' as ledger, null::date as month from loans
    union all
    select 'risk' as ledger, null::date as month from risk
    union all
    select 'repairs' as ledger, null::date as month from repairs
    union all
    select 'schooling' as ledger, null::date as month from schooling
    union all
    select 'activities' as ledger, null::date as month from activities
)

select
    ledgers.name as ledger,
    count(held.ledger) as rows,
    min(held.month)::date as since,
    max(held.month)::date as until
from ledgers
left join held on ledgers.name = held.ledger
group by ledgers.name
order by ledgers.name
