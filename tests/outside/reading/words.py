"""The words on the screen, in one place: a word that changes there is one line that changes here."""

# A status in JSON → its mark and its word.
STATUS = {
    "met": ("●", "已达标"),
    "on_pace": ("◐", "达序时"),
    "behind": ("▲", "滞后"),
    "missed": ("■", "未达标"),
    "met_late": ("◎", "逾期后达标"),
    "undetermined": ("◇", "尚不能判定"),
    "not_due": ("○", "未到期"),
    "no_target": ("—", "无目标"),
    "no_data": ("□", "未报"),
    "not_applicable": ("/", "不适用"),
    "suppressed": ("▨", "不单独显示"),
}
# Statuses that judge.
JUDGING = ("met", "on_pace", "behind", "missed", "met_late", "undetermined")
BETTER, WORSE = "改善", "回落"
HIDDEN_BESIDE = "另有 {hidden} 项不单独显示"
BOARD = "本板设定"
ABSENT = "—"
FLAT = "持平"

# Words of a unit in JSON, as a number is told with them; the first is how a card names it.
UNITS = {
    "persons": "人", "households": "户", "tasks": "项", "items": "个事项", "times": "次",
    "mechanisms": "个机制", "levels": "级", "rounds": "轮", "departments": "个部门",
    "days": "天", "months": "个月", "places": "个", "assets": "项资产", "issues": "个问题",
    "ledger_months": "份", "square_metres": "㎡", "percentage_points": "个百分点", "yuan": "元",
    "projects": "个项目", "posts": "个岗位", "loans": "笔", "applications": "份申请",
    "tickets": "张工单", "workshops": "个车间", "enterprises": "家企业", "allowances": "份补贴",
    "promises": "件答应的事", "fraction": "",
}  # fmt: skip
CARD_UNITS = {*UNITS.values(), "平方米", "百分点"}
# What a card counts, where it says so instead of a unit.
BASES = {"按面积", "按个数", "到期任务"}

# What the overview is about.
CORE = (
    "employment_destination", "income_growth_gap", "asset_occupancy",
    "zero_employment_households", "task_completion",
)  # fmt: skip
ZERO, OVERDUE_ZERO = "零就业家庭", "超期零就业家庭"
BY_PLACES = "资产盘活率（按个数）"

SINCE = {
    "较上月": ("month", False), "较上季": ("quarter", False), "较上半年": ("half", False),
    "较上年": ("year", False), "较上年同期": ("", True),
    "比上月": ("month", False), "比上季": ("quarter", False), "比上个半年": ("half", False),
    "比上年": ("year", False), "比上年同期": ("", True),
}  # fmt: skip
SEASONS = {
    "一季度": "Q1",
    "二季度": "Q2",
    "三季度": "Q3",
    "四季度": "Q4",
    "上半年": "H1",
    "下半年": "H2",
}
LASTING = {"个月": "month", "个季度": "quarter", "个半年": "half", "年": "year"}

# Sentences, with named gaps. `?` after a gap or a group in (?:…) as in regular expressions.
HEADLINE = "{total}项核心指标{parts}"
HEADLINE_PART = "{n}项{word}"
MOVES = (
    "{since}：{counts}(?:，各列{each}项|，列出"
    + BETTER
    + "{better}项|，列出"
    + WORSE
    + "{worse}项)?(?:，"
    + HIDDEN_BESIDE
    + ")?"
)
MOVED_PART = "{n}项(?P<word>" + BETTER + "|" + WORSE + ")"
NO_MOVES = "{since}：没有可比的变化(?:，" + HIDDEN_BESIDE + ")?"
NO_MOVES_LISTED = "只列两期都报了、又有变化、可以显示的指标。"
MOVE = "{label}(?P<verb>提高|下降|增加|减少) {by}，(?P<told>达|为|现) {now}(?:（算上新报、未报的 {all}）)?"
AMONG = "（有目标的指标共 {all} 项(?:，{unheard} 项未报)?(?:，" + HIDDEN_BESIDE + ")?）"
MATTERS = "需要会议决定：{n} 项" + AMONG
NO_TARGETS = "这里没有定了目标的指标"
NO_MATTERS = "(?:没有需要会议决定的事项|已知的指标里没有需要会议决定的)" + AMONG
ALL_FINE = (
    "(?:(?P<shown>可以显示的)指标里，已报、已到期的|已报、已到期的指标)都达到了目标或序时进度"
    "(?:，{late} 项是逾期后达到的)?。"
)
BEHIND = "{label} {value}，序时 {path}，差 {gap}（目标 {target}）"
SHORT = "{label} {value}，目标 {target}，差 {gap}"
OVER = "{label} {value}，目标 {target}，多 {gap}"
PART = "{whole} {value}，其中超期 {part}"
UNSURE = "{label}在 {low}~{high} 之间，{unreported}未报"
REPORTED_FINE = "{label}已报的 ?{fine}，{unreported}未报"
THIN = "{label} {value}，数据不全，还不能判定"
NEW = "本期新出现"
DURATION = "(?P<least>至少)?已连续 {n} (?P<unit>个月|个季度|个半年|年)(?P<more>以上)?"
MORE_MEETS = "再有 {n} ?即达标"
MORE_MEETS_LATE = "再有 {n} ?即逾期后达标"
MORE_PACES = "再有 {n} ?即达序时"
LESS_MEETS = "减少 {n} ?即达标"
LESS_AND_CLEAR = "减少 {n}、查清 {unclear} ?才达标"
REPORT_FIRST = "补报 {unreported} 条才能判定"
CLEAR_FIRST = "先查清 {unreported}"
STRIP = "{measures}：{counts}"
STRIP_COUNT = "(?:{fine} 项正常|{care} 项需关注|{rest} 项未评定|" + HIDDEN_BESIDE + ")"
STRIP_MEASURES = "{n} 项(?P<what>举措|要求|总目标)"

