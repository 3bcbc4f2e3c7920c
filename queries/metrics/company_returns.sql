-- 实体公司收益:年初至今实体公司分了多少钱?
-- 一行 = 一次分配(period 为分配月份);别的来源也列出,说明台账有记录。
-- 参数 $since $until:起止月份,含首尾。
select
    date_trunc('month', paid_on)::date as period,
    case when source_kind = '实体公司' then amount else 0 end as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    1 as expected,
    source_kind <> '实体公司' as excluded,
    case when source_kind <> '实体公司' then '不是实体公司的收益' end
        as reason,
    case when source_kind = '实体公司' then use end as use,
    case when source_kind = '实体公司' then households end as households,
    return_id as subject,
    source_id,
    paid_on,
    batch,
    file,
    sheet,
    row
from returns
where date_trunc('month', paid_on)::date between $since and $until
order by period, subject
