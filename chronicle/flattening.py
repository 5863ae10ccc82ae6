"""Templates of the site as they are rendered: each put together once, when it is first asked for.

Django looks for the parents of a template and for what it includes each time it is rendered, and tries at
each name in turn what it may be. Here parents and what is included stand in their place for good, and the
likeliest is tried first. What comes out is the same, byte for byte. Templates of others are left alone.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django.template import Context, Node, NodeList, Origin, Template
from django.template.base import (
    FilterExpression,
    TextNode,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import FirstOfNode, ForNode, IfNode, SpacelessNode, URLNode, WithNode
from django.template.library import SimpleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.template.loaders.cached import Loader as CachedLoader
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString

OURS = ("chronicle/", "404.html", "400.html", "500.html")


class Loader(CachedLoader):
    """As Django's, with the templates of the site flattened."""

    def __init__(self, engine: Any, loaders: list[Any]) -> None:
        super().__init__(engine, loaders)
        self.flat: dict[str, Template] = {}

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        if skip or self.engine.debug or not template_name.startswith(OURS):
            return super().get_template(template_name, skip)
        if template_name not in self.flat:
            template = super().get_template(template_name)
            template.nodelist = flat(template.nodelist, self.engine)
            self.flat[template_name] = template
        return self.flat[template_name]

    def reset(self) -> None:
        super().reset()
        self.flat.clear()


def flat(nodes: Iterable[Node], engine: Any) -> NodeList:
    """``nodes`` with all that they are made of in its place, and texts that touch as one."""
    found = NodeList()
    for node in nodes:
        for each in _flattened(node, engine):
            if found and isinstance(each, TextNode) and isinstance(found[-1], TextNode):
                found[-1] = TextNode(found[-1].s + each.s)
            else:
                found.append(each)
    return found


def _flattened(node: Any, engine: Any) -> Iterable[Node]:
    """What stands in place of a node."""
    if put_together := PUT_TOGETHER.get(type(node)):
        return put_together(node, engine)
    for name in node.child_nodelists:
        if hasattr(node, name):
            setattr(node, name, flat(getattr(node, name), engine))
    _quicken(node)
    return [node]


def _is_text(expression: FilterExpression) -> bool:
    return not expression.is_var and not expression.filters


def _extended(node: ExtendsNode, engine: Any) -> list[Node]:
    """The parent of a template, with the template's own blocks in place of those of the same names.

    Where a block of its own stands within another of the parent, or says what the parent's does, Django puts
    them together.
    """
    if not _is_text(node.parent_name) or _asks_its_parent(node):
        return [node]
    nodes = engine.get_template(node.parent_name.var).nodelist
    within = {each.name for each in nodes.get_nodes_by_type(BlockNode) if each not in nodes}
    if not within.isdisjoint(node.blocks):
        return [node]
    return [_own(each, node.blocks, engine) if isinstance(each, BlockNode) else each for each in nodes]


def _asks_its_parent(node: ExtendsNode) -> bool:
    values = node.nodelist.get_nodes_by_type(VariableNode)
    return any(value.filter_expression.token.startswith("block.") for value in values)


def _own(block: BlockNode, blocks: Mapping[str, BlockNode], engine: Any) -> BlockNode:
    own = blocks.get(block.name)
    return BlockNode(own.name, flat(own.nodelist, engine)) if own else block


def _included(node: IncludeNode, engine: Any) -> Iterable[Node]:
    """What is included; with names of its own where it was given any, or gives itself any."""
    if not _is_text(node.template) or node.isolated_context:
        return [node]
    nodes = engine.get_template(node.template.var).nodelist
    given = {name: quick(value) for name, value in node.extra_context.items()}
    return nodes if not given and all(map(_names_nothing, nodes)) else [Within(given, nodes)]


def _static(node: StaticNode, engine: Any) -> Iterable[Node]:
    """The address of a file of ours, which is the same as long as a process runs."""
    is_known = node.varname is None and not node.path.is_var
    return [TextNode(node.render(Context()))] if is_known else [node]


