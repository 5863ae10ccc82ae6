"""Words that read from the right do so at the desk, beside others that read from the left."""

from tests.support.browser import open_at, sign_in
from tests.support.factories import EventFactory

ARABIC = "قال الوزير: «نعم»، ثم غادر."
GAPS = """box => {
  const range = document.createRange();
  range.selectNodeContents(box);
  const text = range.getBoundingClientRect(), around = box.getBoundingClientRect();
  return text.left - around.left > around.right - text.right ? "right" : "left";
}"""


def test_each_reads_from_its_own_side(page, live_server, editor, story):
    arabic = EventFactory(headline=ARABIC, text=f"<p>{ARABIC}</p><p>In English.</p>")
    EventFactory(headline="A bridge is closed")
    sign_in(page, live_server, editor)
    open_at(page, live_server, "events/event/")

    cells = page.locator("#result_list th.field-headline").all()
    assert {cell.inner_text(): cell.evaluate(GAPS) for cell in cells} == {
        ARABIC: "right",
        "A bridge is closed": "left",
    }
    open_at(page, live_server, f"events/event/{arabic.pk}/change/")
    page.wait_for_selector(".ProseMirror")
    assert page.locator("[name=headline]").get_attribute("dir") == "auto"
    first, second = page.locator(".ProseMirror p").all()
    assert (first.evaluate(GAPS), second.evaluate(GAPS)) == ("right", "left")
