-- 一户的返贫风险:哪天识别、什么风险、怎样帮扶、哪天消除?
-- 一行 = 一次识别,新的在前;消除日期空 = 还没有消除。
-- 参数 $household:户编号。
select
    risk.found_on,
    dwellings.building,
    dwellings.unit,
    risk.category,
    risk.risk,
    risk.measures,
    risk.helped_on,
    risk.cleared_on,
    risk.referred,
    risk.batch,
    risk.file,
    risk.sheet,
    risk.row
from risk
inner join dwellings on risk.household_id = dwellings.household_id
where risk.household_id = $household
order by risk.found_on desc
