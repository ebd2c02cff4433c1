//! The whole history of feeds across sources, what is kept of a source, and listings that are as they were.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::newsroom;
use crate::support::{Answer, Asked, Site};
use crate::workplace::Workplace;
use crate::year::reader::read;
use crate::year::walker::walk;

/// How many articles the front page shows.
const SHOWN: usize = 10;

/// A newsroom that goes on writing; its very first article stays on the front page, and is corrected one day.
struct Growing {
    site: Site,
    count: Arc<AtomicUsize>,
    corrected: Arc<AtomicBool>,
}

impl Growing {
    fn start(address: &str) -> Self {
        let (count, corrected) = (Arc::new(AtomicUsize::new(SHOWN)), Arc::new(AtomicBool::new(false)));
        let (written, is_corrected) = (Arc::clone(&count), Arc::clone(&corrected));
        let place = address.to_owned();
        let site = Site::start_with_at(address, move |asked: &Asked| {
            let (count, corrected) = (written.load(Ordering::Relaxed), is_corrected.load(Ordering::Relaxed));
            let correct = |page: String| if corrected { page.replace("(report 0)", "(report 0, corrected)") } else { page };
            if asked.path == "/" {
                return Answer::html(&correct(newsroom::listing([0].into_iter().chain((1..count).rev().take(SHOWN)))));
            }
            match (0..count).find(|&number| newsroom::path(number) == asked.path) {
                Some(number) => Answer::html(&correct(newsroom::article(number, &format!(" So it was told at {place}.")))),
                None => Answer::not_found(),
            }
        });
        Self { site, count, corrected }
    }
}

fn config(sites: &[&Growing], more: &str) -> String {
    let patience = newsroom::PATIENCE;
    let mut config = format!(
        "[publish]\ndir = \"feeds\"\nbase-url = \"https://feeds.example/\"\nitems = 6\nby-source = 1\n\n[fetch]\nspacing = \"0s\"\n{patience}\n\
         [[feed]]\nname = \"all\"\n\n[[feed]]\nname = \"lighthouses\"\nwords = [\"lighthouse\"]\n"
    );
    for (place, site) in sites.iter().enumerate() {
        config.push_str(&format!("\n[[source]]\nname = \"paper{place}\"\nurl = \"{}\"\n{more}", site.site.url("/")));
    }
    config
}

fn archives(workplace: &Workplace) -> Vec<(String, Vec<u8>)> {
    let files = workplace.feeds().into_iter().filter(|(name, ..)| name.contains(".archive-"));
    files.map(|(name, bytes, _)| (name, bytes)).collect()
}

