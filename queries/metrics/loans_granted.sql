-- 创业贷款:年初至今发放了几笔担保贷款?
-- 一行 = 一笔贷款(period 为放款月份)。
-- 参数 $since $until:起止月份,含首尾。
select
    date_trunc('month', granted_on)::date as period,
    1 as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    coalesce(form, '') as form,
    loan_id as subject,
    enterprise,
    amount as loan,
    granted_on,
    due_on,
    jobs,
    batch,
    file,
    sheet,
    row
from loans
where date_trunc('month', granted_on)::date between $since and $until
order by period, subject
