-- 应予核查的贷款:年初至今发放的担保贷款里,几笔超过方案的贷款上限?
-- 一行 = 一笔贷款(period 为放款月份);不超过的也列出,说明台账有记录。
-- 参数 $since $until:起止月份,含首尾。
with cap as (
    select value as most from parameters where key = '贷款上限'
)

select
    date_trunc('month', granted_on)::date as period,
    (amount > cap.most)::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    1 as expected,
    amount <= cap.most as excluded,
    case when amount <= cap.most then '不超过贷款上限' end as reason,
    loan_id as subject,
    enterprise,
    amount as loan,
    case when amount > cap.most then amount - cap.most end as above,
    granted_on,
    batch,
    file,
    sheet,
    row
from loans
cross join cap
where date_trunc('month', granted_on)::date between $since and $until
order by period, subject
