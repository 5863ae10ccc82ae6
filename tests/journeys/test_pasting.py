"""What is pasted into a text from other programs: what a text can hold is kept, and what is left out is said.

The markup is ours, written in the manner of each program.
"""

import pytest
from playwright.sync_api import expect

from events.models import Event
from tests.support.browser import sign_in

PASTE = """(field, [html, text]) => {
  field.focus();
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  const how = { clipboardData: data, bubbles: true, cancelable: true };
  return field.dispatchEvent(new ClipboardEvent("paste", how));
}"""
ITEM = "<p class=MsoListParagraphCxSpFirst style='margin-left:{indent};mso-list:l0 level{level} lfo1'>"
ITEM += "<![if !supportLists]><span style='mso-list:Ignore'>{mark}<span>&nbsp;&nbsp; </span></span><![endif]>"
ITEM += "{words}<o:p></o:p></p>"


def item(words, mark="·", level=1):
    return ITEM.format(words=words, mark=mark, level=level, indent=f"{level}cm")


RENUMBERED = "Numbers of a list became 1, 2, 3."
CASES = {
    "a document on the web: bold by weight, within a bold that is none": (
        "<meta charset='utf-8'><b style='font-weight:normal' id='docs-internal-guid-1'><p dir='ltr'>"
        "<span style='font-weight:400'>Plain words then </span><span style='font-weight:700'>bold words"
        "</span><span style='font-weight:400;font-style:italic'> italic words</span></p></b>",
        "<p>Plain words then <strong>bold words</strong><em> italic words</em></p>",
        "",
    ),
    "Word: lists that are paragraphs, of two levels, and numbered": (
        "<div class=WordSection1><p class=MsoNormal>Seen:<o:p></o:p></p>"
        + item("One <b>boat</b>")
        + item("of wood", mark="o", level=2)
        + item("Two boats")
        + "<p class=MsoNormal>And then:</p>"
        + item("First", mark="1.")
        + item("Second", mark="2.")
        + "</div>",
        "<p>Seen:</p><ul><li><p>One <strong>boat</strong></p><ul><li><p>of wood</p></li></ul></li>"
        "<li><p>Two boats</p></li></ul><p>And then:</p><ol><li><p>First</p></li><li><p>Second</p></li></ol>",
        "",
    ),
    "a list that stands in a list and in no item of it": (
        "<ul><ul><li>One</li></ul><li>Two<ol><li>a</li></ol></li><ul><li>b</li><ul><li>c</li></ul></ul></ul>",
        "<ul><li><p>One</p></li><li><p>Two</p><ol><li><p>a</p></li></ol><ul><li><p>b</p><ul><li><p>c</p></li>"
        "</ul></li></ul></li></ul>",
        "",
    ),
    "Word on the web: each item in a list of its own": (
        "<div class='ListContainerWrapper'><ul class='Bullet1'><li><p><span>One</span></p></li></ul></div>"
        "<div class='ListContainerWrapper'><ul class='Bullet1'><li><p><span>Two</span></p></li></ul></div>",
        "<ul><li><p>One</p></li><li><p>Two</p></li></ul>",
        "",
    ),
    "numbers that stand high or low": (
        "<p>10<sup>6</sup> m<span style='vertical-align:super'>2</span>, H<sub>2</sub>O, the 1<sup>st</sup>, "
        "x<sup>2a</sup></p>",
        "<p>10⁶ m², H₂O, the 1st, x^(2a)</p>",
        "",
    ),
    "an office of one's own: struck words, a heading, a picture": (
        "<h2>The <i>flood</i></h2><p style='font:bold 9px x'>It rose <s>40</s><span style='text-decoration: "
        "line-through'> 50</span> 60 cm<img src='x.png'></p>",
        "<p>The <em>flood</em></p><p><strong>It rose 60 cm</strong></p>",
        "Left out: 1 picture, words that were struck out. Headings became paragraphs.",
    ),
    "a page: a table, links, scripts": (
        "<table><tr><th>Day</th><th>Level</th></tr>"
        "<tr><td>3 March</td><td><p>4.12 <b>m</b></p></td></tr></table>"
        "<p>See <a href='https://river.example/a?b=1&amp;c=2'>the <b>gauge</b></a> or "
        "<a href='javascript:x()'>this</a>.</p><script>alert(1)</script><style>p{}</style>",
        "<p><strong>Day</strong> | <strong>Level</strong></p><p>3 March | 4.12 <strong>m</strong></p>"
        '<p>See <a href="https://river.example/a?b=1&amp;c=2">the <strong>gauge</strong></a> or this.</p>',
        "Left out: 1 link that leads to no page. Rows of a table became lines, their cells parted by |.",
    ),
    "a document on the web: a list, whose items say their level, and a table": (
        "<b style='font-weight:normal' id='docs-internal-guid-2'><ul style='margin-top:0'>"
        "<li dir='ltr' style='list-style-type:disc' aria-level='1'><p dir='ltr' role='presentation'>"
        "<span style='font-weight:400'>One</span></p></li>"
        "<ul><li aria-level='2'><p role='presentation'><span style='font-style:italic'>below it</span></p>"
        "</li></ul>"
        "<li aria-level='1'><p role='presentation'><span>Two</span></p></li></ul>"
        "<div dir='ltr' align='left'><table><colgroup><col width='90'></colgroup><tbody><tr><td><p><span>3 "
        "March</span></p></td><td><p><span>4.12 m</span></p></td></tr></tbody></table></div></b><br>",
        "<ul><li><p>One</p><ul><li><p><em>below it</em></p></li></ul></li><li><p>Two</p></li></ul>"
        "<p>3 March | 4.12 m</p>",
        "Rows of a table became lines, their cells parted by |.",
    ),
    "Word: what was changed, a note and a comment": (
        "<p class=MsoNormal>It rose <del cite='mailto:a' datetime='2021-03-03T09:00'>40</del>"
        "<ins cite='mailto:a' datetime='2021-03-03T09:00'>60</ins> cm<a href='#_ftn1'><span "
        "class=MsoFootnoteReference><span style='mso-special-character:footnote'>[1]</span></span></a>"
        "<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[A1]</a></span>."
        "<o:p></o:p></p>"
        "<div style='mso-element:comment-list'><div style='mso-element:comment'>Check this.</div></div>",
        "<p>It rose 60 cm[1].</p>",
        "Left out: words that were struck out.",
    ),
    "a sheet of numbers": (
        "<google-sheets-html-origin><style><!--td{}--></style><table xmlns='http://www.w3.org/1999/xhtml'>"
        "<colgroup><col width='100'/></colgroup><tbody><tr style='height:21px'><td style='font-weight:bold;'>"
        "Day</td>"
        "<td>Level</td></tr><tr><td>3</td><td></td></tr></tbody></table></google-sheets-html-origin>",
        "<p><strong>Day</strong> | Level</p><p>3 |</p>",
        "Rows of a table became lines, their cells parted by |.",
    ),
    "a mail of an office: paragraphs of Word, and an answer within": (
        "<div class=WordSection1><p class=MsoNormal><span lang=EN-GB>Dear all,<o:p></o:p></span></p>"
        "<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>The dam <b><u>holds</u></b>.</p>"
        "<blockquote type='cite'><div>Does it hold?</div></blockquote></div>",
        "<p>Dear all,</p><p>The dam <strong>holds</strong>.</p><blockquote><p>Does it hold?</p></blockquote>",
        "",
    ),
    "a sheet whose classes say what is bold, and rows without a word": (
        "<style><!-- @page {margin:1cm} td {font-weight:400} .xl65 {font-weight:700 !important;} "
        "@media print {.xl65 {font-weight:400}} .font6, .font7 {vertical-align:super} --></style><table>"
        "<tr><td class=xl65>Level</td><td>10<font class=font6>6</font></td></tr>"
        "<tr><td></td><td>&nbsp;</td></tr></table>",
        "<p><strong>Level</strong> | 10⁶</p>",
        "Rows of a table became lines, their cells parted by |.",
    ),
    "a note-book: bold, struck and raised by classes": (
        "<style>p.p1 {margin: 0} span.s1 {font-weight: bold} span.s2 {vertical-align: 4.0px; font-size: 8px} "
        "span.s3 {text-decoration: line-through} .off {display: none} i.s4 {font-style: normal}</style>"
        "<p class='p1'><span class='s1'>It rose</span> 5 m<span class='s2'>3</span><span class='s3'>/h</span>"
        "<span class='off'>hidden</span><span hidden>hidden</span> <i class='s4'>at</i> <q>noon</q>, CO"
        "<span style='position:relative;top:3pt;mso-text-raise:-3.0pt'>2</span>"
        "<b style='font-weight:inherit'>!</b></p>",
        "<p><strong>It rose</strong> 5 m³ at “noon”, CO₂<strong>!</strong></p>",
        "Left out: words that were struck out.",
    ),
    "an encyclopedia: notes, formulas, a table made of blocks": (
        "<p>It fell<sup id='cite_ref-1'><a href='#cite_note-1'>[1]</a></sup> by <math><mfrac><mn>1</mn>"
        "<mn>2</mn></mfrac></math> to <math><msup><mn>10</mn><mn>6</mn></msup></math>.</p>"
        "<div role='table'><div role='row'><span role='cell'>Day</span><span role='cell'>Level</span></div>"
        "</div>"
        "<div style='display:table-row'><div style='display:table-cell'>3</div><div>4.12</div></div>",
        "<p>It fell[1] by 1/2 to 10⁶.</p><p>Day | Level</p><p>3 | 4.12</p>",
        "",
    ),
    "a mail: blocks, breaks and what was answered to": (
        "<div dir='ltr'>First line<br>second line<br><br>New paragraph</div><div><br></div>"
        "<blockquote class='gmail_quote'><div>What was said.</div></blockquote>",
        "<p>First line<br>second line</p><p>New paragraph</p><blockquote><p>What was said.</p></blockquote>",
        "",
    ),
}


