-- 线索移交率:在监测的户里,多少户的线索已经移交原籍县?
-- 一行 = 一户的一次识别 × 一个月末,从识别起,到风险消除那年的年底;移交与否没有填的计缺报。
-- 参数 $since $until:起止月份,含首尾。
with watched as (
    select
        *,
        is_open and registered and latest as counts
    from risk_months
    where month between $since and $until
)

select
    month as period,
    building,
    unit,
    (counts and coalesce(referred, false))::integer as numerator,
    (counts and referred is not null)::integer as denominator,
    (counts and referred is null)::integer as missing,
    (counts and referred is null)::integer as unreported,
    counts::integer as expected,
    not counts as excluded,
    case
        when not registered then '不在册'
        when not is_open then '风险已消除'
        when not latest then '同一户有更近的识别'
    end as reason,
    category,
    risk,
    household_id as subject,
    found_on,
    measures,
    referred,
    batch,
    file,
    sheet,
    row
from watched
order by period, building, unit, subject, found_on
