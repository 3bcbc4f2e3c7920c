-- 一户参加的培训:谁、什么时候、哪一次、取得证书没有?
-- 一行 = 一个人参加的一次培训,开始时登记在这一户,新的在前。
-- 参数 $household:户编号。
select
    training.starts,
    training.ends,
    training.training_id,
    training.person_id,
    dwellings.building,
    dwellings.unit,
    training.name,
    training.kind,
    training.certified,
    training.subsidy,
    training.batch,
    training.file,
    training.sheet,
    training.row
from training
inner join people
    on
        training.person_id = people.person_id
        and date_trunc('month', training.starts) >= people.since
        and date_trunc('month', training.starts) < people.until
inner join dwellings on people.household_id = dwellings.household_id
where people.household_id = $household
order by training.starts desc, training.training_id, training.person_id
