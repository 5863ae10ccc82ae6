"""How large that is which is pressed, and whether it is all within the screen: by computed boxes."""

from playwright.sync_api import Page

PHONE = 767
"""The widest screen that counts as a phone, in pixels."""
ON_A_PHONE, ELSEWHERE = 44, 32
"""How high, in pixels, whatever is pressed is at least; links inside sentences excepted."""

SMALL = """least => {
  const pressed = "a[href], button, summary, select, textarea, input:not([type=hidden]), [role=combobox]";
  const beyond = ".visually-hidden, .skip-to-content-link, .ProseMirror, .select2-search";
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && one.getClientRects().length && !one.closest(beyond);
  const inSentence = (one) => {
    if (getComputedStyle(one).display !== "inline") return false;
    const beside = [...one.parentElement.childNodes].filter((node) => !node.matches?.("a, button"));
    return /\\p{L}/u.test(beside.map((node) => node.textContent).join(""));
  };
  const height = (one) => {
    const isTicked = one.matches("[type=checkbox], [type=radio]");
    const box = isTicked ? one.closest("label") ?? one.parentElement : one;
    const drawn = getComputedStyle(one, "::before");
    const around = drawn.position === "absolute" ? parseFloat(drawn.height) || 0 : 0;
    return Math.max(box.getBoundingClientRect().height, one.getBoundingClientRect().height, around);
  };
  const all = [...document.querySelectorAll(pressed)].filter((one) => seen(one) && !inSentence(one));
  const small = all.filter((one) => Math.round(height(one)) < least).map((one) => {
    const name = [one.localName, ...one.classList].join(".");
    const where = one.parentElement.className || one.parentElement.localName;
    const words = (one.textContent || one.name).trim().slice(0, 40);
    return `${Math.round(height(one))} ${name} in ${where}: ${words}`;
  });
  return { small: [...new Set(small)], total: all.length };
}"""


def too_small(page: Page) -> list[str]:
    """Each thing of ``page`` that is pressed and lower than it should be at this width; how wide it is, if
    wider than that."""
    width = page.evaluate("innerWidth")
    told = page.evaluate(SMALL, ON_A_PHONE if width <= PHONE else ELSEWHERE)
    assert told["total"], "Nothing is pressed on this page."
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*told["small"], *([f"It is {wide} wide."] if wide > width else [])]
