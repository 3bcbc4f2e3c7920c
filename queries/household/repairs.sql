-- 一户所在单元的维修:报了什么、修好了没有?
-- 一行 = 一张工单,新的在前;维修台账只记到楼栋、单元,不记到户,单元空 = 整栋的。
-- 参数 $household:户编号。
select
    repairs.reported_on,
    repairs.ticket_id,
    dwellings.building,
    dwellings.unit,
    repairs.unit is null as whole_building,
    repairs.kind,
    repairs.owner,
    repairs.due,
    repairs.closed_on,
    repairs.cost,
    repairs.batch,
    repairs.file,
    repairs.sheet,
    repairs.row
from repairs
inner join dwellings
    on
        repairs.building = dwellings.building
        and coalesce(repairs.unit = dwellings.unit, true)
where dwellings.household_id = $household
order by repairs.reported_on desc, repairs.ticket_id
