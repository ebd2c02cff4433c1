//! Pictures, embedded media and marks within lines, on an article of invented places.

use super::{Kept, Options};
use crate::extract::body::lines::Page;
use crate::extract::{Context, Rules, extract};
use crate::html;
use crate::model::Body;
use crate::url::Url;

const PARAGRAPHS: [&str; 6] = [
    "For eleven years the rails between the quay and the upper town lay under asphalt, and few believed that a carriage would climb them again.",
    "On Tuesday the council opened the line with a short speech, a brass band and a free ride for anybody who could find a place to stand.",
    "The works took three winters, because the old drains below the street had to be laid anew before the first sleeper could be put down.",
    "“We were told that it could not be done,” said Odile Marsh, who led the works, “and then we were told that it would take ten years.”",
    "A single ticket costs as much as a loaf of bread, and children under twelve ride for nothing until the end of the school year.",
    "The second line, to the salt works, is to follow in two years if the province pays its half, which the governor has not promised yet.",
];

/// The body of an article with something between its headline and its text, something in its midst, and something after it.
fn body(above: &str, amid: &str, below: &str) -> Body {
    let paragraphs = |range: std::ops::Range<usize>| PARAGRAPHS[range].iter().map(|text| format!("<p>{text}</p>")).collect::<String>();
    let page = format!(
        "<html lang=en><head><title>The harbour tram runs again</title><meta property=og:type content=article></head><body>\
         <nav><a href=/>Home</a> <a href=/town>Town</a></nav><article><h1>The harbour tram runs again</h1>{above}\
         <div class=entry-content>{}{amid}{}{below}</div></article><footer>© 2026 The Meridian Relay</footer></body></html>",
        paragraphs(0..3),
        paragraphs(3..6),
    );
    let dom = html::parse(&page, &Url::parse("https://relay.meridian.example/news/tram").unwrap());
    extract(&dom, &Rules::default(), &Context::default()).article.body.unwrap().value
}

/// The body of a page of which a judge keeps the paragraphs above and nothing else.
fn body_of_paragraphs(amid: &str) -> Body {
    let paragraphs: String = PARAGRAPHS.iter().map(|text| format!("<p>{text}</p>")).collect();
    let url = Url::parse("https://relay.meridian.example/news/tram").unwrap();
    let dom = html::parse(&format!("<article>{paragraphs}{amid}{paragraphs}</article>"), &url);
    let page = Page::read(&dom);
    let lines = page.lines.iter().map(|line| PARAGRAPHS.contains(&page.words(line))).collect();
    let kept = Kept::of(&page, lines, None, 0);
    super::body(dom.html.root_element(), &Options { title: "", authors: &[], base: &dom.base, remove: &[], kept: Some(&kept) })
}

#[track_caller]
fn check_amid(amid: &str, expected: &str) {
    let html = body("", amid, "").html;
    assert!(html.as_str().contains(expected), "{expected}: {}", html.as_str());
}

#[track_caller]
fn check_absent(above: &str, amid: &str, below: &str) {
    let html = body(above, amid, below).html;
    assert!(!html.as_str().contains("x.jpg") && !html.as_str().contains("example/x"), "{}", html.as_str());
}

#[test]
fn how_a_picture_is_shown_is_no_matter() {
    let picture = "<img src=/i/x.jpg width=900 height=600>";
    for (open, close) in [
        ("<div class='relative overflow-hidden'>", "</div>"),
        ("<figure class='wp-block-image wp-lightbox-container'>", "</figure>"),
        ("<a class=lightbox href=/i/x.jpg>", "</a>"),
        ("<div class='hidden md:block'>", "</div>"),
        ("<div class=hero-banner>", "</div>"),
        ("<div class=image-overlay>", "</div>"),
        ("<div class=popup>", "</div>"),
        ("<div class=hidden-print>", "</div>"),
        ("<div class=fig-widgets>", "</div>"),
        ("<aside><figure>", "</figure></aside>"),
        ("<form>", "</form>"),
    ] {
        check_amid(&format!("{open}{picture}{close}"), "src=\"https://relay.meridian.example/i/x.jpg\"");
    }
}

