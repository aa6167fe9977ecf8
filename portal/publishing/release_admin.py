"""The desk of releases: what each changes, who vouches for what, and the acts."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from portal.languages.names import own_name
from portal.languages.texts import codes, columns
from portal.publishing import review
from portal.publishing.faults import Fault, PublicationRefused
from portal.publishing.models import Act, Release
from portal.publishing.review import Refused
from portal.publishing.standing import Standing

CHOSEN_ACTS = (Act.PUBLICATION, Act.CORRECTION)  # the others have acts of their own


class NoteForm(forms.ModelForm):
    """What readers are told, a language each."""

    class Meta:
        model = Release
        fields = ["act", "major", *columns("note")]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [(act.value, act.label) for act in CHOSEN_ACTS]
        for code, name in zip(codes(), columns("note"), strict=True):
            self.fields[name].label = f"{_('Note for readers')} ({own_name(code)})"
            self.fields[name].required = False
            self.fields[name].widget.attrs |= {"lang": code, "size": 80}


@admin.register(Release)
class ReleaseAdmin(admin.ModelAdmin):
    """Releases are made by submitting a draft, and never deleted."""

    list_display = ("__str__", "stage", "submitted_by", "submitted")
    list_filter = ("stage",)
    list_select_related = ("submitted_by",)
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        user = request.user
        return user.is_authenticated and (user.is_editor or user.is_approver)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        return False

    def change_view(self, request: HttpRequest, object_id: str, *args, **kwargs) -> HttpResponse:
        release = get_object_or_404(Release, pk=object_id)
        faults: list[Fault] = []
        if request.method == "POST":
            try:
                self._perform(request, release)
                return HttpResponseRedirect(request.path)
            except Refused as refused:
                messages.error(request, str(refused))
            except PublicationRefused as refused:
                faults = refused.faults
            release.refresh_from_db()
        return self._page(request, release, faults)

    def _perform(self, request: HttpRequest, release: Release) -> None:
        asked, by = request.POST, request.user
        match asked.get("do"):
            case "approve":
                review.approve(release, by, asked.get("record", ""), asked.get("part", ""))
            case "reject":
                review.reject(release, by, asked.get("remark", ""))
            case "take_back":
                review.take_back(release, by)
            case "renew":
                review.renew(release, by)
            case "note":
                review.annotate(release, by, NoteForm(asked, instance=release))
            case "publish":
                review.publish_release(release, by)
                messages.success(request, _("Published."))

    def _page(self, request: HttpRequest, release: Release, faults: list[Fault]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": str(release),
            "opts": self.opts,
            "release": release,
            "standing": Standing(release, request.user),
            "notes": NoteForm(instance=release),
            "faults": faults,
        }
        return TemplateResponse(request, "admin/release.html", context)