def _of_variable(node: VariableNode, engine: Any) -> Iterable[Node]:
    return [Value(quick(node.filter_expression))]


def _of_if(node: IfNode, engine: Any) -> Iterable[Node]:
    return [IfNode([(_asked(each), flat(nodes, engine)) for each, nodes in node.conditions_nodelists])]


PUT_TOGETHER: dict[Any, Callable[[Any, Any], Iterable[Node]]] = {
    ExtendsNode: _extended,
    IncludeNode: _included,
    StaticNode: _static,
    VariableNode: _of_variable,
    IfNode: _of_if,
}


def _names_nothing(node: Any) -> bool:
    """Whether a node leaves no name behind for those after it, as ``{% url … as address %}`` does."""
    if isinstance(node, TextNode | VariableNode | ForNode | WithNode | Within):
        return True
    if isinstance(node, IfNode | SpacelessNode):
        return all(map(_names_nothing, node.nodelist))
    names = {SimpleNode: "target_var", URLNode: "asvar", FirstOfNode: "asvar"}
    return type(node) in names and getattr(node, names[type(node)]) is None


class Within(Node):
    """Nodes with names of their own."""

    def __init__(self, given: Mapping[str, FilterExpression], nodelist: NodeList) -> None:
        self.given = given
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self.given.items()}
        with context.push(**values):
            return self.nodelist.render(context)


class Value(VariableNode):
    """A value; one of words or a whole number, which most are, is written without asking what it is."""

    def render_annotated(self, context: Context) -> Any:
        value = self.filter_expression.resolve(context)
        kind = type(value)
        if kind is str and context.autoescape:
            return escape(value)
        # No format of ours puts anything between the figures of a number.
        if kind is int or kind is SafeString:
            return str(value)
        return render_value_in_context(value, context)


class Quick(Variable):
    """A variable that is looked for in mappings and among attributes first, which is where most are."""

    __slots__ = ("first", "others")

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.first, *self.others = self.lookups or (name,)

    def _resolve_lookup(self, context: Any) -> Any:
        current = _named(self.first, context)
        for name in self.others:
            if current is None:
                raise VariableDoesNotExist("No %s of %r", (name, current))
            current = _of(current, name)
        return super()._resolve_lookup(context) if current is UNSURE or callable(current) else current


UNSURE: Any = object()
"""In place of what Django is to look for further: an item by its place, or what a method gives."""


def _named(name: str, context: Any) -> Any:
    """What has a name in a context, the innermost of its scopes first."""
    for scope in reversed(context.dicts):
        if name in scope:
            return scope[name]
    raise VariableDoesNotExist("No %s in %r", (name, context))


def _of(whole: Any, name: str) -> Any:
    """What a mapping or an object has under a name."""
    kind = type(whole)
    if kind is dict:
        return whole.get(name, UNSURE)
    if whole is UNSURE or callable(whole) or hasattr(kind, "__getitem__"):
        return UNSURE
    return getattr(whole, name, UNSURE)


def quick(expression: FilterExpression) -> FilterExpression:
    """An expression whose variable is looked up quickly."""
    variable = expression.var
    if type(variable) is Variable and variable.lookups and not variable.translate:
        expression.var = Quick(variable.var)
    return expression


def _asked(condition: Any) -> Any:
    """What a tag ``if`` asks, likewise."""
    for part in ("first", "second"):
        if getattr(condition, part, None) is not None:
            _asked(getattr(condition, part))
    if isinstance(value := getattr(condition, "value", None), FilterExpression):
        quick(value)
    return condition


def _quicken(node: Any) -> None:
    """What other tags are given, likewise."""
    if isinstance(node, ForNode):
        quick(node.sequence)
    elif isinstance(node, WithNode):
        for value in node.extra_context.values():
            quick(value)
    elif isinstance(node, SimpleNode | URLNode):
        for value in (*node.args, *node.kwargs.values()):
            quick(value)
