"""Codes are an interface: every code raised in the sources is documented, and every documented one exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tongli
from tongli.core import InputError, shorten

SOURCES = Path(tongli.__file__).parent
CODE = re.compile(r"[a-z]+(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+")

COMPOSED = {
    ("store", "model.{}"): {"model.missing", "model.damaged"},
    ("beside", "{}.damaged"): {"plain.damaged", "told.damaged"},
    ("beside", "{}.unwritable"): {"plain.unwritable", "told.unwritable"},
}
"""(module, pattern) of codes made from a value that no call names, and the codes it gives."""

HELPERS = {"occupying", "writing"}
"""Context managers that raise the code that they are given, wherever they are used; not looked into."""

TOLD = {"internal", "check.crashed"}
"""Codes that are told without an error being raised."""


def test_an_error_says_what_was_received_allowed_and_to_do():
    error = InputError("input.test", received="a", allowed="b", fix="Do c.")
    assert str(error) == "[input.test] received a; allowed: b. Do c."
    assert error.to_dict() == {"code": "input.test", "received": "a", "allowed": "b", "fix": "Do c."}
    assert error.exit_status == 2


def test_long_values_are_cut():
    assert len(shorten("x" * 500)) == 60


def test_every_code_is_documented():
    assert raised_codes() - documented_codes() == set()


def test_every_documented_code_exists():
    assert documented_codes() - raised_codes() == TOLD
    sources = "".join(path.read_text("utf-8") for path in SOURCES.rglob("*.py"))
    assert all(f'"{code}"' in sources for code in TOLD)


def test_every_code_is_documented_once():
    rows = re.findall(r"^\| `([a-z0-9.-]+)` \|", page(), flags=re.MULTILINE)
    assert sorted(rows) == sorted(set(rows))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('raise InputError("a.one", received="")', {"a.one"}),
        ('raise InputError("a.one" if x else "a.two")', {"a.one", "a.two"}),
        ('def f(kind):\n raise InputError(f"a.{kind}")\nf("one")\nf(kind="two")', {"a.one", "a.two"}),
        ('def f(code, x):\n raise InputError(code)\nf("a.one", 1)', {"a.one"}),
        ('def f(x, *, code):\n raise InputError(code)\nf(1, code="a.one")', {"a.one"}),
        ('def f(x):\n known = {1: "a.one"}\n raise InputError(known[x], "")', {"a.one"}),
        ('raise RuntimeError("not.ours")', set()),
    ],
)
def test_the_finder_sees_every_way_to_raise(source, expected):
    assert set(codes_in(ast.parse(source), module="m", errors={"InputError"})) == expected


def test_the_finder_fails_on_what_it_cannot_see():
    with pytest.raises(AssertionError, match="cannot see"):
        list(codes_in(ast.parse("raise InputError(y)"), module="m", errors={"InputError"}))


def page() -> str:
    return (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")


def documented_codes() -> set[str]:
    return set(re.findall(r"^\| `([a-z0-9.-]+)` \|", page(), flags=re.MULTILINE))


def raised_codes() -> set[str]:
    trees = [(path.stem, ast.parse(path.read_text("utf-8"))) for path in sorted(SOURCES.rglob("*.py"))]
    classes = [node for _, tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    errors = {"TongliError"} | {node.name for node in classes if "TongliError" in map(name_of, node.bases)}
    return {
        code
        for module, tree in trees
        if module not in HELPERS
        for code in codes_in(tree, module=module, errors=errors | HELPERS)
    }


def codes_in(tree: ast.Module, *, module: str, errors: set[str]) -> Iterator[str]:
    """Codes given to error classes: written out, handed to a helper, or kept in the function's literals."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if name_of(call.func) not in errors or not call.args:
            continue
        owner = next((node for node in reversed(functions) if call in ast.walk(node)), None)
        found = literals(call.args[0]) or set(handed_over(call.args[0], owner, tree))
        if not found and owner is not None:
            found = {code for code in strings(owner) if CODE.fullmatch(code)}
        found = COMPOSED.get((module, pattern_of(call.args[0])), found)
        assert found, f"cannot see the code in {module}, line {call.lineno}"
        yield from found


def literals(node: ast.expr) -> set[str]:
    """``"a.b"`` or ``"a.b" if … else "a.c"``."""
    branches = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    return {item.value for item in branches if isinstance(item, ast.Constant) and isinstance(item.value, str)}


def handed_over(node: ast.expr, owner: ast.AST | None, tree: ast.Module) -> Iterator[str]:
    """The codes that callers of a helper give for the parameter in ``node``."""
    if not isinstance(owner, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    arguments = (*owner.args.posonlyargs, *owner.args.args, *owner.args.kwonlyargs)
    names = [argument.arg for argument in arguments]
    used = [item.id for item in ast.walk(node) if isinstance(item, ast.Name) and item.id in names]
    for call in ast.walk(tree) if len(used) == 1 else ():
        if isinstance(call, ast.Call) and name_of(call.func) == owner.name:
            given = dict(zip(names, call.args, strict=False))
            given |= {item.arg: item.value for item in call.keywords if item.arg}
            for value in literals(given[used[0]]):
                yield pattern_of(node).replace("{}", value)


def pattern_of(node: ast.expr) -> str:
    """An f-string with ``{}`` for what is filled in; any other expression is all ``{}``."""
    if not isinstance(node, ast.JoinedStr):
        return "{}"
    return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)


def strings(node: ast.AST) -> Iterator[str]:
    return (
        item.value
        for item in ast.walk(node)
        if isinstance(item, ast.Constant) and isinstance(item.value, str)
    )


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