CASES |= {
    "a page: notes in brackets, and what is raised without what was struck out of it": (
        "<p>40<sup><a href='#fn1'>1</a></sup>, 40<a href='#ft'><sup>2</sup></a>, "
        "<a href='https://x.example/#s'>10<sup>6</sup> litres</a>, 10<sup><s>5</s><style>i{}</style>6</sup>, "
        "<sup><a href='https://n.example/1'>[12]</a></sup></p>",
        '<p>40[1], 40[2], <a href="https://x.example/#s">10⁶ litres</a>, 10⁶, '
        '<a href="https://n.example/1">[12]</a></p>',
        "Left out: words that were struck out.",
    ),
    "formulas: each part told from the next, and each once": (
        "<p><math><msqrt><mn>2</mn></msqrt><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup> <mroot>"
        "<mn>8</mn><mn>3</mn></mroot> <mfrac><mn>1</mn><mrow><mn>2</mn><mo>+</mo><mi>x</mi></mrow></mfrac>"
        "</math> "
        "<span><span><math><semantics><msup><mn>10</mn><mn>6</mn></msup><annotation>10^6</annotation>"
        "</semantics></math></span><span aria-hidden='true'>10<b>6</b></span></span></p>",
        "<p>√2x₁² ³√8 1/(2+x) 10⁶</p>",
        "",
    ),
    "a page: lines where blanks count, blocks by style, a form around it all": (
        "<form><pre>line 1\nline 2</pre><div style='white-space:pre-wrap'>one\ntwo</div><span style='display:"
        "block'>three</span><a style='display:block' href='https://a.example/'>four</a>five<div style="
        "'display:inline'> six</div></form>",
        '<p>line 1<br>line 2</p><p>one<br>two</p><p>three</p><p><a href="https://a.example/">four</a></p>'
        "<p>five six</p>",
        "",
    ),
    "an office on the web: lists within lists, each in one of its own": (
        "".join(
            f"<div><{tag} role='list'><li aria-level='{level}'><p>{word}</p></li></{tag}></div>"
            for tag, level, word in [
                ("ul", 1, "A"),
                ("ol", 2, "B"),
                ("ol", 2, "C"),
                ("ul", 3, "D"),
                ("ul", 1, "E"),
            ]
        ),
        "<ul><li><p>A</p><ol><li><p>B</p></li><li><p>C</p><ul><li><p>D</p></li></ul></li></ol></li>"
        "<li><p>E</p></li></ul>",
        "",
    ),
    "a mail: letters shown as pictures, words of no size, weights that say nothing": (
        "<div style='font-size:0px'>hidden</div><p>Fire <img alt='👩‍🚒' src='x'><img alt='5' src='x'> "
        "<b style='font-weight:var(--b)'>there</b></p>",
        "<p>Fire 👩‍🚒 <strong>there</strong></p>",
        "Left out: 1 picture.",
    ),
    "another editor of the same making": (
        "<h2 data-pm-slice='1 1 []'>Head</h2><p><span style='font-weight:700'>It rose</span> 10<sup>6</sup> "
        "<s>40</s> <a href='javascript:x()'>m</a></p>",
        "<p>Head</p><p><strong>It rose</strong> 10⁶ m</p>",
        "Left out: words that were struck out, 1 link that leads to no page. Headings became paragraphs.",
    ),
    "lists that begin elsewhere than at 1, or count otherwise": (
        "<ol start='3'><li>Third</li><li>Fourth</li></ol><p>and</p><ol><li value='7'>Seventh</li></ol>"
        "<p>and</p><ol reversed><li>Last</li></ol>",
        "<ol><li><p>Third</p></li><li><p>Fourth</p></li></ol><p>and</p><ol><li><p>Seventh</p></li></ol>"
        "<p>and</p><ol><li><p>Last</p></li></ol>",
        RENUMBERED,
    ),
    "Word: a list that begins at 3": (
        item("Third", mark="3.") + item("Fourth", mark="4."),
        "<ol><li><p>Third</p></li><li><p>Fourth</p></li></ol>",
        RENUMBERED,
    ),
    "Word: a second list that begins at 1 again and goes on with the first": (
        item("First", mark="1)") + item("Second", mark="2)") + item("First", mark="1)"),
        "<ol><li><p>First</p></li><li><p>Second</p></li><li><p>First</p></li></ol>",
        RENUMBERED,
    ),
    "lists that count as ours do: each item in a list of its own, one after a list of marks": (
        "<ol start='1'><li value='1'>First</li></ol><ol start='2'><li>Second</li></ol>"
        "<ul><li>Third</li></ul><ol><li>First</li></ol>",
        "<ol><li><p>First</p></li><li><p>Second</p></li></ol><ul><li><p>Third</p></li></ul>"
        "<ol><li><p>First</p></li></ol>",
        "",
    ),
    "a list of another editor of the same making that begins at 3": (
        "<ol start='3' data-pm-slice='1 1 []'><li><p>Third</p></li></ol>",
        "<ol><li><p>Third</p></li></ol>",
        RENUMBERED,
    ),
    "a text of ours": (
        "<meta charset='utf-8'><p data-pm-slice='1 1 []'>It <strong>rose</strong>.</p>",
        "<p>It <strong>rose</strong>.</p>",
        "",
    ),
}


