//! Politeness that survives cron: each run is a process of its own, and the site sees how they behave together.

use std::time::Duration;

use crate::newsroom;
use crate::support::{Answer, Asked, Site};
use crate::workplace::Workplace;

/// A listing, three articles, a robots.txt.
fn site(robots: &'static str) -> Site {
    Site::start_with(move |asked: &Asked| match asked.path.as_str() {
        "/robots.txt" => Answer::text(robots),
        "/" => Answer::html(&newsroom::listing(0..3)),
        path => match (0..3).find(|&number| newsroom::path(number) == path) {
            Some(number) => Answer::html(&newsroom::article(number, "")),
            None => Answer::not_found(),
        },
    })
}

fn config(url: &str, spacing: &str) -> String {
    newsroom::config(url, 50).replace("spacing = \"0s\"", &format!("spacing = \"{spacing}\""))
}

#[test]
fn the_pause_between_requests_holds_across_runs() {
    const SPACING: Duration = Duration::from_millis(300);
    let site = site("");
    let workplace = Workplace::new(&config(&site.url("/"), "300ms"));
    workplace.succeed(&["run"]);
    workplace.succeed(&["run", "--force"]);
    let moments: Vec<_> = site.log().iter().map(|asked| asked.at).collect();
    assert_eq!(moments.len(), 6, "robots.txt, the listing and three articles, then the listing: robots.txt is asked for once a day");
    for pair in moments.windows(2) {
        assert!(pair[1] - pair[0] >= SPACING, "{:?}", pair[1] - pair[0]);
    }
}

#[test]
fn what_robots_txt_forbids_is_not_asked_for() {
    let site = site("User-agent: *\nDisallow: /news/");
    let workplace = Workplace::new(&config(&site.url("/"), "0s"));
    let output = workplace.run(&["run"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("robots.txt"), "{output:?}");
    assert_eq!(site.paths(), ["/"]);
}

#[test]
fn a_pause_that_a_site_asks_for_holds_in_the_next_run() {
    let site = Site::start_with(|asked: &Asked| match asked.path.as_str() {
        "/robots.txt" => Answer::text(""),
        _ => Answer::status(503).with("Retry-After", "120"),
    });
    let workplace = Workplace::new(&config(&site.url("/"), "0s"));
    for _ in 0..2 {
        let output = workplace.run(&["run", "--force"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stderr).contains("left alone until"), "{output:?}");
    }
    assert_eq!(site.paths(), ["/"], "asked once, and not again while it rests");
}

#[test]
fn a_link_to_another_private_address_is_refused_and_the_rest_goes_on() {
    let other = Site::start([("/secret", Answer::html("<p>secret"))]);
    let target = other.url("/secret");
    let site = Site::start_with(move |asked: &Asked| match asked.path.as_str() {
        "/" => Answer::html(&newsroom::listing(0..4).replace(&newsroom::path(3), &target)),
        path if path == newsroom::path(2) => Answer::redirect(&target),
        path => match (0..3).find(|&number| newsroom::path(number) == path) {
            Some(number) => Answer::html(&newsroom::article(number, "")),
            None => Answer::not_found(),
        },
    });
    let workplace = Workplace::new(&config(&site.url("/"), "0s"));
    workplace.succeed(&["run"]);
    assert_eq!(workplace.feed("courier.rss.xml").entries.len(), 2);
    assert!(other.log().is_empty(), "{:?}", other.log());
}

#[test]
fn one_broken_link_among_known_articles_is_no_failure_and_a_pruned_article_does_not_come_back() {
    let count = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(3));
    let listed = std::sync::Arc::clone(&count);
    let site = Site::start_with(move |asked: &Asked| match asked.path.as_str() {
        "/" => Answer::html(&newsroom::listing(0..listed.load(std::sync::atomic::Ordering::Relaxed))),
        path => match (0..3).find(|&number| newsroom::path(number) == path) {
            Some(number) => Answer::html(&newsroom::article(number, "")),
            None => Answer::not_found(),
        },
    });
    let keep = config(&site.url("/"), "0s").replace("items = 50", "items = 2") + "keep = 2\n";
    let workplace = Workplace::new(&keep);
    workplace.succeed(&["run"]);
    assert_eq!(workplace.feed("courier.rss.xml").entries.len(), 2);
    let asked = site.paths().len();
    workplace.succeed(&["run", "--force"]);
    assert_eq!(site.paths()[asked..], ["/"], "the pruned article is not read again");
    count.store(4, std::sync::atomic::Ordering::Relaxed);
    workplace.succeed(&["run", "--force"]);
}

#[test]
fn a_run_that_was_killed_costs_no_site_its_pause() {
    const SPACING: Duration = Duration::from_millis(700);
    let site = site("");
    let workplace = Workplace::new(&config(&site.url("/"), "700ms"));
    let mut child = workplace.start(&["run"]);
    // Killed right after a request, before anything could be saved of it.
    while site.log().len() < 2 {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    workplace.succeed(&["run", "--force"]);
    let moments: Vec<_> = site.log().iter().map(|asked| asked.at).collect();
    for pair in moments.windows(2) {
        assert!(pair[1] - pair[0] >= SPACING, "{:?}", pair[1] - pair[0]);
    }
}

#[test]
fn looking_at_a_page_by_hand_keeps_the_pause_as_well() {
    const SPACING: Duration = Duration::from_millis(700);
    let site = site("");
    let workplace = Workplace::new(&config(&site.url("/"), "700ms"));
    workplace.succeed(&["run"]);
    workplace.succeed(&["try", &site.url("/")]);
    workplace.succeed(&["try", &site.url(&newsroom::path(1))]);
    let moments: Vec<_> = site.log().iter().map(|asked| asked.at).collect();
    assert_eq!(moments.len(), 7, "robots.txt is not asked for again");
    for pair in moments.windows(2) {
        assert!(pair[1] - pair[0] >= SPACING, "{:?}", pair[1] - pair[0]);
    }
}

#[test]
fn two_sources_at_one_host_share_its_pause_and_its_rules() {
    const SPACING: Duration = Duration::from_millis(250);
    let site = site("User-agent: *\nCrawl-delay: 0.25");
    let two = config(&site.url("/"), "0s") + &format!("\n[[source]]\nname = \"again\"\nurl = \"{}\"\n", site.url("/?page=1"));
    let workplace = Workplace::new(&two);
    workplace.run(&["run"]);
    let log = site.log();
    assert_eq!(log.iter().filter(|asked| asked.path == "/robots.txt").count(), 1);
    for pair in log.windows(2) {
        assert!(pair[1].at - pair[0].at >= SPACING, "{:?}", pair[1].at - pair[0].at);
    }
}

#[test]
fn what_robots_txt_forbade_is_remembered_by_the_next_process() {
    let site = site("User-agent: *\nDisallow: /");
    let workplace = Workplace::new(&config(&site.url("/"), "0s"));
    for _ in 0..3 {
        let output = workplace.run(&["run", "--force"]);
        assert!(String::from_utf8_lossy(&output.stderr).contains("rule `Disallow: /`"), "{output:?}");
    }
    assert_eq!(site.log().len(), 1, "three runs asked for robots.txt once, and for nothing else");
}
