-- 举措:方案的总体目标、29项举措和3项工作要求各说什么?
-- 一行 = 一项,按方案的顺序;牵头部门以顿号分开。
-- 参数:无。
-- 涉及:无。
select
    measure,
    position::integer as position,
    chapter,
    chapter_title,
    title,
    short,
    leads,
    deadline,
    due_on::date as due_on,
    target,
    firmness,
    source_note
from measures
order by position::integer
