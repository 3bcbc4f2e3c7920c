-- 结算完成率:目标期限当月已有的资产里,多少已经结算或决算?
-- 一行 = 期限当月已登记的一项资产 × 所问的每个月;是否结算看当月的登记。
-- 参数 $since $until:起止月份,含首尾。
with due as (
    select max(strptime(due || '-01', '%Y-%m-%d')::date) as month
    from targets
    where metric = 'settlement_rate' and due like '____-__'
)

select
    months.month as period,
    coalesce(held.building, first_held.building) as building,
    coalesce(held.accounts in ('已决算', '已结算'), false)::integer
        as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    coalesce(held.kind, first_held.kind) as kind,
    first_held.asset_id as subject,
    first_held.name,
    held.accounts,
    coalesce(held.register_batch, first_held.register_batch) as batch,
    coalesce(held.register_file, first_held.register_file) as file,
    coalesce(held.register_sheet, first_held.register_sheet) as sheet,
    coalesce(held.register_row, first_held.register_row) as row
from asset_months as first_held
cross join months
cross join due
left join asset_months as held
    on
        months.month = held.month
        and first_held.asset_id = held.asset_id
where
    first_held.month = due.month
    and months.month between $since and $until
order by period, subject
