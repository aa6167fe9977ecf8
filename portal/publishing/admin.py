"""The desk of a record: every kind gets the same, from what the kind says of itself."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, OperationalError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from portal.languages.names import own_name
from portal.languages.texts import columns, language_columns, translated_names
from portal.publishing.content import content_fields, set_fields
from portal.publishing.drafts import save_draft, with_draft, with_state_of_draft
from portal.publishing.filters import LanguageFilter
from portal.publishing.form import RecordForm
from portal.publishing.record_acts import RecordActs
from portal.publishing.release_admin import ReleaseAdmin
from portal.publishing.standing import RecordStanding, form_address
from portal.publishing.usage import used_where
from portal.publishing.widgets import RecordSelect, RecordSelectMultiple
from portal.records.dates import PartialDateField
from portal.records.models import PageRecord, Record, State

__all__ = ["RecordAdmin", "ReleaseAdmin"]

KEPT = _("Saved as a draft. Readers see what is public until the draft is published.")
FORMS_OF_A_DATE = _("2005, 2015-01, 2015-02-12 or 2019/2020")
COMMON = ("source_language", "position", "added_reference", "sources", "review_by")


class RecordAdmin(RecordActs):
    """Fields in the order of thought: facts, texts, relations, then what concerns staff alone."""

    form = RecordForm
    actions = None
    change_form_template = "admin/record_form.html"
    list_per_page = 50
    readonly_fields = ("public_address", "state", "changed", "used_where")

    class Media:
        js = ["admin/prose-preview.js"]

    def __init__(self, model: type[Record], admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        self.search_fields = _searched(model)
        self.autocomplete_fields = _keys_to_records(model)
        self.list_select_related = [f.name for f in model._meta.fields if f.is_relation] or False
        self.list_display = ("__str__", *_choices(model), "in_languages", "stands", "changed")
        self.list_filter = (
            *([LanguageFilter] if model.headline else []),
            *_choices(model),
            "state",
        )

    # --- what is shown -------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Record | None = None) -> list:
        keys = self.autocomplete_fields
        facts = [f.name for f in content_fields(self.model) if f.name not in (*keys, *COMMON)]
        facts = [n for n in facts if n not in language_columns(self.model)]
        facts = [n for n in facts if self.model._meta.get_field(n).editable]
        texts = [tuple(columns(name)) for name in translated_names(self.model)]
        hidden = ["seen"] if obj is None or self.has_change_permission(request, obj) else []
        return [
            (title, {"fields": fields})
            for title, fields in (
                (_("Facts"), facts),
                (_("Texts"), texts),
                (_("Relations"), keys),
                (_("For staff"), [*COMMON, *(self.readonly_fields if obj else ()), *hidden]),
            )
            if fields
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Each box carries its language; prose has its preview."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        name, code = language_columns(self.model).get(db_field.name, (None, None))
        if code and field:
            label = capfirst(self.model._meta.get_field(name).verbose_name)
            field.label = f"{label} ({own_name(code)})"
            field.widget.attrs["lang"] = code
            if name in self.model.prose:
                field.widget.attrs["data-preview"] = reverse(self._route("preview"))
        if isinstance(db_field, PartialDateField) and field:
            field.help_text = field.help_text or FORMS_OF_A_DATE
        if db_field.name == "review_by" and field:
            field.show_hidden_initial = True  # it is in no revision that could tell of a conflict
        if field and isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 14 if name in self.model.prose else 4
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", RecordSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", RecordSelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("languages"))
    def in_languages(self, record: Record) -> str:
        here = ((own_name(code), code) for code in record.languages)
        return format_html_join(" ", '<abbr title="{}">{}</abbr>', here)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_state_of_draft(super().get_queryset(request))

    @admin.display(description=_("state"))
    def stands(self, record: Record) -> str:
        """What readers see, and whether something newer waits: whose, and since when."""
        live = _("public, version %(number)s") % {"number": record.version}
        said = live if record.state == State.PUBLISHED else record.get_state_display()
        if not record.has_draft:
            return said
        day = date_format(localtime(record.draft_saved), "SHORT_DATE_FORMAT")
        who = f"{record.draft_author}, {day}" if record.draft_author else day
        return f"{said} + {_('draft')} ({who})"

    @admin.display(description=_("address"))
    def public_address(self, record: Record) -> str:
        if not record.is_readable:
            return _("not public yet")
        return format_html('<a href="{0}">{0}</a>', record.permanent)

    @admin.display(description=_("used where"))
    def used_where(self, record: Record) -> str:
        users = [(form_address(user), user._meta.verbose_name, user) for user in used_where(record)]
        if not users:
            return _("nowhere")
        return format_html(
            "<ul>{}</ul>", format_html_join("", '<li><a href="{}">{} · {}</a></li>', users)
        )

    def view_on_site(self, record: Record) -> str | None:
        return record.permanent if record.is_readable else None

    # --- who may do what -----------------------------------------------------------------------

    def has_view_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        user = request.user
        return user.is_authenticated and user.has_a_role

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.sets_facts

    def has_change_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        user = request.user
        return user.is_authenticated and user.is_editor and not (obj and obj.is_closed)

    def has_delete_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        """What was published is withdrawn, never deleted."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Record | None = None) -> list[str]:
        """Who translates sees every language and writes in those of the account alone."""
        texts = language_columns(self.model)
        mine = request.user.written_languages
        others = [name for name, (_name, code) in texts.items() if code not in mine]
        facts = [f.name for f in content_fields(self.model) if f.name not in texts and f.editable]
        facts += [field.name for field in set_fields(self.model)] + ["review_by"]
        locked = [] if request.user.sets_facts else facts
        return [*(self.readonly_fields if obj else ()), *others, *locked]

    # --- what is done --------------------------------------------------------------------------

    def get_object(self, request: HttpRequest, object_id: str, from_field=None) -> Record | None:
        """The form shows the newest draft; the row stays what the public sees."""
        record = super().get_object(request, object_id, from_field)
        is_form = request.resolver_match.url_name == self._name("change")
        return with_draft(record) if record and is_form else record

    def changeform_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """When somebody else was faster, or in the way, the form is asked again and says so."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (IntegrityError, OperationalError) as fault:
            if request.FILES:  # the first attempt has spent the upload; the browser still has it
                raise OperationalError(str(fault)) from fault
            return super().changeform_view(request, *args, **kwargs)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["standing"] = RecordStanding(obj) if obj else None
        context["previews"] = self.previews(obj)
        context["discard_address"] = (
            reverse(self._route("discard"), args=[obj.pk])
            if obj and obj.version and context["standing"].draft and request.user.sets_facts
            else ""
        )
        context["withdraw_address"] = (
            reverse(self._route("withdraw"), args=[obj.pk])
            if obj and obj.is_readable and request.user.sets_facts
            else ""
        )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request: HttpRequest, obj: Record, form: RecordForm, change: bool) -> None:
        kept = save_draft(obj, request.user)
        reminded = "review_by" in form.changed_data
        if reminded:  # for staff alone, and no part of any version
            self.model.objects.filter(pk=obj.pk).update(review_by=obj.review_by)
        request.nothing_new = not (kept or reminded)

    def log_change(self, request: HttpRequest, obj: Record, message) -> LogEntry | None:
        """The history tells what was saved, and nothing else."""
        return None if request.nothing_new else super().log_change(request, obj, message)

    def message_user(self, request: HttpRequest, message, level=messages.INFO, **kwargs) -> None:
        nothing_new = getattr(request, "nothing_new", None)
        if nothing_new is not None and level in (messages.INFO, messages.SUCCESS):
            message = _("Nothing was changed.") if nothing_new else KEPT
        super().message_user(request, message, level, **kwargs)

    def save_related(self, request, form, formsets, change) -> None:
        """Sets went into the draft with the rest."""


def _keys_to_records(model: type[Record]) -> list[str]:
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return [f.name for f in fields if f.is_relation and issubclass(f.related_model, Record)]


def _searched(model: type[Record]) -> list[str]:
    """Its texts in every language; for what has no page, also the names that it hangs on."""
    searched = [column for name in translated_names(model) for column in columns(name)]
    if not issubclass(model, PageRecord):
        keys = [field for field in model._meta.fields if field.is_relation]
        titles = [(key.name, column) for key in keys for column in columns("title")]
        searched += [f"{key}__{column}" for key, column in titles]
    return searched


def _choices(model: type[Record]) -> list[str]:
    """The kind's own vocabulary: what its list can be filtered by."""
    return [f.name for f in content_fields(model) if f.choices and f.name not in COMMON]
