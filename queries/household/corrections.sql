-- 一户的台账改过什么:哪一批把哪一格从什么改成什么?
-- 一行 = 一个改过的值,新的在前;person_id 空 = 全户的;不含个人信息列。
-- 参数 $household:户编号。
with ours as (
    select distinct person_id
    from people
    where household_id = $household
)

select
    batches.recorded_at,
    corrections.ledger,
    dwellings.building,
    dwellings.unit,
    corrections.person_id,
    corrections.since,
    corrections.name,
    corrections.old,
    corrections.new,
    corrections.old_batch,
    corrections.batch,
    corrections.file,
    corrections.sheet,
    corrections.row
from corrections
inner join batches on corrections.batch = batches.batch
inner join dwellings on dwellings.household_id = $household
where
    corrections.household_id = $household
    or corrections.person_id in (select ours.person_id from ours)
order by
    batches.recorded_at desc, corrections.ledger, corrections.since,
    corrections.person_id, corrections.name
