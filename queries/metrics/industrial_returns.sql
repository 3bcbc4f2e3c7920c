-- 产业资产收益:年初至今产业资产分了多少钱?
-- 一行 = 一次分配(period 为分配月份);别的来源也列出,说明台账有记录。
-- 参数 $since $until:起止月份,含首尾。
with industrial as (
    select distinct asset_id
    from assets
    where kind in ('产业资产', '标准厂房', '帮扶车间')
),

told as (
    select
        returns.*,
        coalesce(
            source_kind = '资产'
            and source_id in (select industrial.asset_id from industrial),
            false
        ) as counts
    from returns
)

select
    date_trunc('month', paid_on)::date as period,
    case when counts then amount else 0 end as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    1 as expected,
    not counts as excluded,
    case when not counts then '不是产业资产的收益' end as reason,
    case when counts then use end as use,
    case when counts then households end as households,
    return_id as subject,
    source_kind,
    source_id,
    paid_on,
    batch,
    file,
    sheet,
    row
from told
where date_trunc('month', paid_on)::date between $since and $until
order by period, subject
