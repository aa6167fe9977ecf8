from django import template
from django.utils.safestring import SafeString

from portal.opendata import linked_data as data
from portal.records.models import PageRecord

register = template.Library()


@register.simple_tag
def linked_data(record: PageRecord | None = None) -> SafeString:
    return data.as_script(data.of_record(record) if record else data.of_site())
