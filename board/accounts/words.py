"""The messages of refused sign-ins and refused changes of accounts."""

from __future__ import annotations

from board.i18n import N_
from board.storage import RefusedError

WORDS = {
    "not_signed_in": N_("账号或密码不对。"),
    "locked": N_("输错的次数太多，请十五分钟后再试。"),
    "bad_token": N_("口令无效、已用过或已过期，请向管理员再要一个。"),
    "bad_name": N_("账号名要有 1 到 40 个字。"),
    "name_taken": N_("已经有账号“{name}”。"),
    "no_account": N_("没有账号“{name}”。"),
    "bad_password": N_("密码至少 {n} 个字符。"),
    "password_is_name": N_("密码不能只是账号名加几个字符。"),
    "bad_department": N_("部门要写方案里的全名，身份是部门的必须写：{known}。"),
    "no_role": N_("账号至少要有一种身份。"),
    "not_your_role": N_("您的账号没有这种身份。"),
    "bad_place": N_("“{place}”不是楼栋或单元，例如 3栋、3栋/2单元。"),
    "admin_first": N_("还没有能登录的管理员，先建第一个管理员。"),
    "last_admin": N_("这是最后一个管理员，不能停用或改作别的身份。"),
}


def refusal(code: str, /, **gaps: object) -> RefusedError:
    """The RefusedError of that code; `gaps` fill the gaps of its message."""
    return RefusedError(code, WORDS[code], **gaps)
