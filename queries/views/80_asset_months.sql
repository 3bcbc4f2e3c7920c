-- 资产的使用:每项资产每个月在不在、报没报、用了多少?
-- 一行 = 一项已登记的资产 × 一个月;used 为在用个数,area_used 为按个数折算的在用面积;出处为盘活行(未报的为登记行),另带登记行的。
-- 参数:无。
with register as (
    select
        assets.*,
        coalesce(effective_month, date '0001-01-01') as since,
        coalesce(
            lead(effective_month) over (
                partition by asset_id
                order by effective_month nulls first
            ),
            date '9999-12-01'
        ) as until
    from assets
),

held as (
    select
        months.month,
        register.*,
        occupancy.asset_id is not null as reported,
        occupancy.state,
        case
            when occupancy.asset_id is not null
                then
                    coalesce(
                        occupancy.used_count,
                        case
                            when occupancy.state = '在用' then register.count
                            else 0
                        end
                    )
        end as used,
        occupancy.mode,
        occupancy.rent,
        occupancy.jobs,
        occupancy.relocated_jobs,
        occupancy.batch as told_batch,
        occupancy.file as told_file,
        occupancy.sheet as told_sheet,
        occupancy.row as told_row
    from register
    inner join months
        on months.month >= register.since and months.month < register.until
    left join occupancy
        on
            months.month = occupancy.month
            and register.asset_id = occupancy.asset_id
)

select
    month,
    asset_id,
    name,
    kind,
    building,
    area,
    count,
    usable,
    registration,
    accounts,
    capitalised,
    land_papers,
    reported,
    state,
    used,
    -- 四舍五入到 0.01 平方米;用整数算,因为半个 0.01 没有精确的二进制小数。
    (
        2 * round(area * 1000000)::hugeint * used + count * 10000::hugeint
    ) // (count * 20000::hugeint) / 100 as area_used,
    mode,
    rent,
    jobs,
    relocated_jobs,
    batch as register_batch,
    file as register_file,
    sheet as register_sheet,
    row as register_row,
    coalesce(told_batch, batch) as batch,
    coalesce(told_file, file) as file,
    coalesce(told_sheet, sheet) as sheet,
    coalesce(told_row, row) as row
from held
order by month, asset_id
