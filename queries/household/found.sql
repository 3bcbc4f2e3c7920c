-- 按户编号或房号找:哪些户的编号或住处对得上?
-- 一行 = 一户,按最近一次登记的住处;在册的在前。
-- 参数 $household $building $unit $room:空 = 不限。
select
    household_id,
    building,
    unit,
    room,
    size,
    category,
    status
from dwellings
where
    ($household is null or upper(household_id) = upper($household))
    and ($building is null or building = $building)
    and ($unit is null or unit = $unit)
    and ($room is null or lpad(room, 4, '0') = lpad($room, 4, '0'))
order by status <> '在册', building, unit, room, household_id
