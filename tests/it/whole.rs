//! Articles that are spread over several pages, and pages that have next to nothing while another edition of them has it all.

use crate::newsroom;
use crate::support::{Answer, Site};
use crate::workplace::Workplace;

/// A page of an article: its headline, paragraphs of its own, and what else stands in its head and at its end.
fn page(title: &str, date: &str, part: usize, head: &str, tail: &str) -> String {
    let paragraphs: String = (0..4)
        .map(|number| {
            format!(
                "<p>Paragraph {part}.{number} of the story: the keeper of the lighthouse of Verrin counted {} ships in this month of the winter, \
                 and wrote the name of each of them into the long book that lies beside the lamp.</p>",
                part * 10 + number
            )
        })
        .collect();
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} - Test Courier</title><meta property=og:title content=\"{title}\">\
         <meta property=article:published_time content=\"{date}\">{head}</head>\
         <body><nav><a href=/>Home</a></nav><article><h1>{title}</h1>\
         <p>The lead of the story, which this site repeats at the head of each of its pages, as some sites do.</p>{paragraphs}</article>{tail}\
         <footer>© Test Courier</footer></body></html>"
    )
}

const TITLE: &str = "The long book of the lighthouse of Verrin";
const DATE: &str = "2026-10-05T08:00:00Z";

fn listing(path: &str) -> String {
    newsroom::listing(0..3).replace(&newsroom::path(1), path).replace(&newsroom::headline(1), TITLE)
}

/// A newsroom with one more article, at this path.
fn site(path: &str, pages: Vec<(&'static str, Answer)>) -> Site {
    let site = Site::start([("/", Answer::html(&listing(path)))]);
    for number in [0, 2] {
        site.set(&newsroom::path(number), Answer::html(&newsroom::article(number, "")));
    }
    for (path, answer) in pages {
        site.set(path, answer);
    }
    site
}

/// The body of the story as published.
fn read(site: &Site) -> String {
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50));
    workplace.succeed(&["run"]);
    let feed = workplace.feed("courier.atom.xml");
    let entry = feed.entries.iter().find(|entry| entry.title.as_ref().unwrap().content == TITLE).expect("the story");
    entry.content.as_ref().unwrap().body.clone().unwrap()
}

#[test]
fn all_pages_of_an_article_are_read_once_and_in_order() {
    let next = |number: usize| format!("<link rel=next href=/deep/story/{number}>");
    let site = site(
        "/deep/story",
        vec![
            ("/deep/story", Answer::html(&page(TITLE, DATE, 1, &next(2), ""))),
            (
                "/deep/story/2",
                Answer::html(&page(&format!("{TITLE} (2)"), DATE, 2, "", "<p><a href=/deep/story>1</a> 2 <a href=/deep/story/3>3</a></p>")),
            ),
            ("/deep/story/3", Answer::html(&page(TITLE, DATE, 3, "<link rel=next href=/deep/another>", ""))),
            ("/deep/another", Answer::html(&page("Another story altogether", DATE, 9, "", ""))),
        ],
    );
    let body = read(&site);
    let places: Vec<_> =
        ["1.0", "1.3", "2.0", "2.3", "3.0", "3.3"].iter().map(|part| body.find(&format!("Paragraph {part} ")).expect(part)).collect();
    assert!(places.is_sorted(), "{body}");
    assert_eq!(body.matches("The lead of the story").count(), 1, "{body}");
    assert!(!body.contains("Paragraph 9"), "{body}");
    assert!(site.asked("/deep/another").is_empty(), "the next article is not even asked for");
}

#[test]
fn what_is_no_further_page_is_not_appended() {
    let next = "<link rel=next href='/deep/story?page=2'>";
    let wall = "<title>Sign in</title><h1>Sign in</h1><form><input name=u><input type=password name=p><button>Sign in</button></form>";
    let second = [
        ("another headline", Answer::html(&page("A ferry for Pell Island", DATE, 2, "", ""))),
        ("another date", Answer::html(&page(TITLE, "2026-10-06T09:00:00Z", 2, "", ""))),
        ("the same text", Answer::html(&page(TITLE, DATE, 1, "", ""))),
        (
            "the same text with a comment",
            Answer::html(&page(TITLE, DATE, 1, "", "").replace(
                "</article>",
                "<p>Paragraph 2.0 is what a reader wrote below the story of the lighthouse, and it is rather short.</p></article>",
            )),
        ),
        ("a login", Answer::html(&format!("<!doctype html><html lang=en>{wall}"))),
        ("an error", Answer::status(500)),
        ("back to the first", Answer::redirect("/deep/story")),
    ];
    for (name, answer) in second {
        let site =
            site("/deep/story", vec![("/deep/story", Answer::html(&page(TITLE, DATE, 1, next, ""))), ("/deep/story?page=2", answer)]);
        let body = read(&site);
        assert_eq!(body.matches("Paragraph 1.0 ").count(), 1, "{name}: {body}");
        assert!(!body.contains("Paragraph 2"), "{name}: {body}");
    }
}

