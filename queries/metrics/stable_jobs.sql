-- 稳定就业率:在单位就业的人里,多少人的合同不少于6个月?
-- 一行 = 一个有劳动能力者 × 一个月;未监测的、就业类别或合同月数没有填的只计缺报。
-- 参数 $since $until:起止月份,含首尾。
with jobs as (
    select
        *,
        case
            when not monitored then null
            when not employed then false
            else kind = '单位就业'
        end as at_employer
    from worker_months
    where month between $since and $until
),

judged as (
    select
        *,
        at_employer is null
        or (at_employer and contract_months is null) as unclear
    from jobs
)

select
    month as period,
    building,
    unit,
    (not unclear and at_employer and contract_months >= 6)::integer
        as numerator,
    (not unclear and at_employer)::integer as denominator,
    unclear::integer as missing,
    unclear::integer as unreported,
    1 as expected,
    not unclear and not at_employer as excluded,
    case when not unclear and not at_employer then '不在单位就业' end as reason,
    person_id as subject,
    household_id,
    status,
    kind,
    contract_months,
    batch,
    file,
    sheet,
    row
from judged
order by period, building, unit, subject
