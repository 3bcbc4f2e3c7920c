-- 月报台账:每本按月填报的台账每个月有没有、哪天收到?
-- 一行 = 一本台账 × 一个月;收到日为各行最晚的填报或更新日期,没有这一栏的为批次记录日。
-- 参数:无。
with listed as (
    select
        'employment' as ledger,
        month,
        reported_on as received_on,
        batch,
        file,
        sheet,
        row
    from employment
    union all
    select
        'occupancy' as ledger,
        occupancy.month,
        batches.received_on,
        occupancy.batch,
        occupancy.file,
        occupancy.sheet,
        occupancy.row
    from occupancy
    inner join batches on occupancy.batch = batches.batch
    union all
    select
        'tasks' as ledger,
        date_trunc('month', updated_on)::date as month,
        updated_on as received_on,
        batch,
        file,
        sheet,
        row
    from tasks
),

kept as (
    select
        ledger,
        month,
        count(*) as rows,
        max(received_on) as received_on,
        max_by(
            {batch: batch, file: file, sheet: sheet, row: row},
            (received_on, batch, file, sheet, row)
        ) as origin
    from listed
    group by ledger, month
),

-- 登记册当月10日之后、次月10日之前收到一批,或报了当月无变动,就是当月收到:
-- 11日到次月10日各往前推十天,就都落在当月。
registers as (
    select
        batch_ledgers.ledger,
        coalesce(
            batch_ledgers.unchanged_in,
            date_trunc('month', batches.received_on - interval 10 day)::date
        ) as month,
        batch_ledgers.rows,
        batches.received_on,
        batches.batch
    from batch_ledgers
    inner join batches on batch_ledgers.batch = batches.batch
    where
        batch_ledgers.ledger in ('households', 'labour')
        and coalesce(
            batches.received_on > batch_ledgers.unchanged_in + interval 9 day,
            true
        )
),

told as (
    select
        ledger,
        month,
        rows,
        received_on,
        origin.batch as batch,
        origin.file as file,
        origin.sheet as sheet,
        origin.row as row
    from kept
    union all
    select
        ledger,
        month,
        sum(rows)::bigint as rows,
        min(received_on) as received_on,
        min_by(batch, (received_on, batch)) as batch,
        null as file,
        null as sheet,
        null as row
    from registers
    group by ledger, month
),

due as (
    select
        ledgers.name as ledger,
        months.month
    from ledgers
    cross join months
    where
        ledgers.name
        in ('employment', 'occupancy', 'tasks', 'households', 'labour')
)

select
    due.ledger,
    due.month,
    coalesce(told.rows, 0) as rows,
    told.received_on,
    (due.month + interval 1 month + interval 9 day)::date as due_on,
    told.batch,
    told.file,
    told.sheet,
    told.row
from due
left join told on due.ledger = told.ledger and due.month = told.month
order by due.ledger, due.month
