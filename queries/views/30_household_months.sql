-- 在册户:每个月哪些户在册、住在哪里?
-- 一行 = 一户 × 一个月;登记为在册,入住日期空或不晚于当月。
-- 参数:无。
select
    months.month,
    homes.household_id,
    homes.building,
    homes.unit,
    homes.room,
    homes.size,
    homes.category,
    homes.batch,
    homes.file,
    homes.sheet,
    homes.row
from homes
inner join months
    on months.month >= homes.since and months.month < homes.until
where
    homes.status = '在册'
    and coalesce(homes.moved_in <= last_day(months.month), true)
order by months.month, homes.household_id
