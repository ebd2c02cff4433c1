//! Pages made to stall a parser, a matcher or a walk.

use super::{Case, Sees, case};
use crate::newsroom;
use crate::support::Answer;

/// An article with something in its middle.
fn with(middle: &str) -> Answer {
    let page = newsroom::article(0, "");
    let place = page.find("</article>").unwrap();
    Answer::html(&format!("{}{middle}{}", &page[..place], &page[place..]))
}

/// What a 400 KB page may take in a debug build on a busy machine, in seconds and MiB.
const PAGE: (f64, u64) = (40.0, 250);

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut article = |name: &str, middle: String| {
        cases.push(case(name, Sees::Reads(4, &[]), move |stage| stage.article(with(&middle))).within(PAGE.0, PAGE.1));
    };
    let many = |piece: &str, count: usize| piece.repeat(count);
    article("50,000 nested elements", many("<div>", 50_000));
    article("20,000 nested lists", many("<ul><li>", 20_000));
    article("50,000 bold and italic words, none closed", many("<b><i>", 25_000));
    article("paragraphs within bold words, none closed", many("<b><p>x", 25_000));
    article("50,000 links, none closed", many("<a href=/x>", 50_000));
    article("20,000 nested tables", many("<table><tr><td>", 20_000));
    article("text where a table allows none", format!("<table>{}", many("x<b>", 20_000)));
    article("20,000 nested templates", many("<template>", 20_000));
    article("20,000 nested drawings", many("<svg><g>", 20_000));
    article("50,000 forms and buttons", many("<form><button>", 25_000));
    article("50,000 closing tags that close nothing", many("</p></b></div>", 17_000));
    article("an attribute of a megabyte", format!("<p title=\"{}\">x", "x".repeat(1 << 20)));
    article("a comment without end", format!("<!--{}", many("-- ", 200_000)));
    article("a script without end", format!("<script>{}", many("</scrip", 50_000)));
    article("400,000 entities", many("&amp", 100_000));
    article("100,000 dates", many("<p>1/2/2026 10:00 ", 20_000));
    article("a megabyte of digits", many("2026-10-", 100_000));
    article("structured data nested 100,000 deep", format!("<script type=application/ld+json>{}</script>", many("[", 100_000)));
    article("structured data of 10,000 articles", {
        format!("<script type=application/ld+json>[{}{{}}]</script>", many("{\"@type\":\"NewsArticle\",\"headline\":\"x\"},", 10_000))
    });
    article("lines of credit without end", many("<p>Source: Source: Source: ", 20_000));
    // A body of a megabyte is read, and then does not fit into the feed.
    for (name, letter) in [("a megabyte of opening brackets", "<"), ("a megabyte of one word", "x")] {
        let long = with(&many(letter, 1 << 20));
        cases.push(case(name, Sees::Reads(3, &[]), move |stage| stage.article(long.clone())).within(PAGE.0, PAGE.1));
    }
    let attributes = with(&format!("<p {}>x", (0..1_000_000).map(|number| format!("a{number} ")).collect::<String>()));
    let crowded = case("1,000,000 attributes", Sees::Reads(4, &[]), move |stage| {
        stage.max_bytes = 10_000_000;
        stage.article(attributes.clone())
    });
    cases.push(crowded.within(PAGE.0, PAGE.1));
    let mut front = |name: &str, sees: Sees, answer: Answer| {
        cases.push(case(name, sees, move |stage| stage.front(answer.clone())).within(PAGE.0, PAGE.1));
    };
    let laughs = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>\
        <!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'>]><rss version='2.0'><channel><title>&d;</title></channel></rss>";
    front("a feed that laughs a billion times", Sees::Stops(&["found no article links"]), Answer::ok("application/rss+xml", laughs));
    let outside = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel><title>&a;</title></channel></rss>";
    front("a feed that asks for a file", Sees::Stops(&["found no article links"]), Answer::ok("application/rss+xml", outside));
    front(
        "a feed nested 100,000 deep",
        Sees::Stops(&["found no article links"]),
        Answer::ok("application/rss+xml", format!("<rss version='2.0'><channel>{}", many("<item><a>", 50_000))),
    );
    front(
        "a list of 20,000 links to one place",
        Sees::Stops(&["hostile"]),
        Answer::html(&format!("<ul>{}", many("<li><a href=/about>The story of the harbour bridge</a>", 20_000))),
    );
    cases
}
