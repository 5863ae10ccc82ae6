"""Signing in with a second factor: a passkey, an app for codes, a recovery code, and a window of its own."""

import pytest
from django.test import override_settings
from playwright.sync_api import expect

from tests.support.signing import App, with_app

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (1280, 390, 320)


@pytest.fixture
def site(live_server):
    """A passkey is of a name, and of no address."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def authenticator(page):
    """A device that makes and keeps passkeys, which its owner always allows."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "hasResidentKey": True,
        "automaticPresenceSimulation": True,
    }
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield cdp, made["authenticatorId"]
    cdp.detach()


def sign_in(page, site, person, query=""):
    page.goto(f"{site}/desk/login/{query}")
    page.fill("[name=username]", person.username)
    page.fill("[name=password]", person.username * 2)
    page.get_by_role("button", name="Sign in").click()


def sign_out(page):
    page.get_by_role("button", name="Sign out").click()


def is_sound(page, axe, refused):
    """Nothing of it is wrong for axe, wider than the screen, or refused by the policy."""
    assert refused == []
    assert axe(page) == []
    # Axe itself tries styles that the policy refuses.
    refused.clear()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture
def refused(page):
    """What the browser refused to load or run, or a script stumbled over."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@override_settings(SECOND_FACTOR=True)
def test_a_passkey_is_made_at_the_first_sign_in_and_used_at_the_next(
    page, site, editor, authenticator, axe, refused
):
    sign_in(page, site, editor, "?next=/desk/events/event/")
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    is_sound(page, axe, refused)
    page.get_by_role("link", name="Add a passkey").click()
    is_sound(page, axe, refused)
    page.fill("[name=name]", "My notebook")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.locator(".codes li")).to_have_count(10)
    is_sound(page, axe, refused)
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(f"{site}/desk/events/event/")
    page.goto(f"{site}/desk/account/")
    expect(page.locator(".ways").first).to_contain_text("My notebook")
    is_sound(page, axe, refused)

    sign_out(page)
    sign_in(page, site, editor)
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
    is_sound(page, axe, refused)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{site}/desk/")
    assert refused == []

    sign_out(page)
    page.goto(f"{site}/desk/login/?next=/desk/events/event/")
    is_sound(page, axe, refused)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{site}/desk/events/event/")
    page.goto(f"{site}/desk/account/")
    expect(page.locator(".ways").first).to_contain_text("signs you in without the password")
    assert refused == []


def test_control_somebody_elses_device_lets_nobody_in(page, site, editor, authenticator):
    cdp, device = authenticator
    sign_in(page, site, editor)
    page.goto(f"{site}/desk/account/passkey/")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.locator(".codes li")).to_have_count(10)
    sign_out(page)
    cdp.send("WebAuthn.clearCredentials", {"authenticatorId": device})

    sign_in(page, site, editor)
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("Nothing came of it")
    page.goto(f"{site}/desk/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_passkey_lets_nobody_in_alone_that_asked_for_no_finger_or_pin(page, site, editor, authenticator):
    cdp, device = authenticator
    sign_in(page, site, editor)
    page.goto(f"{site}/desk/account/passkey/")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.locator(".codes li")).to_have_count(10)
    sign_out(page)
    # Whoever stole the device knows the password of somebody, and has what that one's browser is told.
    page.goto(f"{site}/desk/login/")
    page.evaluate(
        """() => {
            const asked = navigator.credentials.get.bind(navigator.credentials);
            const easily = (publicKey) => ({ publicKey: { ...publicKey, userVerification: "discouraged" } });
            navigator.credentials.get = ({ publicKey }) => asked(easily(publicKey));
        }"""
    )
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("lets nobody in by itself")
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    editor.is_active = False
    editor.save()
    page.goto(f"{site}/desk/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("lets nobody in by itself")
    page.goto(f"{site}/desk/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_app_is_set_up_and_a_recovery_code_is_the_way_back(page, site, editor, axe, refused):
    sign_in(page, site, editor)
    page.goto(f"{site}/desk/account/")
    page.get_by_role("link", name="Add an app for codes").click()
    page.get_by_text("Or type the key").click()
    is_sound(page, axe, refused)
    app = App(page.inner_text(".secret").replace(" ", ""))
    page.fill("[name=code]", app.at(-1))
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".codes code")).to_have_count(10)
    codes = page.locator(".codes code").all_inner_texts()
    sign_out(page)

    sign_in(page, site, editor)
    page.fill("[name=code]", app.at(0))
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(f"{site}/desk/")
    sign_out(page)

    sign_in(page, site, editor)
    page.fill("[name=code]", codes[4])
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(f"{site}/desk/")
    page.goto(f"{site}/desk/account/")
    expect(page.locator(".ways").first).to_contain_text("9 of 10 left")
    page.get_by_role("link", name="Remove the app for codes").click()
    is_sound(page, axe, refused)
    page.fill("[name=code]", codes[5])
    page.get_by_role("button", name="It is me").click()
    is_sound(page, axe, refused)
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator(".messagelist")).to_contain_text("It is removed")
    assert refused == []


def test_it_works_without_a_script_except_for_passkeys(chromium, site, editor):
    app = with_app(editor)
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    sign_in(tab, site, editor)
    tab.fill("[name=code]", app.at(0))
    tab.get_by_role("button", name="Go on").click()
    expect(tab).to_have_url(f"{site}/desk/")
    tab.goto(f"{site}/desk/account/passkey/")
    tab.fill("[name=password]", "editoreditor")
    tab.get_by_role("button", name="It is me").click()
    expect(tab.locator("noscript .errornote")).to_contain_text("A passkey needs JavaScript")
    expect(tab.get_by_role("button", name="Make the passkey")).to_have_count(0)
    context.close()


def test_a_window_of_its_own_tells_the_page_that_opened_it_and_closes(page, site, editor):
    app = with_app(editor)
    sign_in(page, site, editor)
    page.fill("[name=code]", app.at(0))
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(f"{site}/desk/")
    page.context.clear_cookies()
    page.evaluate(
        """() => {
            window.told = [];
            window.addEventListener('message', (event) => window.told.push([event.origin, event.data]));
        }"""
    )
    with page.expect_popup() as opened:
        page.evaluate("window.open('/desk/login/?window=1', 'signing-in', 'width=480,height=640')")
    tab = opened.value
    tab.fill("[name=username]", "editor")
    tab.fill("[name=password]", "editoreditor")
    tab.get_by_role("button", name="Sign in").click()
    tab.fill("[name=code]", app.at(1))
    with tab.expect_event("close"):
        tab.get_by_role("button", name="Go on").click()

    assert page.evaluate("window.told") == [[site, {"chronicle": "signed in"}]]
    told = page.evaluate("fetch('/desk/csrf/').then((answer) => answer.json())")
    assert (told["signed_in"], told["who"]) == (True, "editor")
    status = page.evaluate(
        """(token) => fetch('/desk/account/', {
            method: 'POST', body: new URLSearchParams({csrfmiddlewaretoken: token, session: 'others'})
        }).then((answer) => answer.status)""",
        told["token"],
    )
    assert status == 200