#[test]
fn a_caption_stands_below_its_picture_and_not_in_the_text() {
    const CAPTION: &str = "Carriage 4 on the quay, 2024. Photo: Ivo Brandt";
    let framed = format!(
        "<figure><img src=\"https://relay.meridian.example/i/x.jpg\" alt=\"\" width=\"900\"><figcaption>{CAPTION}</figcaption></figure>"
    );
    let picture = "<img src=/i/x.jpg width=900>";
    for amid in [
        format!(
            "<figure>{picture}<figcaption><span class=sr-only>Image caption,</span> Carriage 4<br> on the <i>quay</i>, 2024.<span>Photo: Ivo Brandt</span></figcaption></figure>"
        ),
        format!("<figure>{picture}<div class=photo-caption>{CAPTION}</div></figure>"),
        format!("<div class=wp-caption>{picture}<p class=wp-caption-text>{CAPTION}</p></div>"),
        format!("<div class=image><p>{picture}</p><div class=image_caption><p>{CAPTION}</p></div></div>"),
    ] {
        let Body { html, text } = body_of_paragraphs(&amid);
        assert!(html.as_str().contains(&framed) && !text.contains("Carriage 4"), "{amid}: {}", html.as_str());
    }
    for caption in
        ["Photo: Ivo Brandt", "<a href=/x>The ferry that nobody wanted leaves for good</a>", "", "Subscribe to our newsletter for more."]
    {
        let html = body_of_paragraphs(&format!("<figure>{picture}<figcaption>{caption}</figcaption></figure>")).html;
        assert!(html.as_str().contains("x.jpg") && !html.as_str().contains("figcaption"), "{caption}: {}", html.as_str());
    }
}

#[test]
fn a_caption_is_written_as_it_is_read() {
    let check = |inner: &str, expected: &str| {
        let html = body_of_paragraphs(&format!("<figure><img src=/i/x.jpg width=900><figcaption>{inner}</figcaption></figure>")).html;
        assert!(html.as_str().contains(&format!("<figcaption>{expected}</figcaption>")), "{inner}: {}", html.as_str());
    };
    check(
        "<span>Orla Tenby</span>, keeper at (<span>Vell</span>)<span>Photo: Ivo Brandt</span>",
        "Orla Tenby, keeper at (Vell) Photo: Ivo Brandt",
    );
    check("<span class=drop>T</span>he lamp, <span>Vell</span>’s own", "The lamp, Vell’s own");
    check("<p>The lamp</p><p>of Vell</p>", "The lamp of Vell");
    check("The lamp, Vell, June 9, 2021", "The lamp, Vell, June 9, 2021");
}

#[test]
fn a_figure_has_one_caption_below_all_its_pictures() {
    let picture = |name: &str| format!("<img src=\"https://relay.meridian.example/i/{name}.jpg\" alt=\"\" width=\"900\">");
    let pictures = [picture("x"), picture("y")].concat();
    for (amid, caption) in [
        (
            "<figure><div><img src=/i/x.jpg width=900></div><div><img src=/i/y.jpg width=900></div><figcaption>Both lamps</figcaption></figure>",
            "Both lamps",
        ),
        (
            "<figure><div><img src=/i/x.jpg width=900><div class=caption>Lamp</div></div><div><img src=/i/y.jpg width=900><div class=caption>Boat</div></div></figure>",
            "Lamp · Boat",
        ),
        (
            "<figure><img src=/i/x.jpg width=900><img src=/i/y.jpg width=900><div class=caption>Both lamps</div><p class=caption>in 2024</p></figure>",
            "Both lamps · in 2024",
        ),
    ] {
        let html = body_of_paragraphs(amid).html;
        let expected = format!("<figure>{pictures}<figcaption>{caption}</figcaption></figure>");
        assert!(html.as_str().contains(&expected), "{amid}: {}", html.as_str());
    }
}

#[test]
fn a_caption_is_of_the_picture_in_its_own_paragraph_and_box() {
    let html = body_of_paragraphs(
        "<blockquote class=image><p><img src=/i/x.jpg></p></blockquote><div class=image><p lang=en><img src=/i/y.jpg></p><div class=caption>The lamp</div></div>",
    )
    .html;
    let expected = "<figure><img src=\"https://relay.meridian.example/i/y.jpg\" alt=\"\"><figcaption>The lamp</figcaption></figure>";
    assert!(
        html.as_str().contains(expected) && html.as_str().matches("</p>").count() == html.as_str().matches("<p").count(),
        "{}",
        html.as_str()
    );
    let above = |name: &str| format!("<div class=image><p class=caption>Caption of {name}</p><img src=/i/{name}.jpg></div>");
    let html = body_of_paragraphs(&[above("x"), above("y")].concat()).html;
    assert!(html.as_str().contains("y.jpg") && !html.as_str().contains("Caption of"), "{}", html.as_str());
}

