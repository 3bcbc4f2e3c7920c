-- 产业奖补:年初至今奖补了多少钱,惠及多少户?
-- 一行 = 一笔救助或补贴。
-- 参数 $since $until:起止月份,含首尾。
with told as (
    select
        assistance.*,
        household_months.building,
        household_months.unit,
        household_months.household_id is not null as registered
    from assistance
    left join household_months
        on
            assistance.month = household_months.month
            and assistance.household_id = household_months.household_id
    where assistance.month between $since and $until
)

select
    month as period,
    building,
    unit,
    case when registered and kind = '产业奖补' then amount else 0 end
        as numerator,
    registered::integer as denominator,
    0 as missing,
    0 as unreported,
    registered::integer as expected,
    not (registered and kind = '产业奖补') as excluded,
    case
        when not registered then '不在册'
        when kind <> '产业奖补' then '不是产业奖补'
    end as reason,
    kind,
    case
        when registered and kind = '产业奖补' then household_id
    end as household,
    record_id as subject,
    household_id,
    person_id,
    batch,
    file,
    sheet,
    row
from told
order by period, building, unit, subject
