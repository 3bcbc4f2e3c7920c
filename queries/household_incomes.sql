-- 各户的收入:年初至这个季度,每户人均多少,上年同期多少?
-- 一行 = 季末在册的一个脱贫户;应报的季度没有报齐的,那一年为空。
-- 参数 $since $until:年初的季度和这个季度(季度首日)。
-- 涉及:逐户,台账 income。
with own as (
    select
        household_id,
        quarter,
        building,
        unit,
        income / members as per_head,
        wage_income / members as wage
    from income_quarters
    where reported
),

sums as (
    select
        household_id,
        sum(per_head) filter (where quarter between $since and $until) as now,
        count(*) filter (where quarter between $since and $until)
            as quarters_now,
        sum(wage) filter (where quarter between $since and $until) as wage_now,
        sum(per_head) filter (
            where
            quarter between $since - interval 1 year
            and $until - interval 1 year
        ) as before,
        count(*) filter (
            where
            quarter between $since - interval 1 year
            and $until - interval 1 year
        ) as quarters_before,
        sum(wage) filter (
            where
            quarter between $since - interval 1 year
            and $until - interval 1 year
        ) as wage_before
    from own
    group by household_id
),

needed as (
    select 1 + datediff('quarter', $since::date, $until::date) as quarters
)

select
    income_quarters.household_id,
    income_quarters.building,
    income_quarters.unit,
    case when sums.quarters_now = needed.quarters then sums.now end as now,
    case when sums.quarters_before = needed.quarters then sums.before end
        as before,
    case when sums.quarters_now = needed.quarters then sums.wage_now end
        as wage_now,
    case when sums.quarters_before = needed.quarters then sums.wage_before end
        as wage_before
from income_quarters
cross join needed
left join sums on income_quarters.household_id = sums.household_id
where income_quarters.quarter = $until
order by income_quarters.household_id
