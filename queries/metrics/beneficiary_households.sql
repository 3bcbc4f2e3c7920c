-- 受益户比例:期末在册的户,年初至今多少户分到了收益?
-- 一行 = 一个在册户 × 一个月(分母),或一个当年分到过的户 × 一个月(分子,住址看第一次分到的那个月);第一行之前的月份都算缺报。
-- 参数 $since $until:起止月份,含首尾。
with shares as (
    select
        date_trunc('month', returns.paid_on)::date as paid_month,
        returns.paid_on,
        beneficiaries.household_id,
        beneficiaries.amount,
        household_months.household_id is not null as registered,
        household_months.building,
        household_months.unit,
        beneficiaries.return_id,
        {
            batch: beneficiaries.batch,
            file: beneficiaries.file,
            sheet: beneficiaries.sheet,
            row: beneficiaries.row
        } as origin
    from beneficiaries
    inner join returns on beneficiaries.return_id = returns.return_id
    left join household_months
        on
            date_trunc('month', returns.paid_on) = household_months.month
            and beneficiaries.household_id = household_months.household_id
),

received as (
    select
        months.month,
        shares.household_id,
        shares.registered,
        arg_min(
            {building: shares.building, unit: shares.unit},
            (shares.paid_on, shares.return_id)
        ) as home,
        min(shares.paid_on) as paid_on,
        count(*) as times,
        sum(shares.amount) as amount,
        arg_min(shares.origin, (shares.paid_on, shares.return_id)) as origin
    from shares
    inner join months
        on
            year(shares.paid_month) = year(months.month)
            and shares.paid_month <= months.month
    where months.month between $since and $until
    group by months.month, shares.household_id, shares.registered
),

expected as (
    select
        household_months.*,
        coalesce(
            household_months.month >= (
                select min(shares.paid_month) from shares
            ),
            false
        ) as told
    from household_months
    where household_months.month between $since and $until
)

select
    month as period,
    building,
    unit,
    0 as numerator,
    told::integer as denominator,
    (not told)::integer as missing,
    (not told)::integer as unreported,
    1 as expected,
    false as excluded,
    null as reason,
    household_id as subject,
    null as paid_on,
    null as times,
    null as received,
    batch,
    file,
    sheet,
    row
from expected
union all
select
    month as period,
    home.building as building,
    home.unit as unit,
    registered::integer as numerator,
    0 as denominator,
    0 as missing,
    0 as unreported,
    0 as expected,
    not registered as excluded,
    case when not registered then '不在册' end as reason,
    household_id as subject,
    paid_on,
    times,
    case when registered then amount end as received,
    origin.batch as batch,
    origin.file as file,
    origin.sheet as sheet,
    origin.row as row
from received
order by period, building, unit, subject
