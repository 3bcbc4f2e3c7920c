-- 不在零就业统计之内的户:哪些在册户没有愿意就业的劳动力?
-- 一行 = 一个在册户 × 一个月;带户登记行的出处。
-- 参数 $since $until:起止月份,含首尾。
select
    household_months.month as period,
    household_months.building,
    household_months.unit,
    '没有愿意就业的劳动力' as reason,
    household_months.household_id as subject,
    household_months.room,
    household_months.batch,
    household_months.file,
    household_months.sheet,
    household_months.row
from household_months
anti join household_states
    on
        household_months.month = household_states.month
        and household_months.household_id = household_states.household_id
where household_months.month between $since and $until
order by period, household_months.building, household_months.unit, subject