#[test]
fn words_beside_a_picture_stay_a_paragraph() {
    check_amid(
        "<figure><p><img src=/i/x.jpg>A lamp that has burnt for a hundred years, as the keeper says.</p></figure>",
        "<figure><p><img src=\"https://relay.meridian.example/i/x.jpg\" alt=\"\">A lamp that has burnt",
    );
}

#[test]
fn a_box_within_code_is_a_line_of_it() {
    check_amid(
        "<pre>\n\n<code><div class=line>if open:</div><div class=line>  go()</div></code></pre>",
        "<pre>\n\n<code>if open:\n  go()\n</code></pre>",
    );
}

#[test]
fn a_caption_without_its_picture_is_none() {
    for amid in [
        "<figure><figcaption>Carriage 4 on the quay</figcaption></figure>",
        "<figure><img class=avatar src=/i/x.jpg width=20 height=20><figcaption>Carriage 4 on the quay</figcaption></figure>",
        "<img src=/i/y.jpg width=900><p>The third winter was the hardest, said the foreman, and the last.</p><p>So say all.</p><p class=caption>Carriage 4 on the quay</p>",
    ] {
        let html = body_of_paragraphs(amid).html;
        assert!(!html.as_str().contains("Carriage 4"), "{amid}: {}", html.as_str());
    }
}

#[test]
fn a_paragraph_alone_in_its_item_or_cell_is_no_paragraph() {
    check_amid(
        "<ul><li><p>Rails of oak and iron</p></li><li>Drains<ul><li>Old ones</li></ul></li></ul>",
        "<ul><li>Rails of oak and iron</li><li><p>Drains</p><ul><li>Old ones</li></ul></li></ul>",
    );
    check_amid(
        "<table><tr><th>Year</th><th>Riders</th></tr><tr><td>2024</td><td><p>Four hundred.</p><p>Five on Sundays.</p></td></tr></table>",
        "<tr><td>2024</td><td><p>Four hundred.</p><p>Five on Sundays.</p></td></tr>",
    );
}

#[test]
fn a_paragraph_neither_begins_nor_ends_with_a_break() {
    check_amid("<p><br> <b>One more thing.</b> <br>It rains.<br> &nbsp;</p>", "<p><b>One more thing.</b> <br>It rains.</p>");
    check_amid("<pre>\n a\n b\n</pre>", "<pre> a\n b\n</pre>");
}

#[test]
fn a_recording_without_a_title_is_called_by_its_file() {
    let link = |file: &str, title: &str| format!("<a href=\"https://relay.meridian.example/{file}\">{title}</a>");
    check_amid("<audio controls src=/a/bell.mp3></audio>", &link("a/bell.mp3", "bell.mp3"));
    check_amid("<audio aria-label='The bell' src=/a/bell.mp3></audio>", &link("a/bell.mp3", "The bell"));
    check_amid("<video src=/stream/12></video>", &link("stream/12", "relay.meridian.example"));
    check_amid("<iframe src=/player.html></iframe>", &link("player.html", "relay.meridian.example"));
}

#[test]
fn the_picture_between_headline_and_text_is_kept() {
    for above in [
        "<div class=byline>By Nadia Osei</div><figure><img src=/i/x.jpg></figure>",
        "<ul class=share><li><a href=https://post.example/>Post</a></li></ul><div><img src=/i/x.jpg></div>",
        "<div><img src=/i/x.jpg></div><div class=byline>By Nadia Osei</div>",
    ] {
        assert!(body(above, "", "").html.as_str().contains("/i/x.jpg"), "{above}");
    }
    check_absent("<div class=byline><img class=avatar src=/i/x.jpg>By Nadia Osei</div>", "", "");
    check_absent("<a href=https://post.example/?u=1><img src=/i/x.jpg></a>", "", "");
}

