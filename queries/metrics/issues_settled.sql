-- 问题解决率:会议和调研提出的问题,多少已经解决?
-- 一行 = 一次会议或调研(period 为所在月份);不算数的也列出,说明台账有记录。
-- 参数 $since $until:起止月份,含首尾。
select
    date_trunc('month', held_on)::date as period,
    coalesce(issues_settled, 0) as numerator,
    coalesce(issues_raised, 0) as denominator,
    0 as missing,
    0 as unreported,
    meeting_id as subject,
    kind,
    held_on,
    rank,
    issues_raised,
    issues_settled,
    batch,
    file,
    sheet,
    row
from meetings
where date_trunc('month', held_on)::date between $since and $until
order by period, subject
