"""The search of a list of the desk, and what is found by typing: by the words of its rows."""

from events.admin.reach import held
from events.editorial.holding import is_everywhere
from events.finding import asking


class Searched:
    """An admin whose rows are found by their texts; ``search_fields`` says that there is a box to type in."""

    search_fields: tuple[str, ...] = ("text",)

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        # The roles of who asks, which were read for this page, say in which stories they are.
        stories = None if is_everywhere(request.user) else {story for story, _ in held(request)}
        is_typing = request.resolver_match.url_name == "autocomplete"
        most = asking.MOST_KEYS_TYPED if is_typing else None
        found = asking.found_by(self.model, search_term, stories, most=most)
        request.finds_many = found.are_many
        return queryset.filter(found.rows), False
