"""Each convention goes red when it is broken, once, in a tree of its own."""

import importlib.util
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

SCRIPT = settings.BASE_DIR / "script" / "conventions.py"
spec = importlib.util.spec_from_file_location("conventions", SCRIPT)
conventions = importlib.util.module_from_spec(spec)
spec.loader.exec_module(conventions)

# With a ¦, which put() takes out, where the words themselves would break a convention here.
BREACHES = [
    ("pledges/views.py", "Pledge.objects.filter(pk=1)", "1 queries in a view"),
    ("pledges/views/signing.py", "x = 1\nPledge.objects.get(pk=1)", "2 queries in a view"),
    ("pledges/views.py", "get_object_or_404(Pledge, pk=1)", "1 queries in a view"),
    ("pledges/utils.py", "", "1 is a drawer"),
    ("pledges/helpers.py", "", "1 is a drawer"),
    ("pledges/services.py", "", "1 is a drawer"),
    ("pledges/models.py", "x = 1\n" * 401, "401 is 401 lines long"),
    ("pledges/actions.py", "def sign():\n" + "    x = 1\n" * 60, "1 sign is 61 lines long"),
    ("pledges/actions.py", "x = 1  # TO¦DO later", "1 leaves work open"),
    ("templates/page.html", "{# FIX¦ME #}", "1 leaves work open"),
    ("tests/test_a.py", "@pytest.mark.sk¦ip\ndef test(): pass", "1 skips a test"),
    ("tests/test_a.py", "@pytest.mark.xf¦ail\ndef test(): pass", "1 skips a test"),
    ("README.md", "from https://py¦pi.org/x", "1 names a package registry"),
    ("README.md", "pip --index¦-url x", "1 names a package registry"),
    ("README.md", "cd /ho¦me/ann/portal", "1 names a path of one machine"),
    ("README.md", "cd {parent}/portal", "1 names a path of this machine"),
    ("requirements.txt", "# from https¦://packages.example/simple", "1 names a host"),
    ("pledges/pdf.py", "import weasyprint", "1 imports WeasyPrint"),
    ("pledges/pdf.py", "from weasyprint.urls import URLFetcher", "1 imports WeasyPrint"),
    ("templates/page.html", "<script>alert(1)</script>", "1 holds an inline script"),
    ("templates/page.html", '<script type="module">go()</script>', "1 holds an inline script"),
    ("templates/page.html", '<script type="application/jsonx">', "1 holds an inline script"),
    ("templates/page.html", "\n<style>p {}</style>", "2 holds an inline style sheet"),
    ("templates/page.html", '<p\n style="color: red">', "1 holds an inline style;"),
    ("templates/page.html", '<a onclick="go()">', "1 holds an inline event handler"),
    ("templates/page.html", '<a href="javascript:go()">', "1 holds a javascript: address"),
]

GOOD = [
    ("pledges/views.py", "get_object_or_404(Pledge.objects.visible_to(user), pk=1)"),
    ("pledges/actions.py", "Pledge.objects.filter(pk=1)"),
    ("pledges/migrations/0001_initial.py", "x = 1\n" * 500),
    ("rpcportal/kit/pdf.py", "from weasyprint import HTML"),
    ("templates/page.html", '<script src="a.js" defer></script><p class="style">on = off</p>'),
    ("templates/page.html", '<script data-a="b" type="application/json">{"a": 1}</script>'),
    ("templates/planning/pdf/sheet.html", "<style>p {}</style>"),
    ("static/vendor/axe-1/axe.js", "// TO¦DO of somebody else"),
    ("picture.png", None),
]


def put(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    if text is None:
        (root / path).write_bytes(b"\x89PNG\xff")
    else:
        (root / path).write_text(text.replace("¦", "").replace("{parent}", str(root.parent)))


@pytest.mark.parametrize(("path", "text", "sentence"), BREACHES)
def test_a_breach_is_named_with_file_and_line(tmp_path, capsys, path, text, sentence):
    put(tmp_path, path, text)

    assert conventions.main(tmp_path) == 1
    assert capsys.readouterr().out.startswith(f"{path}:{sentence}")


@pytest.mark.parametrize(("path", "text"), GOOD)
def test_what_is_right_passes(tmp_path, capsys, path, text):
    put(tmp_path, path, text)

    assert (conventions.main(tmp_path), capsys.readouterr().out) == (0, "")


def test_what_git_ignores_is_not_read(tmp_path):
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    put(tmp_path, ".gitignore", "/var/")
    put(tmp_path, "var/utils.py", "")
    put(tmp_path, "pledges/models.py", "")

    assert set(conventions.tracked_files(tmp_path)) == {
        Path(".gitignore"),
        Path("pledges/models.py"),
    }
