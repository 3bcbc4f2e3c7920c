-- 资金到位率:当年批复的资金到位了多少?
-- 一行 = 一笔资金 × 一个月末:当年最近一行(金额为年初至今累计)。
-- 参数 $since $until:起止月份,含首尾。
with latest as (
    select
        months.month as until,
        funds.*
    from funds
    inner join months
        on
            months.month >= funds.month
            and year(months.month) = year(funds.month)
    where months.month between $since and $until
    qualify
        row_number() over (
            partition by months.month, funds.fund_id
            order by funds.month desc
        ) = 1
),

known as (
    select
        latest.*,
        disbursed is not null as reported
    from latest
)

select
    until as period,
    case when reported then disbursed else 0 end as numerator,
    case when reported then approved else 0 end as denominator,
    case when reported then 0 else coalesce(approved, 0) end as missing,
    (not reported)::integer as unreported,
    level,
    use,
    fund_id as subject,
    name,
    month as as_of,
    approved,
    disbursed,
    spent,
    batch,
    file,
    sheet,
    row
from known
order by period, subject
