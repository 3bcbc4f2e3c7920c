-- 可盘活口径变动:年初至今,几项资产的可盘活改过?
-- 一行 = 一项已登记的资产 × 一个月;出处是当年最近一次改动的登记行,before_ 是它前面的那一行,usable_before 是去年底的登记(没有的看现在)。
-- 参数 $since $until:起止月份,含首尾。
with register as (
    select
        asset_id,
        effective_month,
        coalesce(effective_month, date '0001-01-01') as since,
        usable,
        batch,
        file,
        sheet,
        row,
        lag(usable) over history as former,
        lag(effective_month) over history as former_month,
        lag(batch) over history as former_batch,
        lag(file) over history as former_file,
        lag(sheet) over history as former_sheet,
        lag(row) over history as former_row
    from assets
    window history as (
        partition by asset_id order by effective_month nulls first
    )
),

changes as (
    select
        months.month,
        register.*
    from register
    inner join months
        on
            year(months.month) = year(register.effective_month)
            and months.month >= register.effective_month
    where
        months.month between $since and $until
        and register.usable <> register.former
    qualify
        row_number() over (
            partition by months.month, register.asset_id
            order by register.effective_month desc
        ) = 1
),

at_year_start as (
    select
        months.month,
        register.asset_id,
        arg_max(register.usable, register.since) as usable
    from register
    inner join months
        on register.since < date_trunc('year', months.month)
    where months.month between $since and $until
    group by months.month, register.asset_id
)

select
    held.month as period,
    held.building,
    (changes.asset_id is not null)::integer as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    held.kind,
    held.asset_id as subject,
    held.name,
    changes.effective_month,
    held.usable,
    coalesce(at_year_start.usable, held.usable) as usable_before,
    held.reported as told,
    held.area,
    held.area_used,
    changes.former_month as before_month,
    changes.former_batch as before_batch,
    changes.former_file as before_file,
    changes.former_sheet as before_sheet,
    changes.former_row as before_row,
    coalesce(changes.batch, held.register_batch) as batch,
    coalesce(changes.file, held.register_file) as file,
    coalesce(changes.sheet, held.register_sheet) as sheet,
    coalesce(changes.row, held.register_row) as row
from asset_months as held
left join changes
    on held.month = changes.month and held.asset_id = changes.asset_id
left join at_year_start
    on
        held.month = at_year_start.month
        and held.asset_id = at_year_start.asset_id
where held.month between $since and $until
order by period, subject
