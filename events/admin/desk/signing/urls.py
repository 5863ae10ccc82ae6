"""Under which address of the desk each page of signing in lies, and to whom it opens."""

from typing import Any

from django.urls import path

from events.admin.desk.signing import account, enrolling, entering


def urls(site: Any) -> list[Any]:
    """The pages before one is signed in, and those of who is, for which no second factor is needed yet."""

    def before(page: Any) -> Any:
        def view(request: Any) -> Any:
            return page(request, site)

        return site.open_to_anybody(view)

    def after(page: Any) -> Any:
        def view(request: Any) -> Any:
            return page(request, site)

        return site.account_view(view)

    return [
        path("second-factor/", before(entering.second_factor), name="second_factor"),
        path("passkey-options/", before(entering.passkey_options), name="passkey_options"),
        path("csrf/", before(entering.csrf), name="csrf"),
        path("signed-in/", after(entering.signed_in), name="signed_in"),
        path("account/", after(account.page), name="account"),
        path("account/confirm/", after(account.confirm), name="account_confirm"),
        path("account/app/", after(enrolling.app), name="account_app"),
        path("account/passkey/", after(enrolling.passkey), name="account_passkey"),
        path("account/recovery-codes/", after(enrolling.codes), name="account_codes"),
        path("account/remove/", after(enrolling.remove), name="account_remove"),
    ]