#[test]
fn a_new_subscriber_walks_the_whole_history_of_a_feed_across_sources() {
    let (one, other) = (Growing::start("127.0.0.1:0"), Growing::start("127.0.0.2:0"));
    let workplace = Workplace::new(&config(&[&one, &other], ""));
    let mut sealed: Vec<(String, Vec<u8>)> = Vec::new();
    for count in [SHOWN, 14, 15, 21, 27] {
        one.count.store(count, Ordering::Relaxed);
        other.count.store(count - 2, Ordering::Relaxed);
        workplace.succeed(&["run", "--force"]);
        let now = archives(&workplace);
        assert!(sealed.iter().all(|archive| now.contains(archive)), "a sealed archive never changes");
        sealed = now;
    }
    let texts = |file: &str| -> BTreeSet<String> { walk(&workplace, file).0.into_values().map(|entry| entry.text).collect() };
    for file in ["all.atom.xml", "all.rss.xml", "all.json", "by-source/northwire.atom.xml", "by-source/northwire.json"] {
        let (all, count) = walk(&workplace, file);
        assert_eq!((all.len(), texts(file).len()), (27 + 25, 27 + 25), "{file}");
        assert!(count >= 8, "{file}: {count} archives");
        assert!(read(&workplace.bytes(&format!("feeds/{file}"))).len() <= 6);
    }
    let of_lighthouses = |all: &BTreeSet<String>| all.iter().filter(|text| text.contains("lighthouse")).count();
    for file in ["lighthouses.atom.xml", "lighthouses.rss.xml", "lighthouses.json"] {
        assert_eq!(walk(&workplace, file).0.len(), of_lighthouses(&texts("all.json")), "{file}");
    }
    let lighthouses = walk(&workplace, "lighthouses.atom.xml").0;
    assert!(lighthouses.len() >= 6 && lighthouses.values().all(|entry| entry.text.contains("lighthouse")), "{}", lighthouses.len());

    // A correction of a sealed item comes to the live feeds, under its old id, and the archives stay.
    one.corrected.store(true, Ordering::Relaxed);
    workplace.succeed(&["run", "--force"]);
    assert!(sealed.iter().all(|archive| archives(&workplace).contains(archive)), "a sealed archive never changes");
    for file in ["all.atom.xml", "by-source/northwire.atom.xml"] {
        let live = read(&workplace.bytes(&format!("feeds/{file}")));
        assert_eq!(live.iter().filter(|entry| entry.title.contains("corrected")).count(), 1, "{file}");
        let all = walk(&workplace, file).0;
        assert_eq!(all.len(), 27 + 25, "{file}");
        assert!(all.values().any(|entry| entry.title.contains("corrected")), "{file}");
    }

    // The files are a function of the store.
    let before: Vec<_> = workplace.feeds().into_iter().map(|(name, bytes, _)| (name, bytes)).collect();
    fs::remove_dir_all(workplace.path("feeds")).unwrap();
    workplace.succeed(&["run"]);
    let after: Vec<_> = workplace.feeds().into_iter().map(|(name, bytes, _)| (name, bytes)).collect();
    assert!(before == after, "deleting `feeds/` and running again gives the same bytes");

    workplace.keep();

    // What is forgotten is forgotten everywhere.
    workplace.succeed(&["forget", &one.site.url(&newsroom::path(3))]);
    workplace.succeed(&["run"]);
    for file in ["all.atom.xml", "by-source/northwire.json", "paper0.rss.xml"] {
        let all = walk(&workplace, file).0;
        assert!(!all.values().any(|entry| entry.title.contains("(report 3)") && entry.text.contains("127.0.0.1")), "{file}");
    }
    assert_eq!(walk(&workplace, "all.json").0.len(), 27 + 24);
}

#[test]
fn the_same_story_in_two_sources_stays_twice_and_is_linked_both_ways() {
    let (one, other) = (newsroom::site(5), newsroom::site(4));
    let config = newsroom::config(&one.url("/"), 20) + &format!("\n[[source]]\nname = \"herald\"\nurl = \"{}\"\n", other.url("/"));
    let workplace = Workplace::new(&config);
    workplace.succeed(&["run", "courier"]);
    let related = |file: &str| {
        let text = String::from_utf8(workplace.bytes(&format!("feeds/{file}"))).unwrap();
        text.matches("rel=\"related\"").count() + text.matches("same_story").count()
    };
    assert_eq!(related("courier.atom.xml"), 0);
    workplace.succeed(&["run", "herald"]);
    for (file, count) in [("courier.atom.xml", 5), ("herald.atom.xml", 4)] {
        assert_eq!(workplace.feed(file).entries.len(), count);
        assert_eq!(related(file), 4, "{file}");
    }
    assert_eq!((related("courier.json"), related("herald.json")), (4, 4));
    let atom = String::from_utf8(workplace.bytes("feeds/courier.atom.xml")).unwrap();
    assert!(atom.contains(&format!("href=\"{}\"", other.url(&newsroom::path(2)))), "{atom}");
    assert!(workplace.succeed(&["status", "courier"]).contains("4 of them tell the same story"));
    workplace.succeed(&["forget", &other.url(&newsroom::path(2))]);
    workplace.succeed(&["run", "courier"]);
    assert_eq!(related("courier.atom.xml"), 3, "what is gone is linked no more");
}

#[test]
fn what_is_too_much_goes_by_whole_archives_and_does_not_come_back() {
    let check = |more: &str, least: usize, most: usize| {
        let site = Growing::start("127.0.0.1:0");
        let workplace = Workplace::new(&config(&[&site], more));
        for count in [SHOWN, 16, 22, 28] {
            site.count.store(count, Ordering::Relaxed);
            workplace.succeed(&["run", "--force"]);
        }
        workplace.succeed(&["run", "--force"]);
        let kept = walk(&workplace, "paper0.atom.xml").0.len();
        assert!((least..=most).contains(&kept), "`{more}` kept {kept}");
        assert_eq!(workplace.succeed(&["export", "--items"]).lines().count(), kept);
        let live = read(&workplace.bytes("feeds/paper0.atom.xml")).len();
        assert!((3..=6).contains(&live), "the live feed stays as it is: {live}");
    };
    check("", 28, 28);
    check("keep = 12\n", 12, 15);
    check("keep-age = \"1d\"\n", 3, 6);
    check("keep-age = \"90000d\"\n", 28, 28);
    check("keep-bytes = 30000\n", 6, 20);
    check("keep-bytes = 1\n", 3, 6);
}

