"""资产台账:铺面、车位、市场和厂房。"""

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, rule

COUNTED_IN_PLACES = ("地下车库", "地面停车位")


class Assets(Ledger):
    """一行是一项资产从某月起的登记情况。"""

    sheet = "资产台账"
    name = "assets"
    cadence = "register"
    position = 60

    asset_id = column.text("资产编号", key=True)
    effective_month = column.month("生效月份", key=True, optional=True, note="空 = 从一开始")
    kind = column.code(
        "资产类别",
        [
            "商业铺面",
            "地下车库",
            "地面停车位",
            "农贸市场",
            "标准厂房",
            "帮扶车间",
            "产业资产",
            "其他",
        ],
        required=True,
        synonyms={
            "商业铺面": "铺面 商铺 门面 商业门面",
            "地下车库": "地下车位",
            "地面停车位": "地面车位 地上停车位",
            "标准厂房": "厂房",
        },
    )
    name_ = column.text("资产名称", alias="name", required=True, shared=True)
    settlement = column.text("安置点", codes_from="settlements")
    building = column.text("楼栋", place="building")
    area = column.number("面积", low=0, unit="㎡", note="按个计数的资产可空")
    count = column.integer("数量", required=True, low=1, note="铺面填1,停车场填车位数")
    usable = column.boolean("可盘活", required=True)
    owner = column.text("权属单位", required=True)
    registration = column.code(
        "不动产登记",
        ["已登记", "办理中", "未登记", "不适用"],
        required=True,
        synonyms={
            "已登记": "已办证 有证",
            "办理中": "正在办理 在办",
            "未登记": "未办证 没登记 没有登记 无证",
        },
    )
    accounts = column.code(
        "财务决算",
        ["已决算", "已结算", "未结算"],
        required=True,
        synonyms={"未结算": "没结算 没有结算"},
    )
    capitalised = column.code("转固", ["已转固", "未转固", "不适用"])
    land_papers = column.code(
        "土地手续",
        ["齐全", "办理中", "未办", "不适用"],
        synonyms={"齐全": "齐 已办齐", "办理中": "正在办理 在办", "未办": "没办 没有办"},
    )
    original_value = column.money("原值")
    longitude = column.number("经度", low=-180, high=180)
    latitude = column.number("纬度", low=-90, high=90)

    @rule("area", N_("不按个计数的资产须填面积"))
    def area_required(cls):
        """An asset has an area unless it is counted in places."""
        return (
            cls.area.col.is_not_null() | cls.kind.col.is_in(COUNTED_IN_PLACES) | (cls.count.col > 1)
        )

    @rule("longitude", N_("经度和纬度须同时填写"))
    def longitude_with_latitude(cls):
        """A latitude needs a longitude."""
        return cls.longitude.col.is_not_null() | cls.latitude.col.is_null()

    @rule("latitude", N_("经度和纬度须同时填写"))
    def latitude_with_longitude(cls):
        """A longitude needs a latitude."""
        return cls.latitude.col.is_not_null() | cls.longitude.col.is_null()
