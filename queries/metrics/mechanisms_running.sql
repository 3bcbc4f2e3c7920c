-- 机制运行:方案要求建立的机制,多少在运行?
-- 一行 = 方案列出的一个机制 × 一个月末;看月末前最近一行,一行也没有的是未报。
-- 参数 $since $until:起止月份,含首尾。
with listed as (
    select
        months.month,
        last_day(months.month) as month_end,
        listed_mechanisms.measure,
        listed_mechanisms.mechanism
    from listed_mechanisms
    cross join months
    where months.month between $since and $until
)

select
    listed.month as period,
    coalesce(held.state = '运行中', false)::integer as numerator,
    (held.state is not null)::integer as denominator,
    (held.state is null)::integer as missing,
    (held.state is null)::integer as unreported,
    listed.mechanism as subject,
    listed.measure,
    held.state,
    held.founded_on,
    held.updated_on,
    held.note,
    held.batch,
    held.file,
    held.sheet,
    held.row
from listed
asof left join mechanisms as held
    on
        listed.measure = held.measure
        and listed.mechanism = held.name
        and listed.month_end >= held.updated_on
order by period, listed.measure, subject
