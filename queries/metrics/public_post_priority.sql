-- 公益岗优先安置率:公益性岗位上的人里,多少是优先安置对象?
-- 一行 = 一个有劳动能力者 × 一个月;未监测的可能在公益性岗位,只计缺报。
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
        coalesce(workers.employed and workers.kind = '公益性岗位', false)
            as holds,
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
                when
                    len(
                        list_filter(
                            workers.groups,
                            lambda one: one <> '高校毕业生'
                        )
                    ) > 0
                    then '重点人群'
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
    (holds and grounds <> '')::integer as numerator,
    holds::integer as denominator,
    (not monitored)::integer as missing,
    (not monitored)::integer as unreported,
    1 as expected,
    monitored and not holds as excluded,
    case when monitored and not holds then '不在公益性岗位' end as reason,
    person_id as subject,
    household_id,
    grounds,
    batch,
    file,
    sheet,
    row
from holders
order by period, building, unit, subject
