-- 部门任务清单:牵头各项举措的部门里,多少有正在执行的任务?
-- 一行 = 一个牵头部门 × 一个月末;有已开始、未取消的牵头任务即算。
-- 参数 $since $until:起止月份,含首尾。
with departments_of_plan as (
    select distinct unnest(coalesce(leads, [])) as department
    from measures
    where measure not like 'R%'
),

led as (
    select
        month,
        unnest(leads) as department,
        task_id,
        batch,
        file,
        sheet,
        row
    from task_standings
    where not withdrawn and month between $since and $until
),

first_led as (
    select
        month,
        department,
        count(*) as tasks,
        min_by(
            {batch: batch, file: file, sheet: sheet, row: row}, task_id
        ) as origin
    from led
    group by month, department
)

select
    months.month as period,
    departments_of_plan.department as subject,
    (first_led.tasks is not null)::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    exists (select 1 from tasks)::integer as reported,
    coalesce(first_led.tasks, 0) as tasks,
    first_led.origin.batch as batch,
    first_led.origin.file as file,
    first_led.origin.sheet as sheet,
    first_led.origin.row as row
from departments_of_plan
cross join months
left join first_led
    on
        months.month = first_led.month
        and departments_of_plan.department = first_led.department
where months.month between $since and $until
order by period, subject
