-- 项目要素齐全率:登记的项目里,多少把要素填全了?
-- 一行 = 一个项目 × 一个月末;随状态要填的日期也算要素,incomplete 为缺的要素。
-- 参数 $since $until:起止月份,含首尾。
with checked as (
    select
        *,
        concat_ws(
            '、',
            case when continuation is null then '新续建' end,
            case
                when coalesce(len(rolling_years), 0) = 0
                    then '列入滚动计划年度'
            end,
            case when households_helped is null then '带动户数' end,
            case
                when state in ('在建', '完工', '运营') and started is null
                    then '实际开工'
            end,
            case
                when state in ('完工', '运营') and finished is null
                    then '实际完工'
            end
        ) as incomplete
    from project_months
    where month between $since and $until
)

select
    month as period,
    (incomplete = '')::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    kind,
    state,
    incomplete,
    project_id as subject,
    name,
    started,
    finished,
    batch,
    file,
    sheet,
    row
from checked
order by period, subject
