-- 领导调研:包点的管委领导到安置点调研了几次?
-- 一行 = 一次会议或调研(period 为所在月份);不算数的也列出,层级、地点、主持没有填的只算进上限。
-- 参数 $since $until:起止月份,含首尾。
with kept as (
    select count(*) as leaders
    from leaders
),

in_force as (
    select
        meetings.meeting_id,
        bool_or(leaders.name_id = meetings.chair_id) as led,
        bool_or(leaders.name_id is null) as unnamed
    from meetings
    inner join leaders
        on
            meetings.held_on >= leaders.since
            and meetings.held_on <= coalesce(leaders.until, meetings.held_on)
    group by meetings.meeting_id
),

chaired as (
    select
        meetings.*,
        case
            when meetings.chair_id is null then null
            when in_force.led then true
            -- 没有姓名的包点领导,可能就是主持的人;包点台账一行没有,也无从知道。
            when in_force.unnamed or kept.leaders = 0 then null
            else false
        end as in_charge
    from meetings
    cross join kept
    left join in_force on meetings.meeting_id = in_force.meeting_id
),

told as (
    select
        *,
        kind = '领导调研' as visited,
        rank = '管委领导' and place = '安置点' and in_charge as counts
    from chaired
    where date_trunc('month', held_on)::date between $since and $until
)

select
    date_trunc('month', held_on)::date as period,
    (visited and coalesce(counts, false))::integer as numerator,
    1 as denominator,
    (visited and counts is null)::integer as missing,
    (visited and counts is null)::integer as unreported,
    1 as reported,
    meeting_id as subject,
    kind,
    held_on,
    rank,
    place,
    in_charge,
    issues_raised,
    issues_settled,
    batch,
    file,
    sheet,
    row
from told
order by period, subject
