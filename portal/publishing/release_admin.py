"""The desk of releases: what each changes, who vouches for what, and the acts."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.languages.names import own_name
from portal.languages.texts import codes, columns
from portal.publishing import going_public, review
from portal.publishing.drafts import outside_review
from portal.publishing.faults import Fault, PublicationRefused
from portal.publishing.models import CHOSEN_ACTS, Act, Release, Stage
from portal.publishing.naming import named
from portal.publishing.sharing import share, stop_sharing
from portal.publishing.standing import Standing, form_address
from portal.publishing.turns import Refused

UNSCHEDULED = _(
    "The release was changed, so it waits for its time no longer. Once every part is approved, "
    "schedule it again."
)
SHARED = _("Anyone with this link sees the drafts for seven days:")


class NoteForm(forms.ModelForm):
    """What readers are told, a language each."""

    class Meta:
        model = Release
        fields = ["act", "major", *columns("note")]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [(act.value, act.label) for act in CHOSEN_ACTS]
        if not self.instance.is_of_drafts:
            del self.fields["act"]
        for code, name in zip(codes(), columns("note"), strict=True):
            self.fields[name].label = f"{_('Note for readers')} ({own_name(code)})"
            self.fields[name].required = False
            self.fields[name].widget.attrs |= {"lang": code, "size": 80}
        if self.instance.act == Act.WITHDRAWAL:
            self._ask_for_successor()

    def _ask_for_successor(self) -> None:
        del self.fields["major"]
        items = list(self.instance.items.all())
        gone = [item.record_uuid for item in items]
        kinds = {item.kind for item in items}
        records = [each for kind in kinds for each in kind.objects.published().exclude(pk__in=gone)]
        self.fields["successor"] = forms.ChoiceField(
            choices=[("", "–"), *((str(each.pk), str(each)) for each in records)],
            label=_("successor"),
            required=False,
            initial=str(self.instance.successor or ""),
        )

    def save(self, commit: bool = True) -> Release:
        self.instance.successor = self.cleaned_data.get("successor") or None
        return super().save(commit)


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

    def get_changelist_instance(self, request: HttpRequest):
        listed = super().get_changelist_instance(request)
        listed.result_list = named(listed.result_list)
        return listed

    def change_view(self, request: HttpRequest, object_id: str, *args, **kwargs) -> HttpResponse:
        release = self.get_object(request, object_id)
        if release is None:
            raise Http404
        if not self.has_view_permission(request, release):
            raise PermissionDenied
        faults: list[Fault] = []
        if request.method == "POST":
            try:
                shown = self._perform(request, release)
                self._tell_of_lost_time(request, release)
                return HttpResponseRedirect(_address(shown))
            except Refused as refused:
                messages.error(request, str(refused))
            except PublicationRefused as refused:
                faults = refused.faults
            release.refresh_from_db()
        return self._page(request, release, faults)

    def _tell_of_lost_time(self, request: HttpRequest, before: Release) -> None:
        """What was changed has to be approved first, so nothing goes out by itself."""
        read = Release.objects.get(pk=before.pk)
        if before.stage == Stage.SCHEDULED and read.stage == Stage.REVIEW:
            messages.warning(request, UNSCHEDULED)

    def _perform(self, request: HttpRequest, release: Release) -> Release:
        """Do what was asked; returns the release to look at next."""
        asked, by = request.POST, request.user
        match asked.get("do"):
            case "approve":
                what = [asked.get(name, "") for name in ("record", "part", "digest")]
                review.approve(release, by, *what)
            case "reject":
                review.reject(release, by, asked.get("remark", ""))
            case "take_back":
                review.take_back(release, by)
            case "renew":
                review.renew(release, by)
            case "include":
                review.include(release, by, record_named(asked.get("record", "")))
            case "leave_out":
                review.leave_out(release, by, record_named(asked.get("record", "")))
            case "note":
                review.annotate(release, by, lambda read: NoteForm(asked, instance=read))
            case "publish":
                going_public.publish_release(release, by)
                messages.success(request, _("Published."))
            case "urgent":
                going_public.publish_urgently(release, by, asked.get("reason", ""))
                messages.warning(request, _("Published, unreviewed."))
            case "schedule":
                going_public.schedule(release, by, time_in_brussels(asked.get("due", "")))
            case "share":
                address = reverse("preview-of-release", args=[share(release, by)])
                link = request.build_absolute_uri(address)
                messages.info(request, f"{SHARED} {link}")
            case "stop_sharing":
                stop_sharing(release, by)
            case "undo":
                return going_public.undo(release, by)
        return release

    def _page(self, request: HttpRequest, release: Release, faults: list[Fault]) -> HttpResponse:
        may_change = release.is_open and release.is_of_drafts and request.user.is_editor
        others = outside_review() if may_change else []
        context = {
            **self.admin_site.each_context(request),
            "title": str(release),
            "opts": self.opts,
            "release": release,
            "standing": Standing(release, request.user),
            "notes": NoteForm(instance=release),
            "drafts_may_change": may_change,
            "drafts": [(each, each._meta.verbose_name) for each in others],
            "faults": [(form_address(fault.record), fault) for fault in faults],
        }
        return TemplateResponse(request, "admin/release.html", context)


def _address(release: Release) -> str:
    return reverse("admin:publishing_release_change", args=[release.pk])


def record_named(typed: str) -> UUID:
    """Raises Refused for what names none."""
    try:
        return UUID(typed)
    except ValueError as error:
        raise Refused(_("Choose a record from the list.")) from error


def time_in_brussels(typed: str) -> datetime:
    """As the clocks in Brussels show it.

    Raises Refused for what is no time, and for one that they skip or show twice.
    """
    field = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M"])
    try:
        return field.clean(typed)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