@pytest.fixture
def writing(page, live_server, editor, kind, day):
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/desk/events/event/add/?day={day.pk}")
    page.wait_for_selector(".ProseMirror")
    return page


def pasted(page, html, text=""):
    page.locator(".ProseMirror").evaluate(PASTE, [html, text])
    return page.input_value("[name=text]")


def said_at(field):
    """What is said under it of what was left out."""
    whole = "const whole = field.closest('.prose-editor') ?? field, next = whole.nextElementSibling"
    return field.evaluate(
        f"(field) => {{ {whole}; return next?.matches('.left-out') ? next.textContent : '' }}"
    )


def test_what_a_text_can_hold_is_kept_whatever_the_program(writing):
    found = {}
    for name, (html, _, _) in CASES.items():
        writing.locator(".ProseMirror").press("Control+a")
        writing.keyboard.press("Delete")
        # How an ordered list counts is the editor's own, and is not kept.
        kept = pasted(writing, html).replace(' data-type="decimal"', "")
        found[name] = (kept, said_at(writing.locator(".ProseMirror")))

    assert found == {name: (kept, said) for name, (_, kept, said) in CASES.items()}


def test_it_is_saved_as_it_was_pasted(writing, kind):
    pasted(writing, "<p>It rose to 10<sup>6</sup> <span style='font-weight:700'>litres</span>.</p>")
    writing.fill("[name=headline]", "The river rises")
    writing.select_option("[name=kind]", str(kind.pk))
    writing.click("[name=_save]")

    expect(writing.locator(".messagelist .success")).to_be_visible()
    assert Event.objects.get().text == "<p>It rose to 10⁶ <strong>litres</strong>.</p>"


