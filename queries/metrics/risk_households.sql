-- 监测对象:还有多少户在监测、风险没有消除?
-- 一行 = 一户的一次识别 × 一个月末,从识别起,到风险消除那年的年底。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    building,
    unit,
    (is_open and registered and latest)::integer as numerator,
    (is_open and registered and latest)::integer as denominator,
    0 as missing,
    0 as unreported,
    registered::integer as expected,
    not (is_open and registered and latest) as excluded,
    case
        when not registered then '不在册'
        when not is_open then '风险已消除'
        when not latest then '同一户有更近的识别'
    end as reason,
    case
        when is_open and registered and latest
            then last_day(month) - found_on
    end as days_open,
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
from risk_months
where month between $since and $until
order by period, building, unit, subject, found_on
