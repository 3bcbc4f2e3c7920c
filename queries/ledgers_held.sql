-- 台账里有多少行:哪些台账还是空的?
-- 一行 = 一种台账;rows 是现行有效的行数。
-- 参数 无。
select
    ledgers.name as ledger,
    coalesce(tables.estimated_size, 0)::bigint as rows
from ledgers
left join duckdb_tables() as tables on tables.table_name = ledgers.name
order by ledger
