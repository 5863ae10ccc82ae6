"""The words that renditions carry: credit, rights and digital source type, as IPTC has them in XMP. Pure."""

import re
from xml.sax.saxutils import escape

from media.limits import SUGGESTED

SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
"""Before each code of IPTC's list, such as digitalCapture or trainedAlgorithmicMedia."""

NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CODE = re.compile(r"[A-Za-z]{1,60}")

PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">{}</rdf:Description></rdf:RDF></x:xmpmeta>'
    '<?xpacket end="r"?>'
)
CREDIT = "<photoshop:Credit>{}</photoshop:Credit>"
RIGHTS = '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:rights>'
SOURCE_TYPE = "<Iptc4xmpExt:DigitalSourceType>{}</Iptc4xmpExt:DigitalSourceType>"


def packet(*, credit: str = "", rights: str = "", source_type: str = "") -> bytes:
    """An XMP packet; empty where nothing is said. ``source_type`` is a code of IPTC's, without its address.

    Raises ``ValueError`` for what can be no such code.
    """
    if source_type and not CODE.fullmatch(source_type):
        raise ValueError("This is no code of a digital source type.")
    said = [
        form.format(escape(NOT_XML.sub("", words)[:SUGGESTED]))
        for form, words in (
            (CREDIT, credit),
            (RIGHTS, rights),
            (SOURCE_TYPE, SOURCE_TYPES + source_type if source_type else ""),
        )
        if words
    ]
    return PACKET.format("".join(said)).encode() if said else b""
