-- 方案:看板按哪几份方案看数,各从哪月到哪月、管到哪里?
-- 一行 = 一份方案,按起始月份;已撤回而无他份可用的,in_force 为假。
-- 参数:无。
select
    id,
    title,
    number,
    issued_on,
    since,
    until,
    authority,
    settlements,
    city,
    zone,
    county,
    basis,
    minimum_age::integer as minimum_age,
    maximum_age::integer as maximum_age,
    coalesce(zero_clear_within, 1)::integer as zero_clear_within,
    coalesce(coverage_least, 0.9) as coverage_least,
    coalesce(name_en, '') as name_en,
    coalesce(string_split(settlements_en, '、'), []) as settlements_en,
    coalesce(zone_en, '') as zone_en,
    batch,
    in_force,
    schema
from plans
order by since, id