#[test]
fn a_picture_belongs_to_the_words_of_its_own_box() {
    check_amid(
        "<div class=related><a href=/q>The ferry that nobody wanted leaves for good</a></div><figure><img src=/i/x.jpg></figure>",
        "/i/x.jpg",
    );
    check_absent("", "<div class=box><a href=/q><img src=/i/x.jpg></a><a href=/q>The ferry that nobody wanted leaves</a></div>", "");
    check_absent("", "<div class=share-bar><img src=/i/x.jpg></div>", "");
    check_absent("", "<div class=ad><a href=https://shop.example/><img src=/i/x.jpg></a></div>", "");
}

#[test]
fn below_the_text_only_a_figure_is_the_articles() {
    check_absent("", "", "<a href=/q><img src=/i/x.jpg></a>");
    check_absent("", "", "<p><a href=https://apps.example/><img src=/i/x.jpg></a></p>");
    check_absent("", "", "<div class=about><img src=/i/x.jpg><p>Nadia Osei writes</p></div>");
    assert!(body("", "", "<figure><img src=/i/x.jpg></figure>").html.as_str().contains("/i/x.jpg"));
}

#[test]
fn what_nobody_sees_is_left_out() {
    for unseen in ["style=display:none", "hidden", "style='width:1px;height:1px'", "width=1 height=1"] {
        check_absent("", &format!("<p><img src=/x.jpg {unseen}></p>"), "");
    }
    check_absent("", "<iframe src=https://metrics.example/x height=0 width=0 style='display:none'></iframe>", "");
    check_amid("<p><img src=data:image/gif;base64,AA data-src=/x.jpg style='display:none'></p>", "/x.jpg");
}

#[test]
fn embedded_media_become_links_however_they_are_loaded() {
    for (media, expected) in [
        ("<iframe src=about:blank data-src=https://video.example/e/1></iframe>", "href=\"https://video.example/e/1\""),
        ("<iframe src='' data-lazy-src=https://video.example/e/1></iframe>", "href=\"https://video.example/e/1\""),
        ("<amp-youtube data-videoid=a1_B-c></amp-youtube>", "watch?v=a1_B-c\""),
        ("<lite-youtube videoid=a1_B-c></lite-youtube>", "watch?v=a1_B-c\""),
        ("<video src=blob:https://relay.example/1 poster=/poster.jpg></video>", "<img src=\"https://relay.meridian.example/poster.jpg\""),
        (
            "<blockquote data-instgrm-permalink=https://posts.example/p/1><a href=https://posts.example/p/1></a></blockquote>",
            "posts.example/p/1",
        ),
        ("<amp-img src=/i/a.jpg width=900 height=600></amp-img>", "<img src=\"https://relay.meridian.example/i/a.jpg\""),
    ] {
        check_amid(media, expected);
    }
}

#[test]
fn a_picture_is_written_once_and_at_its_best() {
    let html = body("", "<p><img src=/blurred.jpg><noscript><img src=/x.jpg></noscript></p><p><img src=/x.jpg></p>", "").html;
    assert_eq!(html.as_str().matches("<img").count(), 1, "{}", html.as_str());
    assert!(html.as_str().contains("/x.jpg"));
    let sign = "<p>Of all lines <img src=/x.png alt=x> is the longest and, as the council said in May, <img src=/x.png alt=x> is the oldest too.</p>";
    assert_eq!(body("", sign, "").html.as_str().matches("<img").count(), 2);
}

#[track_caller]
fn check_line(amid: &str, text: &str, html: &str) {
    let body = body("", amid, "");
    assert!(body.text.split("\n\n").any(|line| line == text), "{text}: {}", body.text);
    assert!(body.html.as_str().contains(html), "{html}: {}", body.html.as_str());
}

