"""GOV.UK components, rendered by govuk-frontend-jinja's macros.

``render_component("tag", {"text": "Agreed"})`` gives the same HTML as GOV.UK's own macro;
tests/kit/test_govuk_components.py holds that for every published fixture.

Two things are ours. A component without a value in it is the same on every page, so what
was rendered once is remembered: a page pays for its text, not for its macros. And text is
never taken for HTML by mistake: where a macro would pass a parameter through unescaped
(``html``, ``attributes``, a slot), a string that is not marked safe is escaped here first.
"""

import secrets
from functools import cache, lru_cache

from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup, escape

PACKAGE = "govuk_frontend_jinja"
LONGEST_REMEMBERED = 16_000  # characters of parameters; with REMEMBERED it bounds the memory
REMEMBERED = 1_024
AS_THEY_ARE = frozenset({type(None), bool, int, float, Markup})
# Stands where a value will be. Nobody can type it: it is made anew in every process.
VALUE_MARK = f"value-{secrets.token_hex(16)}"

_environment = Environment(
    loader=PrefixLoader({PACKAGE: PackageLoader(PACKAGE)}),
    autoescape=True,
    undefined=ChainableUndefined,  # as in Nunjucks: a fieldset may have no legend
    auto_reload=False,
    cache_size=-1,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render_component(name, params):
    """The HTML of one component; ``params`` are those of its GOV.UK macro.

    Raises jinja2.TemplateNotFound for a name that GOV.UK does not have.
    """
    return mark_safe(_rendered(name, _prepared(params)))


def render_with_value(name, params, value):
    """As ``render_component`` for a component whose ``value`` is what somebody typed.

    Only the component around the value is remembered, never the value. Its newlines become
    character references, because macros indent the HTML that they wrap, line by line.
    """
    html = _rendered(name, _prepared({**params, "value": VALUE_MARK}))
    return mark_safe(html.replace(VALUE_MARK, _typed(value)))


def _typed(value):
    typed = str(escape(value)).replace("\r\n", "\n").replace("\r", "\n")
    if typed.startswith("\n"):
        typed = "\n" + typed  # HTML drops the first newline inside a textarea
    return typed.replace("\n", "&#10;")


def _prepared(params):
    """A copy of the parameters in types that Jinja and ``repr`` tell apart."""
    return {name: _prepared_value(name, value) for name, value in params.items()}


def _prepared_value(name, value):
    kind = type(value)
    if kind is str:
        return escape(value) if _is_passed_through(name) else value
    if kind in AS_THEY_ARE:
        return value
    if isinstance(value, dict):
        return _slots(value) if name == "slots" else _prepared(value)
    if isinstance(value, list | tuple):
        return [_prepared_value("", item) for item in value]
    return _prepared_object(name, value)


def _prepared_object(name, value):
    """Marked HTML as Jinja marks it; anything else (a model, a lazy text) as its text."""
    if isinstance(value, Promise):
        value = str(value)
    # Django's mark and Jinja's are two classes; escape() turns the one into the other.
    return escape(value) if hasattr(value, "__html__") else _prepared_value(name, str(value))


def _slots(slots):
    return {slot: escape(html) for slot, html in slots.items()}


def _is_passed_through(name):
    return name in ("html", "attributes") or name.endswith("Html")


class _Call:
    """A component and its parameters, equal to another when they print the same."""

    __slots__ = ("key", "name", "params")

    def __init__(self, name, params, key):
        self.name, self.params, self.key = name, params, key

    def __hash__(self):
        return hash(self.key)

    def __eq__(self, other):
        return self.key == other.key


def _rendered(name, params):
    key = f"{name} {params!r}"
    if len(key) > LONGEST_REMEMBERED:
        return str(_macro(name)(params))
    return _remembered(_Call(name, params, key))


@lru_cache(maxsize=REMEMBERED)
def _remembered(call):
    return str(_macro(call.name)(call.params))


@cache
def _macro(name):
    """The macro of a component: ``date-input`` -> ``govukDateInput``."""
    template = _environment.get_template(f"{PACKAGE}/components/{name}/macro.html")
    words = "".join(word.capitalize() for word in name.split("-"))
    return getattr(template.module, f"govuk{words}")
