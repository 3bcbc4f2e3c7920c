"""The sheets that templates and marked workbooks have besides the ledger's own."""

GUIDE, LISTS = "填表说明", "代码表"
FINDINGS = "问题清单"
# How the line of the guide begins that says what was filled in beforehand.
PREFILLED = "预填内容："
