-- 帮扶车间用工:当月各帮扶车间用了多少搬迁劳动力?
-- 一行 = 一个车间 × 一个月。
-- 参数 $since $until:起止月份,含首尾。
select
    month as period,
    relocated_workers as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    workshop_id as subject,
    name,
    place,
    workers,
    wage,
    batch,
    file,
    sheet,
    row
from workshops
where month between $since and $until
order by period, subject
