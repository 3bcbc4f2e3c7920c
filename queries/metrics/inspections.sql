-- 督导检查:年初至今督导检查了几次?
-- 一行 = 一次会议或调研(period 为所在月份);不算数的也列出,说明台账有记录。
-- 参数 $since $until:起止月份,含首尾。
select
    date_trunc('month', held_on)::date as period,
    (kind = '督导检查')::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    case when kind = '督导检查' then issues_raised end as issues_raised,
    case when kind = '督导检查' then issues_settled end as issues_settled,
    meeting_id as subject,
    kind,
    held_on,
    rank,
    batch,
    file,
    sheet,
    row
from meetings
where date_trunc('month', held_on)::date between $since and $until
order by period, subject
