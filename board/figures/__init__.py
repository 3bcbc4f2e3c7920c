"""Charts as plain plotly dicts, translated and escaped: data in, figure out.

Every figure is `f(data, …, theme) -> dict` with `layout.meta = {"alt": …}` and its height; the width
is the page's. An input without anything to draw gives a figure that says so in words. What a click
leads to is `customdata`: a list whose first item is a category, building, period or department.

A module has one chart, or two that are drawn alike; pages import it from there. A chart is a
function that takes `theme` and returns `dict[str, Any]`; the parts it is made of return `Spec`. Each
has an example in tests/gallery/examples.py. `shared` is what several charts are drawn with, `tables` the same numbers as tables. `python -m tests.gallery OUT`
draws every chart in both languages and themes.
"""