TARGET = "目标 {target}"
TARGET_AND_PATH = "目标 {target}，序时 {path}"
OVERDUE_PART = "其中超期 {n}"
COVERAGE = "覆盖 {share}"
BOUNDS = "在 {low}~{high} 之间"
COMPLETED = "补齐后 {low}~{high}"
DUE_AND_LATE = "到期 {due}，逾期 {late}"
ACCEPTED = "销号 {n}"
DUE_TODAY = "当日到期 {n}"
NOT_MONITORED = "另 {n} ?户未监测"
PLACES_BESIDE = "按个数 {value}(?:，{status})?"
CHANGE_FEW = "变动不到 {few}"
CHANGE_SILENT = "(?:{place})?未报 {n}"
CHANGE_HEARD = "新报 {n}"
CHANGE_PLACES = "{n} 处未报"
CHANGE_THIN = "报得不够，不比较"

# The page of measures.
CHAPTER = "{chapter}：{n} 项(?:，{care} 项需关注)?(?:，" + HIDDEN_BESIDE + ")?"
BECAUSE = "判定依据：{reason}"
BECAUSE_TASK = "任务 {task}"
NO_NUMBER = "方案未定数量目标"
PLAN_TARGET = "{label} (?P<sign>[≥>≤<=]) {value}（{when}，{firmness}，{basis}）"
NO_TASKS, NO_TASKS_DUE, TASKS_UNHEARD = "没有任务", "任务未到期", "任务未报"
TASKS = (
    "到期 {due} 项，完成 {done} 项，销号 {accepted} 项"
    "(?:，当日到期 {today} 项)?(?: ■ 逾期 {overdue} 项)?"
)
CLOSING = "收官：{n} 项目标到期，最近一次 {verdicts}"
CLOSING_PART = "{n} 项{word}"
NOTHING_DUE = ("收官：还没有到期的目标", "还没有到期的目标。")
CLOSING_LEGEND = (
    "● 达标　◎ 逾期后达标　■ 未达标　◇ 尚不能判定　□ 未报　▨ 不单独显示；按到期的那一期"
)
NEVER_MET = "没有达到"
NEVER_KNOWN = "已知各期没有"
MET_BY = "不晚于{month}"
SOME_UNKNOWN = r"(?P<mark>\S) {n}"
RESULTS_OF = r"(?P<mark>\S) {met}/{all} 期达标(?:（{unknown}）)?"
RESULT_OF = r"(?P<mark>\S) {value}(?:（(?P<side>高|低) {by}）)?"
NO_ENTRY = "所选部门不牵头这一章的举措。"

# Numbers beside a figure in JSON, by their words.
COMPANIONS = {
    "销号": "accepted", "当日到期": "due_today", "取得证书人数": "certified",
    "培训人次": "trainings", "参与人次": "people", "批复金额": "approved",
    "到位金额": "disbursed", "支出金额": "spent", "惠及户数": "households",
    "总投资": "investment", "劳务报酬": "wages_paid", "吸纳搬迁劳动力": "relocated_workers",
    "识别到落实天数中位": "days_to_help", "应领已领生活补贴人数": "living",
    "应领已领护理补贴人数": "nursing",
}  # fmt: skip