#[test]
fn marks_for_the_page_are_left_out() {
    check_line("<h2>Three winters<a class=anchor href=#winters>#</a></h2>", "Three winters", "<h2>Three winters</h2>");
    check_line("<h2>Three winters<a href='/news/tram#winters'>¶</a></h2>", "Three winters", "<h2>Three winters</h2>");
    check_line("<h2>Three winters<span>[<a href=/edit?s=1>edit</a>]</span></h2>", "Three winters", "<h2>Three winters</h2>");
    let spoken =
        "The whole of the timetable is on the site of the works<span class=sr-only> (opens in a window)</span>, with all stops and fares.";
    let line = "The whole of the timetable is on the site of the works, with all stops and fares.";
    check_line(&format!("<p>{spoken}</p>"), line, line);
    assert!(!body("", "<div class=visually-hidden>Article text</div>", "").text.contains("Article text"));
    let code = "<table><tr><td>1\n2</td><td><pre>let tram = line.next();\nlet stop = tram.stop();</pre></td></tr></table>";
    assert!(!body("", code, "").text.contains("1\n2"));
    let copied = "<div><pre>let tram = line.next();</pre><span class=copy-button>Copy</span></div>";
    assert!(!body("", copied, "").text.contains("Copy"));
    // A footnote's number and a link to another page stay.
    assert!(
        body("", "<p>The works took three winters<a href=#n1>1</a>, as the council said on the day of the opening.</p>", "")
            .text
            .contains("winters1,")
    );
}

#[test]
fn readings_stand_in_the_html_only() {
    let told = "The old name of the quay is <ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>, which the first settlers of the town wrote on its gate.";
    check_line(
        &format!("<p>{told}</p>"),
        "The old name of the quay is 港, which the first settlers of the town wrote on its gate.",
        "<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>",
    );
}

#[test]
fn formulas_are_told_in_the_sentence() {
    let sentence =
        |math: &str| format!("<p>The fare grows with the distance as {math} says, which the council of the town decided in May.</p>");
    let told = "The fare grows with the distance as f = 2 d says, which the council of the town decided in May.";
    check_line(&sentence("<math alttext='{\\displaystyle f = 2 d}'><mi>f</mi></math>"), told, "as f = 2 d says");
    check_line(&sentence("<math><mi>f</mi><mo>=</mo><mn>2</mn><mi>d</mi></math>"), told, "as f = 2 d says");
    let drawn = "<span><span><math alttext='f = 2d'></math></span><span aria-hidden=true>f = 2 d</span></span>";
    check_line(&sentence(drawn), told, "as f = 2 d says");
}

#[test]
fn cells_and_items_that_are_links_stay() {
    let row = |stop: &str| format!("<tr><td><a href=/stops/{}>{stop}, by the old customs house</a></td><td>2 crowns</td></tr>", stop.len());
    let table = format!("<table><tr><th>Stop</th><th>Fare</th></tr>{}{}</table>", row("Lower quay"), row("Salt works"));
    check_amid(&table, "Lower quay, by the old customs house</a>");
    check_amid(&table, "Salt works, by the old customs house</a>");
    let item = |stop: &str| format!("<li><a href=/stops/{}>{stop}, by the old customs house</a></li>", stop.len());
    check_amid(
        &format!(
            "<p>The tram stops at three places on its way up:</p><ul>{}{}{}</ul>",
            item("Lower quay"),
            item("Fish hall"),
            item("Upper town")
        ),
        "Fish hall, by the old customs house</a>",
    );
}

#[test]
fn pointers_to_other_stories_credits_of_pictures_and_calls_are_left_out() {
    for line in [
        "<strong>Read more: <a href=/x>The ferry to the outer islands sails again</a></strong>",
        "Lea más: El ferri vuelve a zarpar",
        "Photo: Ann Brook",
        "For the latest news of the quay and of the upper town, and for the times of all trams, subscribe to our newsletter, which comes every Friday.",
    ] {
        let text = body("", &format!("<p>{line}</p>"), "").text;
        assert_eq!(text, PARAGRAPHS.join("\n\n"), "{line}");
    }
}

#[test]
fn a_question_on_a_button_is_a_heading() {
    check_amid("<h3><button aria-expanded=true>What does a ticket cost?</button></h3>", "<h3>What does a ticket cost?</h3>");
}

#[test]
fn places_where_a_word_may_break_are_no_text() {
    let told = body("", "<p>The harbour\u{ad}master looks at the tide\u{ad}tables every morning before the first ferry.</p>", "");
    assert!(told.text.contains("The harbourmaster looks at the tidetables every morning"), "{}", told.text);
    assert!(told.html.as_str().contains("harbour\u{ad}master"), "{}", told.html.as_str());
}
