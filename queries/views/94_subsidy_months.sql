-- 就业补助:每份申请每个月末够不够条件、发没发?
-- 一行 = 一份申请 × 一个月,从合同开始的那个月起;合同按日历整月;meets 空 = 缺应看的月数。
-- 参数:无。
with rules as (
    select
        max(value) filter (where key = '服务补助合同月数') as service_months,
        max(value) filter (where key = '服务补助养老保险月数')
            as service_insured,
        max(value) filter (where key = '跟踪补贴合同月数') as tracking_months,
        max(value) filter (where key = '跟踪补贴社保月数') as tracking_insured,
        max(value) filter (where key = '跟踪补贴标准') as tracking_amount
    from parameters
),

applications as (
    select
        subsidies.*,
        datesub(
            'month',
            contract_from,
            (contract_to + interval 1 day)::date
        ) as contract_months,
        rules.tracking_amount,
        if(
            kind = '跟踪服务补贴', rules.tracking_months, rules.service_months
        )::integer as months_needed,
        if(
            kind = '跟踪服务补贴', rules.tracking_insured, rules.service_insured
        )::integer as insured_needed,
        if(kind = '跟踪服务补贴', insured_months, pension_months) as insured_of,
        if(kind = '跟踪服务补贴', '社保', '养老保险') as insurance
    from subsidies
    cross join rules
),

months_of_applications as (
    select
        months.month,
        applications.*,
        contract_months >= months_needed as long_enough,
        coalesce(paid > 0, false)
        and coalesce(paid_on <= last_day(months.month), true) as is_paid
    from applications
    inner join months
        on months.month >= date_trunc('month', contract_from)
)

select
    month,
    application_id,
    kind,
    agency,
    person_id,
    contract_from,
    contract_to,
    contract_months,
    insured_months,
    pension_months,
    requested,
    case when is_paid then paid else 0 end as paid,
    case when is_paid then paid_on end as paid_on,
    is_paid,
    long_enough and insured_of >= insured_needed as meets,
    tracking_amount,
    concat_ws(
        '，',
        case
            when not long_enough
                then
                    concat(
                        '合同', contract_months, '个月，不满', months_needed, '个月'
                    )
        end,
        case
            when insured_of < insured_needed
                then
                    concat(
                        insurance, insured_of, '个月，不满', insured_needed, '个月'
                    )
            when long_enough and insured_of is null
                then concat(insurance, '月数没有填')
        end
    ) as short_of,
    batch,
    file,
    sheet,
    row
from months_of_applications
order by month, application_id
