"""The desk as a browser uses it."""

from django.urls import reverse


def address(model, action: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=args)


def posted(staff, record, **changes) -> dict:
    """What a browser sends for an unchanged form, with these changes."""
    form = staff.get(address(type(record), "change", record.pk)).context["adminform"].form
    data = {}
    for name in form.fields:
        value = form.initial.get(name)
        if isinstance(value, list):
            data[name] = [str(item.pk) for item in value]
        elif value is not None and value is not False and value != "":
            data[name] = str(value)
    hidden = {
        f"initial-{n}": data.get(n, "") for n, f in form.fields.items() if f.show_hidden_initial
    }
    return data | hidden | changes
