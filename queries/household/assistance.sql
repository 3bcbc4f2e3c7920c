-- 一户得到的救助和补贴:哪个月、哪一种、多少钱、给谁?
-- 一行 = 一笔,新的在前;person_id 空 = 给全户的。
-- 参数 $household:户编号。
select
    assistance.month,
    assistance.record_id,
    assistance.person_id,
    dwellings.building,
    dwellings.unit,
    assistance.kind,
    assistance.amount,
    assistance.batch,
    assistance.file,
    assistance.sheet,
    assistance.row
from assistance
inner join dwellings on assistance.household_id = dwellings.household_id
where assistance.household_id = $household
order by assistance.month desc, assistance.record_id
