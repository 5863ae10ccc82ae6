"""Templates put together once: what comes out is what Django makes of the same source.

That all pages of the site do is held by the tests of each; what none of them has is here.
"""

from types import SimpleNamespace

import pytest
from django.template import Context, Engine
from django.template.base import TextNode
from django.template.loaders.cached import Loader as AsItIs

from chronicle.flattening import Loader, Quick

HOSTILE = "<script>alert('1')</script> & \"two\""


class Thing:
    """As pages are given them: with attributes, properties and methods."""

    name = HOSTILE
    missing = None
    several = ("one", "two")

    @property
    def broken(self):
        return self.nothing

    def called(self):
        return {"of it": HOSTILE}


SOURCES = {
    "chronicle/base.html": """
        <title>{% block title %}None{% endblock %}</title>{% block body %}{% endblock %}{{ left }}
    """,
    "chronicle/page.html": """
        {% extends 'chronicle/base.html' %}
        {% block title %}{{ thing.name }}{% endblock %}
        {% block body %}
          {% firstof 'in a block' as left %}{{ left }}{% block within %}{{ n }}{% endblock %}
        {% endblock %}
    """,
    "chronicle/of_page.html": """
        {% extends 'chronicle/page.html' %}{% block within %}{{ text }}{% endblock %}
    """,
    "chronicle/more.html": """
        {% extends 'chronicle/page.html' %}{% block title %}{{ block.super }}, {{ text }}{% endblock %}
    """,
    "chronicle/values.html": """
        {{ thing.name }}{{ text }}{{ safe }}{{ n }}{{ half }}{{ yes }}{{ nothing }}{{ unknown }}
        {{ thing.missing.of }}{{ thing.several.1 }}{{ thing.called }}{{ thing.unknown }}
        {{ known.key }}{{ known.other }}{{ known.items }}{{ rows.0.name }}{{ text.upper }}
        {{ text|upper }}{{ text|safe }}{{ unknown|default:text }}
    """,
    "chronicle/tags.html": """
        {% if thing.name and not unknown.of %}{{ n }}{% elif text %}no{% else %}none{% endif %}
        {% if n > 2 and thing.missing %}
          1
        {% else %}
          {% for row in rows %}
            {{ forloop.counter }}{{ row.name }}{% include 'chronicle/row.html' %}
          {% empty %}
            none
          {% endfor %}
        {% endif %}
        {% for _ in unknown %}{% empty %}-{% endfor %}
        {% with text=n %}{{ text }}{% endwith %}
        {% autoescape off %}{{ text }}{{ safe }}{{ n }}{% endautoescape %}
    """,
    "chronicle/row.html": "<b>{{ row.name }}</b>{% include 'chronicle/named.html' with n='given' %}{{ n }}",
    "chronicle/named.html": "{% firstof n as left %}{{ left }}{% include 'chronicle/text.html' %}",
    "chronicle/text.html": "only text",
    "chronicle/chosen.html": "{% include which %}{{ n }}",
}
NAMES = [name for name in SOURCES if name not in ("chronicle/row.html", "chronicle/named.html")]


def engine(loader):
    within = [("django.template.loaders.locmem.Loader", SOURCES)]
    return Engine(loaders=[(f"{loader.__module__}.{loader.__qualname__}", within)])


def context():
    thing = Thing()
    given = {"thing": thing, "text": HOSTILE, "n": 12345, "half": 1.5, "yes": True, "nothing": None}
    rows = [thing, SimpleNamespace(name=2)]
    return Context({**given, "rows": rows, "known": {"key": HOSTILE}, "which": "chronicle/text.html"})


@pytest.mark.parametrize("name", NAMES)
def test_a_template_comes_out_as_django_renders_it(name):
    as_it_is, flat = engine(AsItIs).get_template(name), engine(Loader).get_template(name)

    assert flat.render(context()) == as_it_is.render(context())


@pytest.mark.parametrize("name", ["chronicle/values.html", "chronicle/tags.html", "chronicle/page.html"])
def test_hostile_words_come_out_escaped(name):
    rendered = engine(Loader).get_template(name).render(context())

    unsafe = rendered.count("<script>")
    # What the source itself says is safe: once by a filter, once where it turns escaping off.
    assert unsafe == {"chronicle/values.html": 1, "chronicle/tags.html": 1}.get(name, 0)
    assert "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; &amp; &quot;two&quot;" in rendered


def test_what_breaks_breaks_as_loudly():
    SOURCES["chronicle/broken.html"] = "{{ thing.broken }}"
    for loader in (AsItIs, Loader):
        with pytest.raises(AttributeError):
            engine(loader).get_template("chronicle/broken.html").render(context())


def test_what_is_included_and_what_is_extended_stand_in_place():
    flat = engine(Loader).get_template("chronicle/named.html")

    assert isinstance(flat.nodelist[-1], TextNode)
    page = engine(Loader).get_template("chronicle/page.html")
    assert {type(node).__name__ for node in page.nodelist} == {"TextNode", "BlockNode", "Value"}


def test_templates_of_others_are_left_alone():
    SOURCES["admin/page.html"] = "{{ text }}{% include 'chronicle/text.html' %}"
    nodes = engine(Loader).get_template("admin/page.html").nodelist

    assert [type(node).__name__ for node in nodes] == ["VariableNode", "IncludeNode"]
    assert not isinstance(nodes[0].filter_expression.var, Quick)