def test_plain_words_keep_their_lines(writing):
    assert pasted(writing, "", "One\n\nTwo <b>") == "<p>One</p><p>Two &lt;b&gt;</p>"


STRUCK = "<p>It rose to 10<sup>6</sup> m<sup>3</sup>, <s>or more</s> they say:</p>"
STRUCK += "<ul><li>one</li><li>two</li></ul>"


def test_boxes_of_plain_words_get_what_was_meant_and_say_what_was_left_out(writing):
    writing.click(".cites .add-row a, .add-row a >> nth=0")
    quote, headline = writing.locator("[name=citations-0-quote]"), writing.locator("[name=headline]")

    assert quote.evaluate(PASTE, [STRUCK, "It rose to 106 m3, or more they say:"]) is False
    headline.evaluate(PASTE, [STRUCK, "It rose to 106 m3, or more they say:"])

    assert quote.input_value() == "It rose to 10⁶ m³, they say:\n\n• one\n• two"
    assert headline.input_value() == "It rose to 10⁶ m³, they say: • one • two"
    assert said_at(quote) == said_at(headline) == "Left out: words that were struck out."


def test_where_plain_words_lost_nothing_they_are_pasted_as_the_program_offers_them(writing):
    headline = writing.locator("[name=headline]")

    assert headline.evaluate(PASTE, ["<p><b>The river</b> rises</p>", "The river rises"]) is True
    headline.evaluate(PASTE, ["", "x" * 201])

    assert said_at(headline) == "Left out: the end, as this holds 200 characters at most."


