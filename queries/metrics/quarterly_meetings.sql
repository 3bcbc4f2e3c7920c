-- 季度工作会议:现场开了几次?
-- 一行 = 一次会议或调研(period 为所在月份);不算数的也列出,说明台账有记录。
-- 参数 $since $until:起止月份,含首尾。
select
    date_trunc('month', held_on)::date as period,
    (kind = '季度工作会议')::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    meeting_id as subject,
    kind,
    held_on,
    rank,
    attendees,
    issues_raised,
    issues_settled,
    batch,
    file,
    sheet,
    row
from meetings
where date_trunc('month', held_on)::date between $since and $until
order by period, subject
