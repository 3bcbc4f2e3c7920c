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
        batches.recorded_at::date as received_on,
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

due as (
    select
        ledgers.name as ledger,
        months.month
    from ledgers
    cross join months
    where ledgers.name in ('employment', 'occupancy', 'tasks')
)

select
    due.ledger,
    due.month,
    coalesce(kept.rows, 0) as rows,
    kept.received_on,
    (due.month + interval 1 month + interval 9 day)::date as due_on,
    kept.origin.batch as batch,
    kept.origin.file as file,
    kept.origin.sheet as sheet,
    kept.origin.row as row
from due
left join kept on due.ledger = kept.ledger and due.month = kept.month
order by due.ledger, due.month
