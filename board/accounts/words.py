"""What signing in says when it refuses, in both languages."""

from __future__ import annotations

from board.storage import RefusedError

WORDS = {
    "not_signed_in": ("账号或密码不对。", "The name or the password is wrong."),
    "locked": (
        "连续输错五次，请十五分钟后再试。",
        "Five wrong attempts: please try again in fifteen minutes.",
    ),
    "bad_token": (
        "口令无效、已用过或已过期，请向管理员再要一个。",
        "The one-time token is wrong, used or out of date: ask the administrator for another.",
    ),
    "bad_name": (
        "账号名要有 1 到 40 个字。",
        "A name has 1 to 40 characters.",
    ),
    "name_taken": ("已经有账号“{name}”。", "There is an account {name} already."),
    "no_account": ("没有账号“{name}”。", "There is no account {name}."),
    "bad_password": (
        "密码至少 {n} 个字符。",
        "A password has at least {n} characters.",
    ),
    "password_is_name": (
        "密码不能只是账号名加几个字符。",
        "A password can't be the name and a few characters.",
    ),
    "bad_department": (
        "部门要写方案里的全名，身份是部门的必须写：{known}。",
        "A department is named as in the plan, and that role must have one: {known}.",
    ),
    "no_role": ("账号至少要有一种身份。", "An account has at least one role."),
    "not_your_role": ("您的账号没有这种身份。", "Your account does not have this role."),
    "bad_place": (
        "“{place}”不是楼栋或单元，例如 3栋、3栋/2单元。",
        "{place} is no building or unit, such as 3栋 or 3栋/2单元.",
    ),
    "admin_first": (
        "还没有能登录的管理员，先建第一个管理员。",
        "No administrator can sign in yet: make the first one.",
    ),
    "last_admin": (
        "这是最后一个管理员，不能停用或改作别的身份。",
        "This is the last administrator: it can't be disabled or given another role.",
    ),
}


def refusal(code: str, **gaps: object) -> RefusedError:
    """The refusal of that code."""
    chinese, english = WORDS[code]
    return RefusedError(code, chinese.format(**gaps), english.format(**gaps))
