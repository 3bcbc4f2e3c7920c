-- 别的基准:台账里还有哪些县、哪些口径的收入,不能拿来对标?
-- 一行 = 一个季度 × 一个县 × 一种口径,方案设定的县和口径除外。
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
    benchmark.county,
    benchmark.basis
from benchmark
cross join wanted
where (benchmark.county, benchmark.basis) <> (wanted.county, wanted.basis)
order by benchmark.quarter, benchmark.county, benchmark.basis
