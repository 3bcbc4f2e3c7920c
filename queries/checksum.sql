-- 核对和:一张表有多少行,内容的指纹是什么?
-- 一行 = 一张表;指纹与行的先后无关。
-- 参数 $table:表名。
-- 涉及:无。
select
    $table as table_name,
    count(*) as row_count,
    coalesce(sum(hash(whole)::hugeint), 0)::varchar as checksum
from query_table($table) as whole
order by row_count
