-- 超额贷款:年初至今发放的担保贷款里,几笔超过300万元?
-- 一行 = 一笔贷款(period 为放款月份);不超过的也列出,说明台账有记录。
-- 参数 $since $until:起止月份,含首尾。
select
    date_trunc('month', granted_on)::date as period,
    (amount > 3000000)::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    1 as expected,
    amount <= 3000000 as excluded,
    case when amount <= 3000000 then '不超过300万元' end as reason,
    loan_id as subject,
    enterprise,
    amount as loan,
    case when amount > 3000000 then amount - 3000000 end as above,
    granted_on,
    batch,
    file,
    sheet,
    row
from loans
where date_trunc('month', granted_on)::date between $since and $until
order by period, subject
