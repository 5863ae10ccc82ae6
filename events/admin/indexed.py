"""What all rows have in common that entries are indexed under: kinds, places, actors, outlets, sources."""

from django import forms
from django.contrib import admin
from django.db.models import OuterRef, Subquery

from events.admin.apart import warn_of_others
from events.admin.belonging import OfAStory
from events.admin.copying import Copies
from events.admin.deleting import SaysWhyKept
from events.admin.reach import Asks, RowsBelow
from events.admin.searching import Searched
from events.admin.versioned import Versioned
from events.editorial import writing
from events.models.typed import composed


class Indexed(Copies, OfAStory, SaysWhyKept, Versioned):
    """Saves through the desk's verb, and prints the new name wherever the record shows the row."""

    list_select_related = ("story",)
    instead = "What readers have seen keeps its number for good: rename it where its name is wrong."

    def save_model(self, request, obj, form, change):
        said = getattr(form, "said", {})
        if not change or form.has_changed() or said:
            writing.save_named(obj, by=request.user, seen=form.cleaned_data.get("seen"), **said)

    def save_related(self, request, form, formsets, change):
        renamed = any(formset.has_changed() for formset in formsets)
        if change and renamed and not form.has_changed():
            writing.save_named(form.instance, by=request.user, seen=form.cleaned_data["seen"])
        super().save_related(request, form, formsets, change)
        waits = getattr(form.instance, "proposed", None)
        if change and not waits and (renamed or form.has_changed()):
            writing.print_again(form.instance, by=request.user)


class NameForm(forms.ModelForm):
    """Two rows of one form are compared as they will be kept."""

    def clean_name(self):
        return composed(self.cleaned_data["name"])


class NameInline(Asks, admin.TabularInline):
    """The names of a place or an actor; the first is the one the desk shows."""

    form = NameForm
    formset = RowsBelow

    fields = ("name", "language", "used_by", "position", "preferred")
    extra = 1
    min_num = 1
    verbose_name = "name"
    verbose_name_plural = "names"


class IndexedByNames(Searched, Indexed):
    """An admin of rows with several names, found by each of them."""

    def get_queryset(self, request):
        first = self.model._meta.get_field("names").related_model.objects.filter(
            **{self.opts.model_name: OuterRef("pk")}
        )
        rows = super().get_queryset(request).prefetch_related("names")
        return rows.annotate(first_name=Subquery(first.values("name")[:1])).order_by("first_name", "pk")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change or any(formset.has_changed() for formset in formsets):
            warn_of_others(request, form.instance)

    def has_delete_permission(self, request, obj=None):
        unused = obj is None or not obj.events.exists()
        return unused and super().has_delete_permission(request, obj)

    @admin.display(description="name", ordering="first_name")
    def first_name(self, row):
        return str(row)

    @admin.display(description="other names")
    def other_names(self, row):
        return ", ".join(name.name for name in list(row.names.all())[1:])
