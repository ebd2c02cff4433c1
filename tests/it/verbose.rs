//! `--verbose` explains every decision about the network, each within the span of the page that it is about.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::newsroom;
use crate::support::{Answer, Asked, Site, Step};
use crate::workplace::Workplace;

/// The lines that tell of one page.
fn lines<'t>(talk: &'t str, url: &str) -> Vec<&'t str> {
    talk.lines().filter(|line| line.contains("fetch{") && line.contains(url)).collect()
}

#[track_caller]
fn explains(talk: &str, url: &str, words: &[&str]) {
    let lines = lines(talk, url);
    for words in words {
        assert!(lines.iter().any(|line| line.contains(words)), "`{words}` for {url}\n{talk}");
    }
}

#[test]
fn each_decision_is_explained_where_it_is_made() {
    let broken = AtomicUsize::new(0);
    let other = Site::start_with_at("127.0.0.2:0", |_| Answer::html("<p>x"));
    let secret = other.url("/secret");
    let site = Site::start_with(move |asked: &Asked| match asked.path.as_str() {
        "/robots.txt" => Answer::text("User-agent: *\nDisallow: /news/2026-10-02"),
        "/" if asked.header("if-none-match") == "\"front\"" => Answer::status(304),
        "/" => Answer::html(&newsroom::listing(0..4)).with("ETag", "\"front\""),
        path if path == newsroom::path(2) && broken.fetch_add(1, Ordering::Relaxed) == 0 => Answer::Script(vec![Step::Reset]),
        path if path == newsroom::path(3) => Answer::redirect(&secret),
        path => (0..4)
            .find(|&number| newsroom::path(number) == path)
            .map_or_else(Answer::not_found, |number| Answer::html(&newsroom::article(number, ""))),
    });
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50).replace("spacing = \"0s\"", "spacing = \"150ms\""));
    let first = workplace.run(&["run", "-v"]);
    let talk = String::from_utf8_lossy(&first.stderr);
    explains(&talk, &site.url("/"), &["robots.txt was asked for", "answered"]);
    // Which of the pages comes first is left to chance.
    explains(&talk, &site.url("/"), &["waiting for the host's turn"]);
    explains(&talk, &site.url(&newsroom::path(1)), &["robots-disallowed", "rule `Disallow: /news/2026-10-02`"]);
    explains(&talk, &site.url(&newsroom::path(2)), &["trying again after a pause"]);
    explains(&talk, &site.url(&newsroom::path(3)), &["redirected", "address-refused", "refused to connect"]);
    let second = workplace.run(&["run", "--force", "-v"]);
    let talk = String::from_utf8_lossy(&second.stderr);
    explains(&talk, &site.url("/"), &["robots.txt is known", "the page is as it was: nothing to read"]);
}

#[test]
fn without_verbose_nothing_of_it_is_told() {
    let site = newsroom::site(2);
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50));
    let output = workplace.run(&["run"]);
    assert!(output.stderr.is_empty(), "{output:?}");
}