# Panels of any metric.
DATED = r"(?P<period>\d{4}年(?:.季度|.半年)?)：{rest}"
OF_PLAN = "方案 {n} 项：{counts}"
LABELLED = "{label} {value}"
GAP_LESS = "不到 {least}"
HIDDEN_PARTS = "{n} 个分项不单独显示"
LOWEST_PART = r"(?P<partly>已报的里)?{name}最低 {value}"
LEDGER = "《{name}》(?:，已报 {share})?"
THROUGH = "数据截至 {day}"
HELD = "截至 {day} 已报 {n} 条"
COURSE = "折线图：{label}，{first}至{last}，最新 {value}，{word}。"
BARS = "条形图：{label}。{items}。"
NOTHING_DRAWN = "没有可画的数据。"
# Parts whose name on a page leaves out or adds what the ledger says.
PART_NAMES = {
    "水利、环境和公共设施管理业": "环境公用",
    "电力、热力、燃气及水生产和供应业": "电热燃水",
    "市内": "钦州市内",
    "other": "其他",
    "households": "户台账",
    "labour": "劳动力台账",
    "employment": "就业监测台账",
}
# Clauses of captions that say how a chart is to be read.
EXPLAINED = {
    "计数规则：几个部门共同牵头的任务，各部门各计一次，合计只计一次；未到期不计",
    "两月都监测的人，加上新进入和退出监测的人",
    "只比增速，不比水平",
    "空置从最后一个用满的月之后算起",
    "还没有清零的占比；离开、转为不明和仍未清零的，观察到多久算多久",
    "情况不明：已知的没有人就业，有意愿的没有全部监测",
    "零就业户数；空格为没有已知零就业、而情况清楚的户不足九成",
    "台账与县抽样调查口径不同，县域线只作参照；只计各季度报齐的户",
    "期初 + 新增 + 再次零就业 + 转入 − 清零 − 转出 = 期末；"
    "再次零就业为清零后十二个月内又成零就业，转入转出为情况不明或迁移",
    "有愿就业劳动力的户：有人在业为有人就业，都已监测而无人在业为零就业",
    "就业报送率 = 已监测的劳动力 ÷ 所联系户的全部劳动力",
    "当月监测到的 ÷ 全部有劳动能力者",
    "当月监测为返乡的有劳动能力者，按就业状态",
    "最近一个季末，报了收入的 ÷ 在册脱贫户，低的在前。",
    "当月已监测的 ÷ 应监测的有劳动能力者，低的在前。",
}
EXPLAINED_WITH_NUMBERS = (
    "{month}底", "两个月内清零 {share}", "已清零的中位 {months}", "{since}月到{until}月", "在业者月收入，横条为中间一半的人，不足 {few} ?人的不列",
    "虚线是{place}的水平", "每一列一个尺度，虚线是{place}的水平", "{year}年(?:{period})?",
    "{month}的登记；就业报送率 = 已监测的劳动力 ÷ 所联系户的全部劳动力", "另有 {n} 类不单独显示",
)  # fmt: skip
COMPONENTS = {
    "wage_income": "工资性收入", "business_income": "经营净收入",
    "property_income": "财产净收入", "transfer_income": "转移净收入",
}  # fmt: skip

RECEIVED_LEGEND = (
    "● 按期　▲ 晚于次月10日　□ 未报；日期是收到的那一天。"
    "户台账、劳动力台账在当月10日之后收到一批或报了无变动，就是当月报了"
)

# Charts in words.
WAGES_DRAWN = "月收入图，中位数：{items}。"
SITE = "楼栋平面图：(?:各楼栋)?{label}。{items}。"
AREA = "堆叠面积图：{first}至{last}。最新：{items}。"
HEAT = "热力图：{label}，{month}：{items}。"
BRIDGE = "变动图：{items}。"
MONTHLY_FLOW = "逐月变动图，{first}至{last}。{items}。期末 {closing}。"
MONTHS_OPEN = "柱状图：零就业持续月数。{items}。"
CURVE = "清零曲线，几个月后仍未清零的占比：{items}。"
COMPONENTS_DRAWN = "分解图：{items}。"
PAIR_DRAWN = "对比图：{period}(?:幸福小镇|\\d+栋(?:\\d+单元)?)增长 {own}，.+?增长 {county}，相差 {gap}(?:，{word})?。"
SIDE_BY_SIDE = "并列比较图。{items}。"
FLOWS_DRAWN = "流向图，人数最多的县市：{items}。共 {n} 个县市。"
DEPARTMENTS_DRAWN = (
    "部门任务图：到期 {due} 项，完成 {done} 项，逾期 {late} 项。(?:逾期部门：{items}。)?"
)
HIDDEN_SUM = "不单独显示的合计"
NO_VALUE = {"—", "不单独显示", "未报", "不适用"}
STEPS_OF_FLOW = {
    "期初": "opening", "新增": "new", "再次零就业": "relapsed", "转入": "came_in",
    "清零": "cleared", "转出": "went_out", "期末": "closing",
}  # fmt: skip