def test_a_file_alone_goes_nowhere_and_that_is_said(writing):
    field = writing.locator(".ProseMirror")
    field.evaluate(
        """(field) => {
            const clipboardData = new DataTransfer();
            clipboardData.items.add(new File(["x"], "image.png", { type: "image/png" }));
            const how = { clipboardData, bubbles: true, cancelable: true };
            field.dispatchEvent(new ClipboardEvent("paste", how));
        }"""
    )
    assert said_at(field) == "Left out: a file. Pictures and documents are added under Media."

    pasted(writing, "<p>The river</p>")
    assert said_at(field) == ""


DROP = """(field, [html, text, file]) => {
  const dataTransfer = new DataTransfer();
  if (html) dataTransfer.setData("text/html", html);
  if (text) dataTransfer.setData("text/plain", text);
  if (file) dataTransfer.items.add(new File(["x"], file, { type: "image/png" }));
  const at = (field.querySelector("p") ?? field).getBoundingClientRect();
  const where = { clientX: at.left + 1, clientY: at.top + at.height / 2 };
  const how = { ...where, dataTransfer, bubbles: true, cancelable: true };
  const isOpened = field.dispatchEvent(new DragEvent("dragover", how));
  return [isOpened, field.dispatchEvent(new DragEvent("drop", how))];
}"""


def test_what_is_dropped_into_a_text_is_read_as_what_is_pasted(writing):
    field = writing.locator(".ProseMirror")
    pasted(writing, "<p>It rose.</p>")

    html = "<p>10<sup>6</sup> <s>or more</s> <b>boats</b> <img src='x'></p>"
    field.evaluate(DROP, [html, "106 or more boats", ""])

    assert writing.input_value("[name=text]") == "<p>10⁶ <strong>boats</strong>It rose.</p>"
    assert said_at(field) == "Left out: 1 picture, words that were struck out."


def test_what_is_dropped_into_a_box_is_read_likewise(writing):
    headline = writing.locator("[name=headline]")

    headline.evaluate(DROP, [STRUCK, "It rose to 106 m3, or more they say:", ""])

    assert headline.input_value() == "It rose to 10⁶ m³, they say: • one • two"
    assert said_at(headline) == "Left out: words that were struck out."


def test_a_file_that_is_dropped_takes_no_place_of_the_page_and_that_is_said(writing):
    for field in (writing.locator(".ProseMirror"), writing.locator("[name=headline]")):
        assert field.evaluate(DROP, ["", "", "bridge.png"]) == [False, False]
        assert said_at(field) == "Left out: a file. Pictures and documents are added under Media."


def test_what_is_dragged_within_a_text_is_moved(writing):
    field = writing.locator(".ProseMirror")
    pasted(writing, "<p>First</p><p>Second</p>")
    field.press("Control+End")
    writing.keyboard.press("Shift+Home")
    word, start = (field.locator(f"p >> nth={at}").bounding_box() for at in (1, 0))
    writing.mouse.move(word["x"] + 8, word["y"] + 8)
    writing.mouse.down()
    for aside in (24, 12, 1):
        writing.mouse.move(start["x"] + aside, start["y"] + 8)
    writing.mouse.up()

    assert field.inner_text().split() == ["SecondFirst"]
    assert said_at(field) == ""
