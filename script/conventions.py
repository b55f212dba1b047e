"""The project's own conventions, as far as a machine can see them (docs/architecture.md).

Prints one sentence for each breach, with file and line, and fails when there is one.
"""

import ast
import functools
import re
import subprocess
import sys
from pathlib import Path

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
DRAWERS = {"utils", "helpers", "services"}
PDF_MAKER = "rpcportal/kit/pdf.py"
# A letter in brackets here and there, so that this file does not break its own rules.
OPEN_WORK = re.compile(r"\b(T[O]DO|F[I]XME|X[X]X)\b|raise Not[I]mplementedError")
SKIPPED = re.compile(r"pytest\.(mark\.)?(skip|skipif|xfail|importorskip)\b")
REGISTRY = re.compile(
    r"\b(pypi|pythonhosted|npmjs|yarnpkg|jsdelivr|unpkg|debian|ubuntu)\.(org|com|io|net)\b"
    r"|--(extra-)?index-[u]rl|--find-[l]inks"
)
HOME = re.compile(r"(?<![\w.~-])/(home|Users)/[\w.-]+/")
QUERIES = {
    *("aggregate", "all", "annotate", "bulk_create", "count", "create", "delete", "exclude"),
    *("exists", "filter", "first", "get", "get_or_create", "in_bulk", "last", "order_by", "raw"),
    *("update", "update_or_create", "values", "values_list"),
}
GENERATED = re.compile(r"(^|/)(\.venv|\.git|var|__pycache__|\.hypothesis|\.\w+_cache)/")
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
INLINE = [
    # A block of JSON is data: browsers do not run it, whatever stands in it.
    (
        re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*\stype=\"application/json\")", re.I),
        "holds an inline script",
    ),
    (re.compile(r"<style\b", re.I), "holds an inline style sheet"),
    (re.compile(r"<[^>]*\sstyle\s*=", re.I), "holds an inline style"),
    (re.compile(r"<[^>]*\son[a-z]+\s*=", re.I), "holds an inline event handler"),
    (re.compile(r"javascript:", re.I), "holds a javascript: address"),
]


def main(root):
    breaches = sorted(set(find_breaches(Path(root), tracked_files(root))))
    for breach in breaches:
        print(breach)
    return 1 if breaches else 0


def tracked_files(root):
    """Every file that is in version control or about to be; generated ones are not."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        return [Path(name) for name in listed.stdout.decode().split("\0") if name]
    # An unpacked archive: no version control at all.
    files = (path.relative_to(root) for path in Path(root).rglob("*") if path.is_file())
    return [path for path in files if not GENERATED.search(path.as_posix())]


def find_breaches(root, paths):
    """Yield a sentence, beginning with file and line, for every breach in these files."""
    for path in paths:
        if not (root / path).is_file() or is_foreign(path):
            continue
        try:
            text = (root / path).read_text()
        except UnicodeDecodeError:
            continue  # a picture
        yield from check_words(root, path, text)
        if path.suffix == ".py":
            yield from check_python(path, text)
        if path.suffix == ".html":
            yield from check_template(path, text)


def is_foreign(path):
    """Vendored files are kept as they came."""
    return "vendor" in path.parts


def check_words(root, path, text):
    rules = [
        (REGISTRY, "names a package registry; each machine chooses its own"),
        (HOME, "names a path of one machine"),
        (this_machine(root), "names a path of this machine"),
    ]
    if path.suffix in {".py", ".html", ".js", ".css"} or path.parts[0] == "script":
        rules.append((OPEN_WORK, "leaves work open; do it or open an issue"))
    if path.parts[0] == "tests":
        rules.append((SKIPPED, "skips a test; a test runs or is not there"))
    if path.name.startswith("requirements"):
        rules.append((re.compile("://"), "names a host; script/lock writes this file without"))
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, words in rules:
            if pattern.search(line):
                yield f"{path}:{number} {words}."


@functools.cache
def this_machine(root):
    """The folder that the checkout is in, and the home of whoever runs this."""
    folders = {str(folder) for folder in (root.resolve().parent, Path.home())}
    named = "|".join(re.escape(folder) for folder in folders - {"/", "/tmp"})  # noqa: S108
    return re.compile(rf"(?<![\w.~/-])({named})/" if named else r"(?!)")


def check_python(path, text):
    tree = ast.parse(text)
    if path.stem in DRAWERS:
        yield f"{path}:1 is a drawer for anything; name it after its subject."
    lines = len(text.splitlines())
    if lines > LONGEST_FILE and "migrations" not in path.parts:
        yield f"{path}:{LONGEST_FILE + 1} is {lines} lines long; split it by its subjects."
    for node in ast.walk(tree):
        yield from check_function(path, node)
        yield from check_pdf_import(path, node)
        if is_view(path):
            yield from check_query(path, node)


def is_view(path):
    return path.stem.startswith("views") or "views" in path.parts


def check_function(path, node):
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    lines = node.end_lineno - node.lineno + 1
    if lines > LONGEST_FUNCTION:
        most = f"{LONGEST_FUNCTION} is the most"
        yield f"{path}:{node.lineno} {node.name} is {lines} lines long; {most}."


def check_pdf_import(path, node):
    modules = []
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        modules = [node.module or ""]
    # Tests compare our PDF with WeasyPrint's own, and the bench measures against it.
    free = path.as_posix() == PDF_MAKER or path.parts[0] in {"tests", "script"}
    if not free and any(module.split(".")[0] == "weasyprint" for module in modules):
        yield f"{path}:{node.lineno} imports WeasyPrint; only {PDF_MAKER} may."


def check_query(path, node):
    """`Model.objects.visible_to(user)` is how a view begins; `Model.objects.filter(…)` is not."""
    words = "queries in a view; begin with a named queryset that is in scope"
    match node:
        case ast.Attribute(attr=verb, value=ast.Attribute(attr="objects")) if verb in QUERIES:
            yield f"{path}:{node.lineno} {words}."
        case ast.Call(func=ast.Name(id=shortcut), args=[ast.Name(), *_]) if shortcut in SHORTCUTS:
            yield f"{path}:{node.lineno} {words}."


def check_template(path, text):
    if path.parts[-2:-1] == ("pdf",):
        return  # printed, never sent to a browser
    for pattern, words in INLINE:
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{path}:{line} {words}; the security policy refuses it."


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent.parent))
