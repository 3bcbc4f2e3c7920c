-- 领导包点:管委领导和处级领导,哪一级正好有一位在包点?
-- 一行 = 一级 × 一个月;月底在任的正好一位才算,台账第一行之前是未报。
-- 参数 $since $until:起止月份,含首尾。
with ranks as (
    select unnest(['管委领导', '处级领导']) as rank
),

begun as (
    select min(since) as since
    from leaders
),

standing as (
    select
        months.month,
        last_day(months.month) as month_end,
        ranks.rank,
        coalesce(begun.since <= last_day(months.month), false) as reported
    from months
    cross join ranks
    cross join begun
    where months.month between $since and $until
)

select
    standing.month as period,
    (standing.reported and count(leaders.rank) = 1)::integer as numerator,
    standing.reported::integer as denominator,
    (not standing.reported)::integer as missing,
    (not standing.reported)::integer as unreported,
    standing.rank as subject,
    standing.rank,
    count(leaders.rank) as in_force,
    string_agg(leaders.post, '、' order by leaders.since) as posts,
    max_by(leaders.batch, leaders.since) as batch,
    max_by(leaders.file, leaders.since) as file,
    max_by(leaders.sheet, leaders.since) as sheet,
    max_by(leaders.row, leaders.since) as row
from standing
left join leaders
    on
        standing.rank = leaders.rank
        and standing.month_end >= leaders.since
        and standing.month_end <= coalesce(leaders.until, standing.month_end)
group by standing.month, standing.rank, standing.reported
order by period, subject
