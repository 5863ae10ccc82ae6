from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Desk"
    default = True


class DeskConfig(admin_apps.AdminConfig):
    default_site = "events.admin.site.Desk"
    default = False
