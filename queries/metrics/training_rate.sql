-- 技能培训率:常住的有劳动能力者,年初至今培训过的人数与愿意培训的人数之比?
-- 一行 = 一个愿意培训或当年培训过的人 × 一个月;培训看结束日期,一人一年只计一次。
-- 参数 $since $until:起止月份,含首尾。
with trained as (
    select
        months.month,
        training.person_id,
        count(*) as trainings,
        max(training.ends) as ends,
        bool_or(training.certified) as certified,
        max_by(
            {
                batch: training.batch,
                file: training.file,
                sheet: training.sheet,
                row: training.row
            },
            (training.ends, training.training_id)
        ) as origin
    from training
    inner join months
        on
            year(training.ends) = year(months.month)
            and training.ends <= last_day(months.month)
    where months.month between $since and $until
    group by months.month, training.person_id
),

-- 培训台账有了第一行以后,没有培训就是没有人培训。
first_row as (
    select date_trunc('month', min(starts))::date as month from training
),

counted as (
    select
        workers.month,
        workers.building,
        workers.unit,
        workers.person_id,
        workers.household_id,
        workers.willing_to_train,
        coalesce(
            workers.month >= (select first_row.month from first_row), false
        ) as told,
        trained.trainings,
        trained.ends,
        trained.certified,
        coalesce(trained.origin.batch, people.batch) as batch,
        coalesce(trained.origin.file, people.file) as file,
        coalesce(trained.origin.sheet, people.sheet) as sheet,
        coalesce(trained.origin.row, people.row) as row
    from worker_months as workers
    inner join people
        on
            workers.person_id = people.person_id
            and workers.month >= people.since
            and workers.month < people.until
    left join trained
        on
            workers.month = trained.month
            and workers.person_id = trained.person_id
    where
        workers.month between $since and $until
        and workers.resident
        and (workers.willing_to_train or trained.person_id is not null)
),

left_out as (
    select
        trained.*,
        household_months.building,
        household_months.unit,
        case
            when household_months.household_id is null then '不在册'
            when workers.person_id is null then '不是有劳动能力者'
            else '不常住片区'
        end as reason
    from trained
    left join people
        on
            trained.person_id = people.person_id
            and trained.month >= people.since
            and trained.month < people.until
    left join household_months
        on
            trained.month = household_months.month
            and people.household_id = household_months.household_id
    left join worker_months as workers
        on
            trained.month = workers.month
            and trained.person_id = workers.person_id
    where not coalesce(workers.resident, false)
)

select
    month as period,
    building,
    unit,
    (trainings is not null)::integer as numerator,
    (told and willing_to_train)::integer as denominator,
    (not told and willing_to_train)::integer as missing,
    (not told)::integer as unreported,
    false as excluded,
    null as reason,
    person_id as subject,
    household_id,
    trainings,
    ends,
    certified,
    case when certified then person_id end as certified_person,
    batch,
    file,
    sheet,
    row
from counted
union all
select
    month as period,
    building,
    unit,
    0 as numerator,
    0 as denominator,
    0 as missing,
    0 as unreported,
    true as excluded,
    reason,
    person_id as subject,
    null as household_id,
    null as trainings,
    ends,
    certified,
    null as certified_person,
    origin.batch as batch,
    origin.file as file,
    origin.sheet as sheet,
    origin.row as row
from left_out
order by period, building, unit, subject
