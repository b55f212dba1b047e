"""Addresses of tables, and of what came on paper."""

from django.urls import path

from planning.views import tables

HERE = "planning/<int:pk>/workshops/<int:workshop>/tables"
PHONES = "workshops/<int:pk>/tables"

urlpatterns = [
    path(f"{HERE}/", tables.workshop_tables, name="workshop_tables"),
    path(f"{HERE}/lay/", tables.lay_tables, name="lay_tables"),
    path(f"{HERE}/on-the-sheet/", tables.put_tables_on_sheet, name="put_tables_on_sheet"),
    path(f"{HERE}/domains/<int:number>/", tables.table_domain, name="table_domain"),
    path(f"{HERE}/<int:table>/", tables.change_table, name="change_table"),
    path(f"{HERE}/<int:table>/paper/", tables.table_paper, name="table_paper"),
    path(f"{PHONES}/", tables.phone_table, name="phone_table"),
    path(f"{PHONES}/<int:table>/", tables.phone_table_domains, name="phone_table_domains"),
    path(
        f"{PHONES}/<int:table>/<int:number>/", tables.phone_table_domain, name="phone_table_domain"
    ),
]
