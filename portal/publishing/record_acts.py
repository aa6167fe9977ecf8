"""What can be done with a record beside saving it: each act is a button of its form."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from portal.languages.names import own_name
from portal.languages.texts import codes, language_columns
from portal.publishing.content import content_of, lay
from portal.publishing.drafts import discard, draft_of, newest, restore, with_draft
from portal.publishing.history import one_at_a_time
from portal.publishing.models import Item, Release, Revision
from portal.publishing.past import steps_of
from portal.publishing.review import propose_restoration, propose_withdrawal, submit
from portal.publishing.standing import form_address
from portal.publishing.turns import Refused
from portal.records import prose
from portal.records.models import Record

DISCARDED = _("The form shows what is public again; the draft stays in the history.")
RESTORED = _("The older text is the draft. Readers see it once it is approved and published.")


class RecordActs(admin.ModelAdmin):
    """Preview, history, submitting, withdrawing, discarding, taking up an older text."""

    def get_urls(self) -> list:
        acts = {
            "<path:object_id>/discard/": ("discard", self.discard),
            "<path:object_id>/withdraw/": ("withdraw", self.withdraw),
            "<path:object_id>/restore/<int:number>/": ("restore", self.restore),
            "preview/": ("preview", self.preview),
        }
        own = [
            path(where, self.admin_site.admin_view(require_POST(act)), name=self._name(name))
            for where, (name, act) in acts.items()
        ]
        step = self.admin_site.admin_view(self.step)
        return [
            *own,
            path("<path:object_id>/history/<int:number>/", step, name=self._name("step")),
            *super().get_urls(),
        ]

    def _name(self, action: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{action}"

    def _route(self, action: str) -> str:
        return f"admin:{self._name(action)}"

    # --- looking -------------------------------------------------------------------------------

    def preview(self, request: HttpRequest) -> HttpResponse:
        """A prose as readers will see it."""
        text, lang = request.POST.get("text", ""), request.POST.get("lang", "")
        return HttpResponse(prose.render(text, lang))

    def previews(self, record: Record | None) -> list[tuple[str, str, str]]:
        """Where what is typed is shown as a page: address, name and code of each language."""
        if record and record.is_removed:
            return []
        route = "preview-at-the-desk" if record else "preview-of-new"
        which = [self.model.kind(), *([record.pk] if record else [])]
        return [(reverse(route, args=[code, *which]), own_name(code), code) for code in codes()]

    def as_typed(self, request: HttpRequest, object_id: str | None) -> tuple[Record, list[str]]:
        """The record as the form says it, without saving, and what of that cannot be stored.

        Asked without a form, its newest draft. The form of one ``language`` says nothing of the
        rest. Locks the row: belongs into a transaction.
        """
        if object_id is None and not self.has_add_permission(request):
            raise PermissionDenied
        record = with_draft(self._found(request, object_id)) if object_id else self.model()
        if record.is_removed:
            raise Http404
        if request.method != "POST":
            return record, []
        said = content_of(record)
        kind_of_form = self.get_form(request, record if object_id else None, change=bool(object_id))
        form = kind_of_form(request.POST, request.FILES, instance=record)
        form.is_valid()
        here = _columns_in(self.model, request.GET.get("language"))
        wrong = form.errors.keys() & form.fields.keys() & here
        typed = content_of(form.instance)
        said |= {name: typed[name] for name in typed.keys() & here - wrong}
        told = [f"{form[name].label}: {' '.join(form.errors[name])}" for name in sorted(wrong)]
        return lay(said, form.instance), told

    def history_view(self, request: HttpRequest, object_id: str, extra_context=None):
        """Every revision, newest first: who saved it, what it changed, whether it became public."""
        record = self._found(request, object_id)
        return self._past_page(request, record, "history", steps=steps_of(record)[::-1])

    def step(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """What one revision changed, word by word, and the way back to it."""
        record = self._found(request, object_id)
        step = next((each for each in steps_of(record) if each.number == number), None)
        if step is None:
            raise Http404
        restore_address = reverse(self._route("restore"), args=[record.pk, number])
        return self._past_page(request, record, "step", step=step, restore_address=restore_address)

    def _past_page(self, request: HttpRequest, record: Record, page: str, **context):
        return TemplateResponse(
            request,
            f"admin/record_{page}.html",
            {
                **self.admin_site.each_context(request),
                "title": str(record),
                "opts": self.opts,
                "record": record,
                "form_address": form_address(record),
                "may_restore": self._may_go_back(request, record),
                **context,
            },
        )

    def _changeform_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Submitting asks for the log, which is locked before any row."""
        if request.method == "POST" and "_submit" in request.POST:
            one_at_a_time()
        return super()._changeform_view(request, *args, **kwargs)

    # --- changing ------------------------------------------------------------------------------

    def response_add(self, request: HttpRequest, obj: Record, post_url_continue=None):
        return self._submitted(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request: HttpRequest, obj: Record) -> HttpResponse:
        return self._submitted(request, obj) or super().response_change(request, obj)

    def _submitted(self, request: HttpRequest, record: Record) -> HttpResponse | None:
        if "_submit" not in request.POST:
            return None
        waiting = Item.objects.filter(record_uuid=record.pk, is_open=True).first()
        if waiting and waiting.revision == newest(record.pk):  # as after a double click
            return HttpResponseRedirect(form_address(waiting.release))
        return self._proposed(request, record, lambda: submit([record.pk], request.user))

    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Propose that a public record is withdrawn, or that a withdrawn one comes back."""
        record = self._found(request, object_id)
        propose = propose_restoration if record.is_withdrawn else propose_withdrawal
        return self._proposed(request, record, lambda: propose(record, request.user, {}))

    def discard(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Go back to the public text; what was drafted stays among the revisions."""
        record = self._to_go_back(request, object_id)
        return self._gone_back(request, record, DISCARDED, lambda: discard(record.pk, request.user))

    def restore(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """Take up an older text as the newest draft; the one it replaces stays in the history."""
        record = self._to_go_back(request, object_id)
        older = get_object_or_404(Revision, record=record.pk, number=number)
        return self._gone_back(request, record, RESTORED, lambda: restore(older, request.user))

    def _gone_back(
        self, request: HttpRequest, record: Record, done: str, go: Callable[[], Revision | None]
    ) -> HttpResponse:
        try:
            if go():
                messages.info(request, done if draft_of(record.pk) else DISCARDED)
        except Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(form_address(record))

    def _proposed(
        self, request: HttpRequest, record: Record, propose: Callable[[], Release]
    ) -> HttpResponse:
        try:
            release = propose()
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(form_address(record))
        return HttpResponseRedirect(form_address(release))

    def _found(self, request: HttpRequest, object_id: str) -> Record:
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return record

    def _to_go_back(self, request: HttpRequest, object_id: str) -> Record:
        record = self._found(request, object_id)
        if not self._may_go_back(request, record):
            raise PermissionDenied
        return record

    def _may_go_back(self, request: HttpRequest, record: Record) -> bool:
        """An older text is all of it, facts included."""
        return self.has_change_permission(request, record) and request.user.sets_facts


def _columns_in(kind: type[Record], code: str | None) -> set[str]:
    """What a form of one language says, or that of all."""
    texts = language_columns(kind)
    if code:
        return {name for name, (_name, its) in texts.items() if its == code}
    return {field.name for field in kind._meta.get_fields()}