#[test]
fn a_listing_that_is_as_it_was_is_asked_for_conditionally_until_an_article_is_to_be_read_again() {
    let site = newsroom::site(9);
    let recheck = "recheck = [\"1s\"]\n";
    let config = newsroom::config(&site.url("/"), 20) + "recheck = [\"1h\"]\n";
    let workplace = Workplace::new(&config);
    workplace.succeed(&["run"]);
    let asked = |count: usize| site.paths().split_off(count);
    let before = site.paths().len();
    workplace.succeed(&["run", "--force"]);
    assert_eq!(asked(before), ["/"]);
    assert_eq!(site.asked("/").last().unwrap().header("if-none-match"), "\"front-1\"", "re-checks are not due");
    // Other rules: the listing must be read by them, whatever its server says. Its articles are a second old, and are due.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    fs::write(workplace.path("config.toml"), newsroom::config(&site.url("/"), 20) + recheck).unwrap();
    let before = site.paths().len();
    workplace.succeed(&["run", "--force"]);
    assert_eq!(site.asked("/").last().unwrap().header("if-none-match"), "");
    assert_eq!(asked(before).len(), 1 + 9, "every article is read again");
    workplace.succeed(&["run", "--force"]);
    assert_eq!(site.asked("/").last().unwrap().header("if-none-match"), "\"front-1\"", "nothing is due any more");
}

#[test]
fn a_listing_that_comes_again_byte_for_byte_costs_no_look_and_still_counts_as_a_good_poll() {
    let site = Growing::start("127.0.0.1:0");
    let workplace = Workplace::new(&config(&[&site], ""));
    workplace.succeed(&["run"]);
    let before = workplace.feeds();
    let told = String::from_utf8(workplace.run(&["run", "--force", "--verbose"]).stderr).unwrap();
    assert!(told.contains("the listing is as it was"), "{told}");
    assert!(workplace.feeds() == before, "no file is touched");
    site.count.store(12, Ordering::Relaxed);
    let told = String::from_utf8(workplace.run(&["run", "--force", "--verbose"]).stderr).unwrap();
    assert!(!told.contains("the listing is as it was"), "{told}");
    assert_eq!(workplace.succeed(&["export", "--items"]).lines().count(), 12);
}

#[test]
fn when_more_than_a_page_of_news_came_the_next_pages_are_read_until_one_is_known() {
    let total = Arc::new(AtomicUsize::new(20));
    let count = Arc::clone(&total);
    let site = Site::start_with(move |asked: &Asked| {
        let total = count.load(Ordering::Relaxed);
        let page = match asked.path.as_str() {
            "/" => Some(1),
            path => path.strip_prefix("/page/").and_then(|page| page.parse::<usize>().ok()),
        };
        if let Some(page) = page {
            let numbers = (total.saturating_sub(page * 10)..total.saturating_sub((page - 1) * 10)).rev();
            let next = format!("<a rel=next href=/page/{}>Older</a></main>", page + 1);
            return Answer::html(&newsroom::listing(numbers).replace("</main>", &next));
        }
        match (0..total).find(|&number| newsroom::path(number) == asked.path) {
            Some(number) => Answer::html(&newsroom::article(number, "")),
            None => Answer::not_found(),
        }
    });
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50));
    let polled = |expected: usize, pages: &[&str]| {
        let asked = site.paths().len();
        workplace.succeed(&["run", "--force"]);
        let read: Vec<String> = site.paths().into_iter().skip(asked).filter(|path| path.starts_with("/page/")).collect();
        assert_eq!(read, pages);
        assert_eq!(workplace.succeed(&["export", "--items"]).lines().count(), expected);
    };
    polled(10, &[]);
    total.store(22, Ordering::Relaxed);
    polled(12, &[]);
    total.store(34, Ordering::Relaxed);
    polled(24, &["/page/2"]);
    // A whole site of news is not read: five pages are.
    total.store(200, Ordering::Relaxed);
    let asked = site.paths().len();
    workplace.run(&["run", "--force"]);
    let read = site.paths().into_iter().skip(asked).filter(|path| path.starts_with("/page/")).count();
    assert_eq!(read, 4);
}
