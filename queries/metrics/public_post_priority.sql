-- 公益岗优先安置率:公益性岗位上的人里,多少是优先安置对象?
-- 一行 = 一个有劳动能力者 × 一个月;未监测的、就业而没有填类别的可能在公益性岗位,只计缺报。
-- 参数 $since $until:起止月份,含首尾。
with watched as (
    select distinct
        month,
        household_id
    from risk_months
    where is_open
),

holders as (
    select
        workers.*,
        case
            when not workers.monitored then null
            when not workers.employed then false
            else workers.kind = '公益性岗位'
        end as holds,
        concat_ws(
            '、',
            case when workers.lifted_out then '脱贫人口' end,
            case
                when
                    watched.household_id is not null
                    or household_months.category in (
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
    inner join household_months
        on
            workers.month = household_months.month
            and workers.household_id = household_months.household_id
    left join watched
        on
            workers.month = watched.month
            and workers.household_id = watched.household_id
    where workers.month between $since and $until
)

select
    month as period,
    building,
    unit,
    (coalesce(holds, false) and grounds <> '')::integer as numerator,
    coalesce(holds, false)::integer as denominator,
    (holds is null)::integer as missing,
    (holds is null)::integer as unreported,
    1 as expected,
    coalesce(not holds, false) as excluded,
    case when not holds then '不在公益性岗位' end as reason,
    person_id as subject,
    household_id,
    grounds,
    batch,
    file,
    sheet,
    row
from holders
order by period, building, unit, subject
