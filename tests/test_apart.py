"""What runs apart from its page is reached through board.ui.recheck alone, so that it asks who reads."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
RECHECK = PROJECT / "board" / "ui" / "recheck.py"
FILES = sorted(
    [*(PROJECT / "board" / "ui").rglob("*.py"), *PROJECT.glob("app.py"), *(PROJECT / "pages").glob("*.py")]
)  # fmt: skip
# What Streamlit runs alone, or in a thread of its own.
APART = {"fragment", "experimental_fragment", "dialog", "experimental_dialog", "download_button"}
# What would be kept for every reader, whoever it was made for.
KEPT = {"cache_data", "cache_resource", "experimental_memo", "experimental_singleton"}
ITSELF = {"ignore", "rerun"}


def strays(source: str) -> list[str]:
    """Where a source reaches past `recheck`: what runs apart, and callbacks that are not its own."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in APART | KEPT and not is_fresh(node):
            found.append(f"line {node.lineno}: .{node.attr}")
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("streamlit"):
            found += [
                f"line {node.lineno}: {one.name}" for one in node.names if one.name in APART | KEPT
            ]
        if isinstance(node, ast.Call):
            found += [
                f"line {node.lineno}: {word.arg}="
                for word in node.keywords
                if word.arg and word.arg.startswith("on_") and not allowed(word.value)
            ]
            if isinstance(node.func, ast.Name) and node.func.id == "getattr":
                found.append(f"line {node.lineno}: getattr")
            found += [
                f"line {node.lineno}: **"
                for word in node.keywords
                if word.arg is None and of_streamlit(node)
            ]
    return found


def is_fresh(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "recheck"


def of_streamlit(node: ast.Call) -> bool:
    """Whether it calls something of `st` by name, to which unnamed keywords might give a callback."""
    return (
        isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "st"
    )


def allowed(value: ast.expr) -> bool:
    """A word of Streamlit's own, `recheck.callback(…)`, or one of the two."""
    if isinstance(value, ast.IfExp):
        return allowed(value.body) and allowed(value.orelse)
    if isinstance(value, ast.Constant):
        return value.value in ITSELF
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and value.func.attr == "callback"
        and is_fresh(value.func)
    )


@pytest.mark.parametrize("path", [path for path in FILES if path != RECHECK], ids=lambda p: p.stem)
def test_what_runs_apart_from_its_page_is_reached_through_recheck_alone(path: Path) -> None:
    assert strays(path.read_text("utf-8")) == []


@pytest.mark.parametrize("source", [
    "st.fragment(f)", "@st.fragment\ndef f(): ...", "st.dialog('a')(f)", "column.download_button('a', b)",
    "from streamlit import dialog", "st.button('a', on_click=f)", "st.button('a', on_click=partial(f))",
    "st.selectbox('a', b, on_change=f if c else 'ignore')", "st.button('a', on_click=other.callback(f))",
    "st.button('a', **words)", "getattr(st, 'frag' + 'ment')", "@st.cache_data\ndef f(): ...",
])  # fmt: skip
def test_what_would_reach_past_it_is_found(source: str) -> None:
    assert strays(source)


def test_only_the_record_itself_writes_a_look() -> None:
    writers = {
        path.stem
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr == "record"
        and "AuditLog(" in ast.unparse(node)
    }
    assert writers == {"state"}
