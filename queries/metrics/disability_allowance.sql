-- 残疾人补贴覆盖率:在册的残疾人,当月多少领到两项补贴之一?
-- 一行 = 一个在册的残疾人 × 一个月;救助补贴台账当月一行也没有的,都算缺报。
-- 参数 $since $until:起止月份,含首尾。
with disabled as (
    select
        household_months.month,
        household_months.household_id,
        household_months.building,
        household_months.unit,
        people.person_id,
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

reported as (
    select distinct month
    from assistance
),

allowances as (
    select
        month,
        person_id,
        bool_or(kind = '困难残疾人生活补贴') as living,
        bool_or(kind = '重度残疾人护理补贴') as nursing,
        min_by(
            {batch: batch, file: file, sheet: sheet, row: row}, record_id
        ) as origin
    from assistance
    where
        person_id is not null
        and kind in ('困难残疾人生活补贴', '重度残疾人护理补贴')
    group by month, person_id
)

select
    disabled.month as period,
    disabled.building,
    disabled.unit,
    (allowances.person_id is not null)::integer as numerator,
    (reported.month is not null)::integer as denominator,
    (reported.month is null)::integer as missing,
    (reported.month is null)::integer as unreported,
    disabled.person_id as subject,
    disabled.household_id,
    case when allowances.living then disabled.person_id end as living,
    case when allowances.nursing then disabled.person_id end as nursing,
    coalesce(allowances.origin.batch, disabled.batch) as batch,
    coalesce(allowances.origin.file, disabled.file) as file,
    coalesce(allowances.origin.sheet, disabled.sheet) as sheet,
    coalesce(allowances.origin.row, disabled.row) as row
from disabled
left join reported on disabled.month = reported.month
left join allowances
    on
        disabled.month = allowances.month
        and disabled.person_id = allowances.person_id
order by period, disabled.building, disabled.unit, subject
