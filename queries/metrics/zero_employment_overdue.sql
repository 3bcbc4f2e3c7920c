-- 超期零就业家庭:方案给的清零时限内一直是零就业的,有多少户?
-- 一行 = 一个有就业意愿劳动力的在册户 × 一个月;各月都是零就业才算,其中有情况不明的计缺报。
-- 参数 $since $until:起止月份,含首尾。
with looked_at as (
    select
        states.*,
        coalesce(plan.zero_clear_within, 1) + 1 as months_needed,
        count(*) filter (where states.state = 'zero') over months_back
            as months_zero,
        count(*) filter (where states.state <> 'employed') over months_back
            as months_zero_or_unknown
    from household_states as states
    cross join plan
    window
        months_back as (
            partition by states.household_id
            order by states.month
            range between to_months(
                coalesce(plan.zero_clear_within, 1)::integer
            ) preceding
            and current row
        )
),

judged as (
    select
        *,
        months_zero = months_needed as overdue,
        months_zero < months_needed and months_zero_or_unknown = months_needed
            as unclear
    from looked_at
    where month between $since and $until
)

select
    judged.month as period,
    judged.building,
    judged.unit,
    judged.overdue::integer as numerator,
    (not judged.unclear)::integer as denominator,
    judged.unclear::integer as missing,
    judged.unclear::integer as unreported,
    1 as expected,
    judged.reported::integer as reported,
    judged.state,
    judged.months_open,
    judged.household_id as subject,
    homes.room,
    homes.batch,
    homes.file,
    homes.sheet,
    homes.row
from judged
inner join household_months as homes
    on
        judged.month = homes.month
        and judged.household_id = homes.household_id
order by period, judged.building, judged.unit, subject
