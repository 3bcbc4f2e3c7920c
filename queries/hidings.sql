-- 不单独显示:各指标按楼栋、单元和分类怎样显示,哪些月份的合计不显示?
-- 一行 = 一个方案或片区(schema)的一类人 × 一项决定;发布时算好。
-- 参数:无。
-- 涉及:无。
select
    schema,
    family,
    kind,
    metric,
    part,
    month,
    shown,
    step,
    labels,
    summed
from hidings
order by schema, family, kind, metric, part, month
