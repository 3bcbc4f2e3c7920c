"""Rows of the record of looks: an example of every act, and rows as an earlier program wrote them."""

from __future__ import annotations

from pathlib import Path

from board import storage
from board.journal import Act, AuditEntry, acts, register
from board.journal.register_file import chain

QUARTER, BUILDING = "2024-Q3", "幸福小镇/3栋"
PASSWORD = "kbq"
# An act of every declaration, and the phrase that an earlier program wrote of it.
EXAMPLES: list[tuple[Act, str]] = [
    (acts.Look("H0012"), "H0012"),
    (acts.Unmasking("H0012"), "H0012"),
    (acts.Search(("room", "tail"), 3), "by room and tail found 3"),
    (acts.Search(("name",)), "by name"),
    (acts.PanelExport(page="assets", panel="trend", period=QUARTER, scope=BUILDING),
     "assets.trend 2024-Q3 幸福小镇/3栋"),
    (acts.PanelExport(page="household", panel="members", period=QUARTER, scope=BUILDING,
                      household="H0012", persons=True),
     "household.members 2024-Q3 幸福小镇/3栋 H0012 persons"),
    (acts.RowsExport(metric="asset_occupancy", part="numerator", period=QUARTER, scope=BUILDING),
     "rows asset_occupancy.numerator 2024-Q3 幸福小镇/3栋"),
    (acts.LedgerExport(("labour", "income"), "xlsx", persons=True),
     "labour income (xlsx, persons)"),
    (acts.LedgerExport(("labour",), "json"), "labour (json)"),
    (acts.TemplateExport("employment", "2025-01", 2378, persons=True),
     "template employment 2025-01 2378 persons"),
    (acts.TemplateExport("assets", "2025-01", 0), "template assets 2025-01 0"),
    (acts.FindingsExport(), "findings"),
    (acts.LooksExport(), "looks"),
    (acts.Load(3), "batch 3"),
    (acts.Confirmation(("employment", "tasks"), "2024-03"), "confirm employment tasks 2024-03"),
    (acts.Withdrawal(3), "batch 3"),
    (acts.Backup(), "whole"),
    (acts.Restore(), "restore"),
    (acts.AccountsBegun(2), '{"act": "begun", "accounts": 2}'),
    (acts.AccountState("create", "何填报", ("keeper",), "社会事务局", ("3栋",), True, PASSWORD),
     '{"act": "create", "name": "何填报", "roles": ["keeper"], "department": "社会事务局",'
     ' "places": ["3栋"], "enabled": true, "password": "kbq"}'),
    (acts.AccountState("taken over", {"sha256": "abc"}, ("viewer",), "", (), False, None),
     '{"act": "taken over", "name": {"sha256": "abc"}, "roles": ["viewer"], "department": "",'
     ' "places": [], "enabled": false, "password": null}'),
    (acts.Lockout(), "locked"),
    (acts.Revocation("韦 网格"), "revoke 韦 网格"),
    (acts.SignIn("local"), "local"),
    (acts.SignIn("county", "wei"), "county wei"),
    (acts.Check(("labour", "income")), "labour income"),
    (acts.Check(("schooling",), compared=True), "schooling compared"),
    (acts.Check(()), ""),
    (acts.Repair(4), "whole 4"),
    (acts.Retention("2020-01-01"), "before 2020-01-01"),
    (acts.RoleChoice("task_force", "", ("3栋", "5栋/2单元")), "task_force 3栋 5栋/2单元"),
    (acts.RoleChoice("keeper", "社会事务局"), "keeper 社会事务局"),
]  # fmt: skip


def earlier_row(root: Path, kind: str, phrase: str, who: str = "王", why: str = "") -> AuditEntry:
    """Write a row as the program did before acts were JSON."""
    with register(root) as connection:
        connection.execute("begin immediate")
        return chain(connection, storage.now(), who, "admin", kind, phrase, why)
