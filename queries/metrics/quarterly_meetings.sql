-- 季度工作会议:在安置点开了几次?
-- 一行 = 一次会议或调研(period 为所在月份);不算数的也列出,没有填地点的只算进上限。
-- 参数 $since $until:起止月份,含首尾。
select
    date_trunc('month', held_on)::date as period,
    coalesce(kind = '季度工作会议' and place = '安置点', false)::integer
        as numerator,
    1 as denominator,
    (kind = '季度工作会议' and place is null)::integer as missing,
    (kind = '季度工作会议' and place is null)::integer as unreported,
    1 as reported,
    meeting_id as subject,
    kind,
    held_on,
    rank,
    place,
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
