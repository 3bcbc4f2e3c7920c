-- 跟踪服务补贴核对:各份申请该不该发、发了没有?
-- 一行 = 一份合同已开始的申请 × 一个月末;同一人的按发放先后累计,超出应发的计分子。
-- 参数 $since $until:起止月份,含首尾。
with applications as (
    select
        *,
        row_number() over (
            partition by month, person_id
            order by
                is_paid desc, paid_on, meets desc, contract_from, application_id
        ) as place
    from subsidy_months
    where kind = '跟踪服务补贴' and month between $since and $until
),

added_up as (
    select
        *,
        max(case when meets then tracking_amount else 0 end) over person
            as due,
        sum(paid) over person as paid_in_all,
        coalesce(sum(paid) over earlier, 0) as paid_before,
        min(case when meets then place end) over person as first_qualifying
    from applications
    window
        person as (partition by month, person_id),
        earlier as (
            partition by month, person_id
            order by place
            rows between unbounded preceding and 1 preceding
        )
),

shares as (
    select
        *,
        greatest(paid_before + paid - greatest(due, paid_before), 0) as surplus,
        case
            when place = first_qualifying then greatest(due - paid_in_all, 0)
            else 0
        end as lacking
    from added_up
),

judged as (
    select
        *,
        case
            when surplus > 0 then '不应发已发'
            when lacking > 0 then '应发未发'
            when is_paid then '应发已发'
            else '不应发未发'
        end as finding,
        concat_ws(
            '，',
            nullif(short_of, ''),
            case
                when surplus > 0 and due > 0 and paid_before = 0
                    then printf('发放多于%g元', tracking_amount)
                when surplus > 0 and due > 0
                    then printf('此人合计已超过%g元', tracking_amount)
            end,
            case
                when lacking > 0 and is_paid
                    then printf('发放不足%g元', tracking_amount)
            end,
            case
                when not is_paid and meets and lacking = 0
                    then '此人已有一份，一人只发一次'
            end
        ) as why
    from shares
)

select
    month as period,
    (surplus > 0)::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    1 as expected,
    surplus = 0 as excluded,
    finding,
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
    nullif(surplus, 0) as overpaid,
    nullif(lacking, 0) as unpaid,
    nullif(why, '') as note,
    batch,
    file,
    sheet,
    row
from judged
order by period, subject
