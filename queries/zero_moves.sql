-- 零就业家庭的进出:上月或本月为零就业的户,从哪里、什么状态,到哪里、什么状态?
-- 一行 = 一户 × 一个月;空 = 不在统计范围;不含姓名。
-- 参数:无。
-- 涉及:逐户,台账 employment。
select
    month,
    household_id,
    building_before,
    unit_before,
    state_before,
    building_now,
    unit_now,
    state_now,
    months_open,
    relapsed
from zero_moves
order by month, household_id
