-- 部门交账:每个部门在每项举措上,任务到期几项、完成几项、按期几项、逾期几项、当日到期几项?
-- 一行 = 一个牵头部门 × 一项举措;几个部门牵头的任务,每个部门各计一次。
-- 参数 $month:哪个月末。
-- 涉及:无,台账 tasks。
with led as (
    select
        unnest(leads) as department,
        measure,
        is_due,
        overdue,
        due_today,
        due,
        done_on,
        accepted_on,
        month_end
    from task_months
    where month = $month and not cancelled
)

select
    department,
    measure,
    count(*) as begun,
    count(*) filter (where is_due) as due,
    count(*) filter (where is_due and done_on is not null) as done,
    count(*) filter (where is_due and done_on <= due) as on_time,
    count(*) filter (where is_due and accepted_on is not null) as accepted,
    count(*) filter (where overdue) as overdue,
    count(*) filter (where due_today) as due_today,
    max(month_end - due) filter (where overdue) as oldest
from led
group by department, measure
order by department, measure
