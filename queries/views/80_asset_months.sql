-- 资产的使用:每项资产每个月在不在、报没报、用了多少?
-- 一行 = 一项已登记的资产 × 一个月;used 为在用位数;出处为盘活行(未报的为登记行),另带登记行的。
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
)

select
    months.month,
    register.asset_id,
    register.name,
    register.kind,
    register.building,
    register.area,
    register.count,
    register.usable,
    register.registration,
    register.accounts,
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
    register.batch as register_batch,
    register.file as register_file,
    register.sheet as register_sheet,
    register.row as register_row,
    coalesce(occupancy.batch, register.batch) as batch,
    coalesce(occupancy.file, register.file) as file,
    coalesce(occupancy.sheet, register.sheet) as sheet,
    coalesce(occupancy.row, register.row) as row
from register
inner join months
    on months.month >= register.since and months.month < register.until
left join occupancy
    on
        months.month = occupancy.month
        and register.asset_id = occupancy.asset_id
order by months.month, register.asset_id
