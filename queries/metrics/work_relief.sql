-- 以工代赈项目:到月末已经开工的有几个,用了多少搬迁劳动力、发了多少报酬?
-- 一行 = 一个以工代赈项目 × 一个月末;实际开工不晚于月末的算已经开工。
-- 参数 $since $until:起止月份,含首尾。
with told as (
    select
        project_months.*,
        started is not null as begun
    from project_months
    where
        month between $since and $until
        and kind = '以工代赈'
)

select
    month as period,
    begun::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    1 as expected,
    not begun as excluded,
    case when not begun then '还没有开工' end as reason,
    state,
    case when begun then relocated_workers end as relocated_workers,
    case when begun then wages_paid end as wages_paid,
    case when begun then investment end as investment,
    project_id as subject,
    name,
    continuation,
    fund_source,
    planned_start,
    started,
    finished,
    batch,
    file,
    sheet,
    row
from told
order by period, subject
