"""The settlement's building plan as GeoJSON, the operator's own or the project's, checked."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from board import storage
from board.i18n import N_, _

FOLDER = Path(__file__).resolve().parent.parent.parent / "data" / "reference"
SITE = "site.geojson"
LARGEST = 5_000_000
MOST = 2_000
NOTHING: dict[str, Any] = {"type": "FeatureCollection", "features": []}
WORDS = ("name", "kind", "building", "asset_id")
Stamp = tuple[str, int, int]


class SiteError(Exception):
    """A plan that can't be drawn: where in the file the error is, and what is expected there.

    `where` and `expected` are source strings; `gaps` are the values for their gaps.
    """

    def __init__(self, where: str, expected: str, **gaps: object) -> None:
        super().__init__(expected)
        self.where, self.expected, self.gaps = where, expected, gaps

    @property
    def message(self) -> str:
        """The error as a sentence in the reader's language."""
        where = _(self.where, **self.gaps)
        expected = _(self.expected, **self.gaps)
        return _(
            "平面图 site.geojson 不能用：{where}，应为{expected}。", where=where, expected=expected
        )


def site_file(root: Path | None = None) -> Path:
    """The path of the operator's plan in the store's folder, or else of the project's."""
    own = (root or storage.default_root()) / SITE
    return own if own.is_file() else FOLDER / SITE


def site_stamp() -> Stamp:
    """The plan's file: path, modification time in ns and size; empty without a file."""
    path = site_file()
    if not path.is_file():
        return "", 0, 0
    facts = path.stat()
    return str(path), facts.st_mtime_ns, facts.st_size


def site_plan() -> dict[str, Any]:
    """The plan in use as a GeoJSON collection; empty without a file. Raises SiteError."""
    return _read(site_stamp())


def site_problem() -> str:
    """Why the plan can't be drawn, in the reader's language; empty text if it can."""
    try:
        site_plan()
    except SiteError as error:
        return error.message
    return ""


@lru_cache(maxsize=4)
def _read(stamp: Stamp) -> dict[str, Any]:
    return site_of(Path(stamp[0])) if stamp[0] else NOTHING


def site_of(path: Path) -> dict[str, Any]:
    """The plan in a file as a GeoJSON collection. Raises SiteError if it can't be drawn."""
    content = path.read_bytes()
    if len(content) > LARGEST:
        gaps = {"size": len(content), "most": LARGEST}
        raise SiteError(N_("文件有 {size} 字节"), N_("至多 {most} 字节"), **gaps)
    try:
        plan = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise SiteError(N_("第 {line} 行第 {column} 列"), N_("JSON"), **place) from None
    except UnicodeDecodeError:
        raise SiteError(N_("文件的编码"), N_("UTF-8")) from None
    check(plan)
    return dict(plan)


def check(plan: Any) -> None:
    """Raise SiteError at the first error in a plan."""
    features = plan.get("features") if isinstance(plan, dict) else None
    if not isinstance(features, list) or plan.get("type") != "FeatureCollection":
        raise SiteError(N_("最外层"), N_("FeatureCollection，其中 features 是列表"))
    if len(features) > MOST:
        raise SiteError(N_("要素有 {n} 个"), N_("至多 {most} 个"), n=len(features), most=MOST)
    for number, feature in enumerate(features, 1):
        _feature(feature, number)


def _feature(feature: Any, number: int) -> None:
    """Raise SiteError unless a feature has a name and an outline."""
    place = N_("第 {n} 个要素")
    gaps: dict[str, object] = {"n": number}
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise SiteError(place, N_("带 properties 的 Feature"), **gaps)
    words, shape = feature["properties"], feature.get("geometry")
    called = [words[key] for key in ("building", "asset_id", "name") if words.get(key)]
    if not called:
        raise SiteError(
            place, N_("有 building（楼栋）、asset_id（资产编号）或 name（名称）之一"), **gaps
        )
    place, gaps = N_("第 {n} 个要素“{name}”"), {"n": number, "name": str(called[0])[:40]}
    for key in WORDS:
        if words.get(key) is not None and not isinstance(words[key], str):
            raise SiteError(N_("第 {n} 个要素“{name}”的 {key}"), N_("文字"), **gaps, key=key)
    if not isinstance(shape, dict) or shape.get("type") not in ("Polygon", "MultiPolygon"):
        raise SiteError(place, N_("geometry 为 Polygon 或 MultiPolygon"), **gaps)
    rings = list(_rings(shape))
    if not rings:
        raise SiteError(place, N_("coordinates 里至少有一圈坐标"), **gaps)
    for ring in rings:
        _ring(ring, place, gaps)


def _rings(shape: dict[str, Any]) -> Iterator[Any]:
    """The rings of a shape; a value that is not a list is yielded too, for `_ring` to refuse."""
    parts = shape.get("coordinates")
    if shape["type"] == "Polygon":
        parts = [parts]
    for part in parts if isinstance(parts, list) else [None]:
        yield from part if isinstance(part, list) else [None]


def _ring(ring: Any, place: str, gaps: dict[str, object]) -> None:
    """Raise SiteError unless a ring has four or more points, the last equal to the first."""
    if not isinstance(ring, list) or len(ring) < 4:
        raise SiteError(place, N_("每一圈至少有 4 个点"), **gaps)
    if not all(map(_point, ring)):
        raise SiteError(place, N_("每个点是 [横坐标, 纵坐标] 两个数"), **gaps)
    if ring[0][:2] != ring[-1][:2]:
        raise SiteError(place, N_("每一圈首尾同一点"), **gaps)
    if len({tuple(point[:2]) for point in ring}) < 3:
        raise SiteError(place, N_("每一圈围出一块地"), **gaps)


def _point(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) in (2, 3)
        and all(isinstance(n, int | float) and not isinstance(n, bool) for n in point)
        and all(map(math.isfinite, point))
    )
