"""Files that somebody drags to a page of the desk, or pastes there."""

import base64

from playwright.sync_api import Page

HAPPENS = """([where, kind, files]) => {
    const data = new DataTransfer();
    for (const [name, type, content] of files) {
        const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
    }
    const event = kind === "paste"
        ? new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true })
        : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
    document.querySelector(where).dispatchEvent(event);
}"""

File = list[str]


def sent(name: str, content: bytes, kind: str = "image/jpeg") -> File:
    """A file of that name, whose sender says that it is of that ``kind``."""
    return [name, kind, base64.b64encode(content).decode()]


def drop(page: Page, where: str, files: list[File]) -> None:
    """Drag ``files`` to what the selector ``where`` names."""
    page.evaluate(HAPPENS, [where, "drop", files])


def paste(page: Page, file: File) -> None:
    page.evaluate(HAPPENS, ["body", "paste", [file]])
