-- 方案有哪些举措,谁牵头,何时完成,目标是什么?
-- 一行 = 一项举措或工作要求(29 + 3),不含总体目标。
-- 参数 无。
-- 涉及:无。
select
    measure as measure,
    chapter as chapter,
    title as title,
    short as short,
    string_split(leads, '、') as leads,
    deadline as deadline,
    try_cast(due_on as date) as due_on,
    target as target,
    firmness as firmness,
    source_note as source_note
from measures
where measure <> 'G0'
order by position::int
