-- 县域基准:对标的县按对标口径,每个季度的累计收入和增速是多少?
-- 一行 = 一个季度;县和口径由方案设定,别的县、别的口径不进来。
-- 参数:无。
-- 涉及:无,台账 benchmark。
with wanted as (
    select
        county,
        basis
    from plan
)

select
    benchmark.quarter,
    benchmark.ytd_amount,
    benchmark.ytd_growth / 100 as ytd_growth,
    benchmark.source,
    benchmark.batch,
    benchmark.file,
    benchmark.sheet,
    benchmark.row
from benchmark
inner join wanted
    on benchmark.county = wanted.county and benchmark.basis = wanted.basis
order by benchmark.quarter
