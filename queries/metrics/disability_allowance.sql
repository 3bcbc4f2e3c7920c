-- 残疾人补贴发放率:当月应发给在册残疾人的两项补贴,多少发了?
-- 一行 = 一个在册残疾人 × 一项补贴 × 一个月;当月台账没有行的、该不该发说不清的都算缺报。
-- 参数 $since $until:起止月份,含首尾。
with disabled as (
    select
        household_months.month,
        household_months.household_id,
        household_months.building,
        household_months.unit,
        people.person_id,
        people.low_income,
        people.disability_grade,
        people.batch,
        people.file,
        people.sheet,
        people.row
    from household_months
    inner join people
        on
            household_months.household_id = people.household_id
            and household_months.month >= people.since
            and household_months.month < people.until
    where
        household_months.month between $since and $until
        and list_contains(people.groups, '残疾人')
),

allowances as (
    select
        *,
        '困难残疾人生活补贴' as kind,
        low_income as is_due,
        '不是低保对象' as no_ground,
        '没有填低保对象' as unknown_ground
    from disabled
    union all
    select
        *,
        '重度残疾人护理补贴' as kind,
        disability_grade in ('一级', '二级') as is_due,
        '残疾等级不是一级、二级' as no_ground,
        '没有填残疾等级' as unknown_ground
    from disabled
),

reported as (
    select month
    from kept_months
    where ledger = 'assistance'
),

payments as (
    select
        month,
        person_id,
        kind,
        min_by(
            {batch: batch, file: file, sheet: sheet, row: row}, record_id
        ) as origin
    from assistance
    where person_id is not null
    group by month, person_id, kind
),

judged as (
    select
        allowances.*,
        payments.origin,
        coalesce(not allowances.is_due, false) as not_due,
        reported.month is not null and coalesce(allowances.is_due, false)
            as known_due,
        payments.person_id is not null as is_paid
    from allowances
    left join reported on allowances.month = reported.month
    left join payments
        on
            allowances.month = payments.month
            and allowances.person_id = payments.person_id
            and allowances.kind = payments.kind
)

select
    month as period,
    building,
    unit,
    (known_due and is_paid)::integer as numerator,
    known_due::integer as denominator,
    (not known_due and not not_due)::integer as missing,
    (not known_due and not not_due)::integer as unreported,
    (not not_due)::integer as expected,
    not_due as excluded,
    case when not_due then no_ground end as reason,
    person_id as subject,
    household_id,
    kind,
    low_income,
    disability_grade,
    case when is_due is null then unknown_ground end as note,
    case
        when known_due and is_paid and kind = '困难残疾人生活补贴'
            then person_id
    end as living,
    case
        when known_due and is_paid and kind = '重度残疾人护理补贴'
            then person_id
    end as nursing,
    coalesce(origin.batch, batch) as batch,
    coalesce(origin.file, file) as file,
    coalesce(origin.sheet, sheet) as sheet,
    coalesce(origin.row, row) as row
from judged
order by period, building, unit, subject, kind
