-- 消除风险的户:年初至今有多少户消除了返贫风险?
-- 一行 = 一户的一次识别 × 一个月末,从识别起,到风险消除那年的年底;消除了的看消除那个月在不在册、住在哪里。
-- 参数 $since $until:起止月份,含首尾。
with told as (
    select
        risk_months.* replace (
            case
                when risk_months.is_open then risk_months.building
                else then_home.building
            end as building,
            case
                when risk_months.is_open then risk_months.unit
                else then_home.unit
            end as unit,
            case
                when risk_months.is_open then risk_months.registered
                else then_home.household_id is not null
            end as registered
        )
    from risk_months
    left join household_months as then_home
        on
            date_trunc('month', risk_months.cleared_on) = then_home.month
            and risk_months.household_id = then_home.household_id
    where risk_months.month between $since and $until
)

select
    month as period,
    building,
    unit,
    (not is_open and registered)::integer as numerator,
    registered::integer as denominator,
    0 as missing,
    0 as unreported,
    registered::integer as expected,
    is_open or not registered as excluded,
    case
        when not registered then '不在册'
        when is_open then '风险没有消除'
    end as reason,
    case
        when not is_open and registered then cleared_on - found_on
    end as days_to_clear,
    category,
    risk,
    household_id as subject,
    found_on,
    measures,
    helped_on,
    cleared_on,
    batch,
    file,
    sheet,
    row
from told
order by period, building, unit, subject, found_on
