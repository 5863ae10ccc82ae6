"""How words stand out from what is behind them, in each state that a page may be in, by computed colours.

A state is forced on all that can be pressed and on the rows it stands in, as by a pointer that is everywhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import CDPSession, Page

ENOUGH = 4.5
"""By WCAG 2.2 AA, for words of usual size."""
STATES: dict[str, list[str]] = {
    "at rest": [],
    "under the pointer": ["hover"],
    "with the focus": ["focus", "focus-visible", "focus-within"],
    "pressed": ["hover", "focus", "active"],
}
PRESSED = "a, button, summary, input, select, textarea, label, tr, li, [role=option]"
DISABLING = """is => document.querySelectorAll("button, input, select, textarea").forEach((one) => {
  if (is && !one.disabled) one.dataset.enabled = "";
  if (is || "enabled" in one.dataset) one.disabled = is;
})"""

WORDS = """enough => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (css) => {
    if (!known.has(css)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(css, [r, g, b, a / 255]);
    }
    return known.get(css);
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((part, n) => part * a + under[n] * (1 - a));
  const light = (rgb) => rgb
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);
  const behind = (element) => {
    if (!element) return [255, 255, 255];
    const [r, g, b, a] = rgba(getComputedStyle(element).backgroundColor);
    return a === 1 ? [r, g, b] : over([r, g, b, a], behind(element.parentElement));
  };
  const opacity = (element) =>
    element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1;
  const ratio = (element, style) => {
    const ground = behind(element);
    const [r, g, b, a] = rgba(style.color);
    const both = [light(over([r, g, b, a * opacity(element)], ground)), light(ground)];
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
  };
  const typed = "input:not([type=checkbox], [type=radio], [type=hidden], [type=file]), select, textarea";
  const own = (element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
  const says = (element) => element.matches(typed)
    ? element.value || element.tagName
    : own(element).map((node) => node.data.trim()).join(" ").trim();
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && element.getClientRects().length && !element.closest(".visually-hidden, option, script, style");
  const faint = [];
  let total = 0;
  const look = (element, words, pseudo) => {
    total += 1;
    const found = ratio(element, getComputedStyle(element, pseudo));
    if (found < enough) {
      const name = [element.localName, ...element.classList].join(".") + (pseudo || "");
      const where = element.parentElement.className || element.parentElement.localName;
      faint.push(`${found.toFixed(2)} ${name} in ${where}: ${words.slice(0, 40)}`);
    }
  };
  for (const element of document.body.querySelectorAll("*")) {
    if (!seen(element)) continue;
    const words = says(element);
    if (words) look(element, words);
    if (element.placeholder) look(element, element.placeholder, "::placeholder");
    for (const pseudo of ["::before", "::after"]) {
      const told = getComputedStyle(element, pseudo).content;
      if (/^"[^"]*\\w[^"]*"$/.test(told)) look(element, told, pseudo);
    }
  }
  return { faint: [...new Set(faint)], total };
}"""


@contextmanager
def forced(session: CDPSession, classes: list[str]) -> Iterator[None]:
    """Everything that can be pressed is as if it were, by these pseudo-classes."""
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": PRESSED})["nodeIds"]
    for node in nodes if classes else []:
        session.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": classes})
    yield
    for node in nodes if classes else []:
        session.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": []})


def faint(page: Page, enough: float = ENOUGH) -> list[str]:
    """Each text of ``page`` that stands out by less than ``enough``, in light and in dark and in every state.

    The page must have no transitions, as where less motion is asked for.
    """
    session, found = page.context.new_cdp_session(page), []
    session.send("DOM.enable")
    session.send("CSS.enable")
    for state, classes in STATES.items():
        with forced(session, classes):
            found += in_both_schemes(page, state, enough)
    session.detach()
    page.evaluate(DISABLING, True)
    found += in_both_schemes(page, "disabled", enough)
    page.evaluate(DISABLING, False)
    page.emulate_media(color_scheme="no-preference")
    return found


def in_both_schemes(page: Page, state: str, enough: float) -> list[str]:
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        told = page.evaluate(WORDS, enough)
        assert told["total"], "The page says nothing that is seen."
        found += [f"{scheme}, {state}: {one}" for one in told["faint"]]
    return found
