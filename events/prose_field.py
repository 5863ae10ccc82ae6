from django_prose_editor.fields import ProseEditorField

from chronicle import prose

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https"]},
}


class ProseField(ProseEditorField):
    """An editor's text: the editor in the desk, and cleaned at each save whoever saves it.

    In migrations it is a plain TextField.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, extensions=EXTENSIONS, sanitize=prose.clean, **kwargs)

    def pre_save(self, instance, add):
        cleaned = prose.clean(super().pre_save(instance, add))
        setattr(instance, self.attname, cleaned)
        return cleaned
