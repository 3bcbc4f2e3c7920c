-- 列的位置:一批里一个工作簿的一张表,每一列是哪一列?
-- 一行 = 一列;早先的批次没有记下列的位置,就没有行。
-- 参数 $batch $file $sheet $ledger:批次、文件、工作表、台账。
-- 涉及:无。
select
    name,
    letter
from letters
where
    batch = $batch
    and file = $file
    and sheet = $sheet
    and ledger = $ledger
order by name
