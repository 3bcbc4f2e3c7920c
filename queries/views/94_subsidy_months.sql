-- 就业补助:每份申请每个月末够不够条件、发没发、该不该发?
-- 一行 = 一份申请 × 一个月,从合同开始的那个月起;合同月数按日历月数整月。
-- 参数:无。
with applications as (
    select
        subsidies.*,
        datesub(
            'month',
            contract_from,
            (contract_to + interval 1 day)::date
        ) as contract_months,
        case kind when '跟踪服务补贴' then 12 else 6 end as months_needed
    from subsidies
),

months_of_applications as (
    select
        months.month,
        applications.*,
        coalesce(paid > 0, false)
        and coalesce(paid_on <= last_day(months.month), true) as is_paid,
        contract_months >= months_needed and insured_months >= 3 as meets
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
    meets and not again as is_due,
    is_paid,
    case
        when kind = '跟踪服务补贴' and meets and not again then 500
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
            when insured_months < 3
                then concat('社保', insured_months, '个月，不满3个月')
        end,
        case when again then '此人已有一份，一人只发一次' end
    ) as short_of,
    batch,
    file,
    sheet,
    row
from ranked
order by month, application_id
