-- 跟踪服务补贴核对:各份申请该不该发、发了没有?
-- 一行 = 一份合同已开始的申请 × 一个月末;numerator 为不应发而已发的。
-- 参数 $since $until:起止月份,含首尾。
with judged as (
    select
        subsidy_months.*,
        is_paid and paid > owed as wrong,
        paid >= owed as enough,
        concat_ws(
            '，',
            nullif(short_of, ''),
            case
                when is_due and paid > owed
                    then printf('发放多于%g元', tracking_amount)
            end,
            case
                when is_due and is_paid and paid < owed
                    then printf('发放不足%g元', tracking_amount)
            end
        ) as why
    from subsidy_months
    where kind = '跟踪服务补贴' and month between $since and $until
)

select
    month as period,
    wrong::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    1 as expected,
    not wrong as excluded,
    case
        when wrong then '不应发已发'
        when is_due and enough then '应发已发'
        when is_due then '应发未发'
        else '不应发未发'
    end as finding,
    concat_ws('：', finding, nullif(why, '')) as reason,
    application_id as subject,
    person_id,
    agency,
    contract_from,
    contract_to,
    contract_months,
    insured_months,
    paid,
    paid_on,
    owed,
    case when wrong then paid - owed end as overpaid,
    case when is_due and not enough then owed - paid end as unpaid,
    nullif(why, '') as note,
    batch,
    file,
    sheet,
    row
from judged
order by period, subject
