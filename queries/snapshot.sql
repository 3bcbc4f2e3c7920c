-- 这份快照:由日志的前几行生成,已知到什么时候?
-- 一行 = 这份快照。
-- 参数 无。
-- 涉及:无。
select
    events as events,
    known_at as known_at,
    asked_at as asked_at,
    house as house
from snapshot
order by events