#[test]
fn a_pager_without_end_is_followed_for_ten_pages() {
    let site = Site::start_with(|asked| match asked.path.as_str() {
        "/" => Answer::html(&listing("/deep/story")),
        path => match path.strip_prefix("/deep/story").map(|rest| rest.trim_start_matches("?page=").parse().unwrap_or(1)) {
            Some(number) => {
                Answer::html(&page(TITLE, DATE, number, &format!("<link rel=next href='/deep/story?page={}'>", number + 1), ""))
            }
            None => (0..3)
                .find(|&number| newsroom::path(number) == path)
                .map_or_else(Answer::not_found, |number| Answer::html(&newsroom::article(number, ""))),
        },
    });
    let body = read(&site);
    assert!(body.contains("Paragraph 10.3") && !body.contains("Paragraph 11."), "{body}");
}

#[test]
fn a_thin_page_gives_way_to_a_fuller_edition_and_costs_one_request() {
    let thin = |head: &str| {
        Answer::html(&format!(
            "<!doctype html><html lang=en><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1><p>Loading the story of the lighthouse.</p></body></html>"
        ))
    };
    let editions = [
        thin("<link rel=canonical href=/deep/whole>"),
        thin("").with("Link", "</deep/whole>; rel=\"canonical\""),
        thin("<link rel=alternate media=print href=/deep/whole>"),
        thin("<link rel=amphtml href=/deep/whole>"),
    ];
    for answer in editions {
        let whole = page(TITLE, DATE, 1, "<link rel=canonical href=/deep/elsewhere>", "");
        let site = site("/deep/story", vec![("/deep/story", answer), ("/deep/whole", Answer::html(&whole))]);
        assert!(read(&site).contains("Paragraph 1.3"));
        assert_eq!((site.asked("/deep/whole").len(), site.asked("/deep/elsewhere").len()), (1, 0));
    }
}

#[test]
fn a_full_page_asks_for_no_other_edition_and_a_wall_is_not_got_round() {
    let full = page(TITLE, DATE, 1, "<link rel=amphtml href=/deep/whole>", "");
    let site = site("/deep/story", vec![("/deep/story", Answer::html(&full)), ("/deep/whole", Answer::html(&full))]);
    read(&site);
    assert!(site.asked("/deep/whole").is_empty());
    let wall = format!(
        "<!doctype html><html lang=en><head><title>{TITLE}</title><link rel=amphtml href=/deep/whole>\
         <script type=application/ld+json>{{\"@type\": \"NewsArticle\", \"isAccessibleForFree\": false}}</script></head><body><h1>{TITLE}</h1>\
         <p>This article is for subscribers only. Subscribe to continue reading.</p><p>Already a subscriber? Sign in.</p></body></html>"
    );
    site.set("/deep/story", Answer::html(&wall));
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50));
    workplace.run(&["run"]);
    assert!(site.asked("/deep/whole").is_empty(), "{:?}", site.paths());
}

#[test]
fn link_headers_of_a_listing_lead_to_its_next_page_and_its_feed() {
    let site = Site::start([(
        "/",
        Answer::html(&newsroom::listing(0..3))
            .with("Link", "</?page=2>; rel=\"next\", </feed.xml>; rel=\"alternate\"; type=\"application/rss+xml\""),
    )]);
    site.set("/?page=2", Answer::html(&newsroom::listing(3..6)));
    for number in 0..6 {
        site.set(&newsroom::path(number), Answer::html(&newsroom::article(number, "")));
    }
    let workplace = Workplace::new(&(newsroom::config(&site.url("/"), 50) + "listing = { pages = 2 }\n"));
    workplace.succeed(&["run"]);
    assert_eq!(workplace.feed("courier.rss.xml").entries.len(), 6);
    assert!(
        workplace.succeed(&["status", "courier"]).contains("feed.xml") || workplace.succeed(&["status", "--json"]).contains("feed.xml")
    );
}
