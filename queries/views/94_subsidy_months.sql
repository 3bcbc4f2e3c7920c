-- 就业补助:每份申请每个月末够不够条件、发没发、该不该发?
-- 一行 = 一份申请 × 一个月,从合同开始的那个月起;合同月数按日历月数整月。
-- 参数:无。
with rules as (
    select
        max(value) filter (where key = '服务补助合同月数') as service_months,
        max(value) filter (where key = '服务补助养老保险月数') as service_insured,
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
        case kind
            when '跟踪服务补贴' then rules.tracking_months
            else rules.service_months
        end::integer as months_needed,
        case kind
            when '跟踪服务补贴' then rules.tracking_insured
            else rules.service_insured
        end::integer as insured_needed,
        rules.tracking_amount
    from subsidies
    cross join rules
),

months_of_applications as (
    select
        months.month,
        applications.*,
        coalesce(paid > 0, false)
        and coalesce(paid_on <= last_day(months.month), true) as is_paid,
        contract_months >= months_needed
        and insured_months >= insured_needed as meets
    from applications
    inner join months
        on months.month >= date_trunc('month', contract_from)
),

ranked as (
    select
        months_of_applications.*,
        kind = '跟踪服务补贴'
        and (is_paid or meets)
        and row_number() over (
            partition by month, kind, person_id
            order by
                is_paid desc,
                case when is_paid then paid_on end,
                meets desc,
                contract_from,
                application_id
        ) > 1 as again
    from months_of_applications
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
    requested,
    case when is_paid then paid else 0 end as paid,
    case when is_paid then paid_on end as paid_on,
    meets,
    again,
    tracking_amount,
    meets and not again as is_due,
    is_paid,
    case
        when kind = '跟踪服务补贴' and meets and not again
            then tracking_amount
        when kind <> '跟踪服务补贴' and meets then requested
        else 0
    end as owed,
    concat_ws(
        '，',
        case
            when contract_months < months_needed
                then
                    concat(
                        '合同',
                        contract_months,
                        '个月，不满',
                        months_needed,
                        '个月'
                    )
        end,
        case
            when insured_months < insured_needed
                then
                    concat(
                        '社保',
                        insured_months,
                        '个月，不满',
                        insured_needed,
                        '个月'
                    )
        end,
        case when again then '此人已有一份，一人只发一次' end
    ) as short_of,
    batch,
    file,
    sheet,
    row
from ranked
order by month, application_id
