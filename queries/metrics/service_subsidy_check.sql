-- 就业创业服务补助核对:各份申请该不该发、发了没有?
-- 一行 = 一份合同已开始的申请 × 一个月末;不该发而已发的计分子,说不清而已发的计缺报。
-- 参数 $since $until:起止月份,含首尾。
with judged as (
    select
        *,
        coalesce(is_paid and not meets, false) as wrong,
        is_paid and meets is null as unclear,
        case
            when meets is null then '情况不明'
            when meets and is_paid then '应发已发'
            when meets then '应发未发'
            when is_paid then '不应发已发'
            else '不应发未发'
        end as finding
    from subsidy_months
    where kind = '就业创业服务补助' and month between $since and $until
)

select
    month as period,
    wrong::integer as numerator,
    1 as denominator,
    unclear::integer as missing,
    unclear::integer as unreported,
    1 as expected,
    1 as reported,
    not wrong and not unclear as excluded,
    finding,
    concat_ws('：', finding, nullif(short_of, '')) as reason,
    application_id as subject,
    person_id,
    agency,
    contract_from,
    contract_to,
    contract_months,
    pension_months,
    paid,
    paid_on,
    case when finding = '不应发已发' then paid end as overpaid,
    case when finding = '应发未发' then requested end as unpaid,
    nullif(short_of, '') as note,
    batch,
    file,
    sheet,
    row
from judged
order by period, subject
