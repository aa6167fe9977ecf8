"""The desk of releases: what each changes, who vouches for what, and the acts."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.utils import from_current_timezone
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from portal.languages.texts import codes, in_language
from portal.publishing import going_public, review
from portal.publishing.drafts import outside_review
from portal.publishing.faults import Fault, PublicationRefused
from portal.publishing.models import Release, Stage
from portal.publishing.naming import named
from portal.publishing.note_form import NoteForm, holds_note
from portal.publishing.sharing import share, stop_sharing
from portal.publishing.standing import Standing, form_address
from portal.publishing.turns import Refused, closed

UNSCHEDULED = _(
    "The release was changed, so it waits for its time no longer. Once every part is approved, "
    "schedule it again."
)
SHARED = _("Anyone with this link sees the drafts for seven days:")
NOTED = _("The note is saved.")
DONE = {
    "approve": _("Approved."),
    "reject": _("Sent back."),
    "take_back": _("Taken back. The drafts stay."),
    "renew": _("The newer drafts are taken in."),
    "include": _("Taken in."),
    "leave_out": _("Left out. The draft stays."),
    "publish": _("Published."),
    "urgent": _("Published, unreviewed."),
    "schedule": _("Scheduled."),
    "stop_sharing": _("The link works no longer."),
    "undo": _("The text from before is proposed. It has to be approved like any other."),
}


@admin.register(Release)
class ReleaseAdmin(admin.ModelAdmin):
    """Releases are made by submitting a draft, and never deleted."""

    list_display = ("__str__", "act", "stage", "submitted_by", "submitted")
    list_filter = ("stage",)
    list_select_related = ("submitted_by",)
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        user = request.user
        return user.is_authenticated and user.has_a_role

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
        if request.method == "POST":
            return self._posted(request, release)
        return self._page(request, release, NoteForm(instance=release))

    def _posted(self, request: HttpRequest, release: Release) -> HttpResponse:
        """Keep what was noted, then do what was asked; what was refused is told on the page."""
        note, faults = NoteForm(instance=release), []
        if holds_note(request.POST):
            note = NoteForm(request.POST, instance=Release.objects.get(pk=release.pk))
        try:
            self._keep(request, release, note)
        except Refused as refused:
            messages.error(request, str(refused))
            return self._page(request, release, note)
        try:
            return self._done(request, release)
        except Refused as refused:
            messages.error(request, str(refused))
        except PublicationRefused as refused:
            messages.error(request, _("Nothing was published. Put right what stands below."))
            faults = refused.faults
        self._tell_of_lost_time(request, release)
        read = Release.objects.get(pk=release.pk)
        return self._page(request, read, NoteForm(instance=read), faults)

    def _keep(self, request: HttpRequest, release: Release, note: NoteForm) -> None:
        """Raises Refused while a note waits to be put right, and where it comes too late."""
        if not note.is_bound:
            return
        if not release.is_open:
            raise Refused(closed(release))
        if not note.is_valid():
            raise Refused(_("Nothing was done. Look at the note for readers."))
        if note.has_changed():
            by = request.user
            review.annotate(release, by, lambda read: NoteForm(request.POST, instance=read))
            messages.success(request, NOTED)

    def _done(self, request: HttpRequest, release: Release) -> HttpResponse:
        act, *what = request.POST.get("do", "").split(":")
        shown = self._perform(request, release, act, what)
        if act in DONE:
            messages.success(request, DONE[act])
        self._tell_of_lost_time(request, release)
        place = f"#record-{what[0]}" if act == "approve" else ""
        return HttpResponseRedirect(form_address(shown) + place)

    def _tell_of_lost_time(self, request: HttpRequest, before: Release) -> None:
        """What was changed has to be approved first, so nothing goes out by itself."""
        read = Release.objects.get(pk=before.pk)
        if before.stage == Stage.SCHEDULED and read.stage == Stage.REVIEW:
            messages.warning(request, UNSCHEDULED)

    def _perform(
        self, request: HttpRequest, release: Release, act: str, what: list[str]
    ) -> Release:
        """Returns the release to look at next."""
        asked, by = request.POST, request.user
        match act, *what:
            case "approve", record, part, digest:
                review.approve(release, by, record, part, digest)
            case ("reject",):
                review.reject(release, by, asked.get("remark", ""))
            case ("take_back",):
                review.take_back(release, by)
            case ("renew",):
                review.renew(release, by)
            case ("include",):
                review.include(release, by, record_named(asked.get("record", "")))
            case "leave_out", record:
                review.leave_out(release, by, record_named(record))
            case ("publish",):
                going_public.publish_release(release, by)
            case ("urgent",):
                going_public.publish_urgently(release, by, asked.get("reason", ""))
            case ("schedule",):
                going_public.schedule(release, by, time_in_brussels(asked.get("due", "")))
            case ("share",):
                address = reverse("preview-of-release", args=[share(release, by)])
                link = request.build_absolute_uri(address)
                messages.info(request, format_html('{} <a href="{}">{}</a>', SHARED, link, link))
            case ("stop_sharing",):
                stop_sharing(release, by)
            case ("undo",):
                return going_public.undo(release, by)
            case ("note",):
                pass  # it is kept with every act
            case _:
                raise Refused(_("This page has changed. Open it again."))
        return release

    def _page(
        self,
        request: HttpRequest,
        release: Release,
        note: NoteForm,
        refused: Sequence[Fault] = (),
    ) -> HttpResponse:
        by, standing = request.user, Standing(release, request.user)
        may_change = release.is_open and release.is_of_drafts and by.is_editor
        others = outside_review() if may_change else []
        typed = request.POST
        context = {
            **self.admin_site.each_context(request),
            "title": release.title,
            "opts": self.opts,
            "release": release,
            "stage": Stage(release.stage).label,
            "standing": standing,
            "notes": note,
            "told": [(code, in_language(release, "note", code)) for code in codes()],
            "drafts_may_change": may_change,
            "drafts": [(each, each._meta.verbose_name) for each in others],
            "faults": [(form_address(fault.record), fault) for fault in refused or standing.faults],
            "remarks": [(form_address(each.record), each) for each in standing.remarks],
            "objections": going_public.objections(release, standing) if release.is_open else [],
            "due": typed.get("due") or _in_a_box(release.due),
            "reason": typed.get("reason", ""),
            "remark": typed.get("remark", ""),
            "may_reject": by.is_approver,
            "may_take_back": by.is_superuser or release.submitted_by_id in by.answers_for,
        }
        return TemplateResponse(request, "admin/release.html", context)


def _in_a_box(time: datetime | None) -> str:
    return f"{localtime(time):%Y-%m-%dT%H:%M}" if time else ""


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
    try:
        local = datetime.strptime(typed, "%Y-%m-%dT%H:%M")
    except ValueError as error:
        raise Refused(_("Give a day and an hour.")) from error
    try:
        return from_current_timezone(local)
    except ValidationError as error:
        raise Refused(
            _("The clocks in Brussels skip this hour, or show it twice. Choose another.")
        ) from error
