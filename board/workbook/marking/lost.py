"""What of a clerk's workbook a marked copy lacks: parts and features of the package, counted in both."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import IO

from board.i18n import N_

# What is lost → the parts that hold it, by their names in lower case.
PARTS = {
    N_("图片"): r"xl/media/.*",
    N_("图表"): r"xl/charts/chart[^/]*\.xml",
    N_("宏"): r"xl/vbaproject\.bin",
    N_("控件"): r"xl/(?:ctrlprops|activex)/[^/]*\.xml",
    N_("透视表"): r"xl/pivottables/[^/]*\.xml",
    N_("切片器"): r"xl/(?:slicers|timelines)/.*",
    N_("批注的回复"): r"xl/threadedcomments/.*",
    N_("嵌入的文件"): r"xl/embeddings/.*",
    N_("查询和连接"): r"xl/(?:connections\.xml|querytables/.*)",
}
# What is lost → the parts that may say it, and how.
FEATURES = {
    N_("形状和文本框"): (r"xl/drawings/drawing[^/]*\.xml", rb"<(?:\w+:)?(?:sp|cxnSp)[ >]"),
    N_("一格之内不同的字体"): (r"xl/sharedstrings\.xml", rb"<(?:\w+:)?r>"),
    N_("迷你图、图标等新式格式"): (r"xl/worksheets/[^/]*\.xml", rb"<x14:(?!id>)\w+"),
}
_LARGEST = 64 * 1024 * 1024


def lost(before: Path, after: IO[bytes]) -> list[str]:
    """The source strings of what a workbook `before` has more of than its copy `after`."""
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        had, has = _counted(old), _counted(new)
    return [name for name in (*PARTS, *FEATURES) if had[name] > has[name]]


def _counted(package: zipfile.ZipFile) -> Counter[str]:
    numbers: Counter[str] = Counter()
    for entry in package.infolist():
        path = entry.filename.replace("\\", "/").lstrip("/").lower()
        for name, pattern in PARTS.items():
            numbers[name] += bool(re.fullmatch(pattern, path))
        for name, (pattern, sign) in FEATURES.items():
            if re.fullmatch(pattern, path) and entry.file_size <= _LARGEST:
                numbers[name] += len(re.findall(sign, package.read(entry)))
    return numbers
