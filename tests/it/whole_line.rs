//! From a listing page to feeds: what is read, what is asked for again, what changes.

use std::sync::{Arc, Mutex};

use crate::newsroom;
use crate::support::{Answer, Asked, Site};
use crate::workplace::Workplace;

#[test]
fn a_listing_becomes_three_valid_feeds_and_an_index() {
    let site = newsroom::site(12);
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50));
    assert_eq!(workplace.succeed(&["run"]), "", "a good run under cron is silent");
    for file in ["courier.rss.xml", "courier.atom.xml", "courier.json"] {
        let feed = workplace.feed(file);
        assert_eq!(feed.entries.len(), 12, "{file}");
        let mut titles: Vec<_> = feed.entries.iter().map(|entry| entry.title.as_ref().unwrap().content.clone()).collect();
        titles.sort();
        let mut expected: Vec<_> = (0..12).map(newsroom::headline).collect();
        expected.sort();
        assert_eq!(titles, expected, "{file}");
    }
    let index = String::from_utf8(workplace.bytes("feeds/index.html")).unwrap();
    assert!(index.contains("courier.rss.xml"));
    assert!(String::from_utf8(workplace.bytes("feeds/feeds.opml")).unwrap().contains("https://feeds.example/courier.rss.xml"));
}

#[test]
fn a_second_run_asks_only_for_the_listing_and_touches_no_file() {
    let site = newsroom::site(12);
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50));
    workplace.succeed(&["run"]);
    let (before, asked) = (workplace.feeds(), site.paths().len());
    workplace.succeed(&["run", "--force"]);
    assert_eq!(site.paths()[asked..], ["/"], "one conditional request");
    assert_eq!(site.log().last().unwrap().header("if-none-match"), "\"front-1\"");
    assert_eq!(workplace.feeds(), before);
}

#[test]
fn deleted_feeds_come_back_byte_for_byte() {
    let site = newsroom::site(12);
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50));
    workplace.succeed(&["run"]);
    let before: Vec<_> = workplace.feeds().into_iter().map(|(name, bytes, _)| (name, bytes)).collect();
    std::fs::remove_dir_all(workplace.path("feeds")).unwrap();
    workplace.succeed(&["run"]);
    let after: Vec<_> = workplace.feeds().into_iter().map(|(name, bytes, _)| (name, bytes)).collect();
    assert!(before == after, "the feeds differ");
}

/// The edition of the third article, and the front page.
type SiteState = Arc<Mutex<(String, Option<String>)>>;

/// A site whose front page and third article can change.
fn changing_site() -> (Site, SiteState) {
    let state = Arc::new(Mutex::new((String::new(), Some(newsroom::listing(0..10)))));
    let shared = Arc::clone(&state);
    let site = Site::start_with(move |asked: &Asked| {
        let (edition, front) = shared.lock().unwrap().clone();
        if asked.path == "/" {
            return front.map_or_else(|| Answer::html("<html><body><p>Nothing here.</p></body></html>"), |page| Answer::html(&page));
        }
        match (0..10).find(|&number| newsroom::path(number) == asked.path) {
            Some(3) => Answer::html(&newsroom::article(3, &edition)),
            Some(number) => Answer::html(&newsroom::article(number, "")),
            None => Answer::not_found(),
        }
    });
    (site, state)
}

#[test]
fn a_changed_article_updates_one_item_and_keeps_its_id() {
    let (site, state) = changing_site();
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50));
    workplace.succeed(&["run"]);
    let before = workplace.feed("courier.atom.xml");
    *state.lock().unwrap() = (
        " The roof was mended at last.".to_owned(),
        Some(newsroom::listing(0..10).replace("The story of report 3, told in short.", "Now with a new ending, report 3.")),
    );
    workplace.succeed(&["run", "--force"]);
    let after = workplace.feed("courier.atom.xml");
    let ids = |feed: &feed_rs::model::Feed| feed.entries.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&before), ids(&after));
    let changed: Vec<_> = before.entries.iter().zip(&after.entries).filter(|(before, after)| before.updated != after.updated).collect();
    assert_eq!(changed.len(), 1);
    assert!(changed[0].1.content.as_ref().unwrap().body.as_ref().unwrap().contains("mended at last"));
}

#[test]
fn a_listing_that_suddenly_yields_nothing_keeps_the_last_good_feed_and_says_so() {
    let (site, state) = changing_site();
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50));
    workplace.succeed(&["run"]);
    let before = workplace.feeds();
    state.lock().unwrap().1 = None;
    let output = workplace.run(&["run", "--force"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("courier"));
    assert_eq!(workplace.feeds(), before);
}

#[test]
fn one_bad_source_never_spoils_the_others() {
    let site = newsroom::site(6);
    let config = newsroom::config(&site.url("/"), 50) + &format!("\n[[source]]\nname = \"gone\"\nurl = \"{}\"\n", site.url("/gone"));
    let workplace = Workplace::new(&config);
    let output = workplace.run(&["run"]);
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{talk}");
    assert!(talk.contains("gone"), "{talk}");
    assert_eq!(workplace.feed("courier.rss.xml").entries.len(), 6);
}

#[test]
fn the_shipped_sample_publishes_fourteen_articles() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = std::fs::read_to_string(root.join("config.toml")).unwrap().replace("sample/", &format!("{}/sample/", root.display()));
    let workplace = Workplace::new(&config);
    workplace.succeed(&["run"]);
    let feed = workplace.feed("meridian-relay.atom.xml");
    assert_eq!(feed.entries.len(), 14);
    let tram = feed.entries.iter().find(|entry| entry.title.as_ref().unwrap().content.starts_with("Tram line nine")).unwrap();
    assert_eq!(tram.published.unwrap().timestamp_millis(), 1_795_035_566_201);
    let body = tram.content.as_ref().unwrap().body.as_ref().unwrap();
    assert!(body.contains("eighteen drivers") && body.contains("canalfaro"), "{body}");
    for noise in ["00: 44", "You may like", "Trends", "All news articles", "external sources", "rights reserved"] {
        assert!(!body.contains(noise), "`{noise}` in {body}");
    }
    let cafe = feed.entries.iter().find(|entry| entry.title.as_ref().unwrap().content.starts_with("El café")).unwrap();
    assert_eq!(cafe.title.as_ref().unwrap().content, "El café del puerto reabre con su máquina de 1911");
}
