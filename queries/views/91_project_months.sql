-- 项目:每个项目每个月末走到哪一步、当年有没有干活?
-- 一行 = 一个项目 × 一个月;状态照台账,但开工、完工日期在月末之后的,回到那时的状态。
-- 参数:无。
select
    months.month,
    last_day(months.month) as month_end,
    projects.project_id,
    projects.name,
    projects.kind,
    projects.fund_source,
    projects.continuation,
    projects.rolling_years,
    case
        when projects.started > last_day(months.month) then '谋划'
        when projects.finished > last_day(months.month) then '在建'
        else projects.state
    end as state,
    case
        when projects.started <= last_day(months.month) then projects.started
    end as started,
    case
        when projects.finished <= last_day(months.month) then projects.finished
    end as finished,
    coalesce(
        projects.started <= last_day(months.month)
        and case
            when projects.finished is not null
                then projects.finished >= date_trunc('year', months.month)
            when projects.state in ('完工', '运营')
                then year(projects.started) = year(months.month)
            else true
        end,
        false
    ) as worked_on,
    projects.planned_start,
    projects.planned_finish,
    projects.investment,
    projects.disbursed,
    projects.spent,
    projects.households_helped,
    projects.relocated_workers,
    projects.wages_paid,
    projects.batch,
    projects.file,
    projects.sheet,
    projects.row
from projects
cross join months
order by months.month, projects.project_id
