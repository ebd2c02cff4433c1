//! What is asked again costs as little as the site lets it: conditional re-checks, and cookies that last.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::newsroom;
use crate::support::{Answer, Asked, Site};
use crate::workplace::Workplace;

#[test]
fn a_recheck_of_an_article_that_is_as_it_was_costs_no_reading() {
    let edition = Arc::new(AtomicUsize::new(1));
    let current = Arc::clone(&edition);
    let site = Site::start_with(move |asked: &Asked| {
        let number = current.load(Ordering::Relaxed);
        let tag = format!("W/\"edition-{number}\"");
        match (0..2).find(|&number| newsroom::path(number) == asked.path) {
            None if asked.path == "/" => Answer::html(&newsroom::listing(0..2)),
            None => Answer::not_found(),
            Some(_) if asked.header("if-none-match") == tag => Answer::status(304),
            Some(article) => Answer::html(&newsroom::article(article, &" It rained.".repeat(number - 1))).with("ETag", &tag),
        }
    });
    let workplace = Workplace::new(&(newsroom::config(&site.url("/"), 50) + "recheck = [\"0s\", \"0s\", \"0s\"]\n"));
    workplace.succeed(&["run"]);
    let before = workplace.feeds();
    workplace.succeed(&["run", "--force"]);
    assert_eq!(before, workplace.feeds(), "nothing is written anew");
    edition.store(2, Ordering::Relaxed);
    workplace.succeed(&["run", "--force"]);
    assert!(String::from_utf8(workplace.bytes("feeds/courier.atom.xml")).unwrap().contains("It rained."));
    workplace.succeed(&["run", "--force"]);
    workplace.succeed(&["run", "--force"]);
    let tags: Vec<_> = site.asked(&newsroom::path(0)).iter().map(|asked| asked.header("if-none-match").to_owned()).collect();
    assert_eq!(tags, ["", "W/\"edition-1\"", "W/\"edition-1\"", "W/\"edition-2\""], "three re-checks, each with what was read last");
}

fn cookie_site() -> Site {
    Site::start_with(|asked: &Asked| match asked.path.as_str() {
        "/" => Answer::html(&newsroom::listing(0..1))
            .with("Set-Cookie", "lasting=yes; Max-Age=3600; Path=/")
            .with("Set-Cookie", "session=once; Path=/")
            .with("Set-Cookie", "over=1; Max-Age=1; Path=/"),
        path if path == newsroom::path(0) => Answer::html(&newsroom::article(0, "")),
        _ => Answer::not_found(),
    })
}

#[test]
fn cookies_are_kept_between_runs_where_that_is_wanted_until_they_expire() {
    let check = |setting: &str, expected: &[&str]| {
        let site = cookie_site();
        let workplace = Workplace::new(&(newsroom::config(&site.url("/"), 50) + setting));
        workplace.succeed(&["run"]);
        std::thread::sleep(std::time::Duration::from_millis(1_100));
        workplace.succeed(&["run", "--force"]);
        let sent: Vec<_> = site.asked("/").iter().map(|asked| asked.header("cookie").to_owned()).collect();
        assert_eq!(sent, expected, "{setting}");
    };
    check("cookies = \"keep\"\n", &["", "lasting=yes"]);
    check("cookies = true\n", &["", ""]);
    check("", &["", ""]);
}

#[test]
fn kept_cookies_stay_with_their_host_and_end_with_the_setting() {
    let site = cookie_site();
    let workplace = Workplace::new(&(newsroom::config(&site.url("/"), 50) + "cookies = \"keep\"\n"));
    workplace.succeed(&["run"]);
    let moved = Site::start_with_at("127.0.0.2:0", |asked: &Asked| match asked.path.as_str() {
        "/" => Answer::html(&newsroom::listing(0..1)),
        path if path == newsroom::path(0) => Answer::html(&newsroom::article(0, "")),
        _ => Answer::not_found(),
    });
    let write = |url: &str, setting: &str| std::fs::write(workplace.path("config.toml"), newsroom::config(url, 50) + setting).unwrap();
    write(&moved.url("/"), "cookies = \"keep\"\n");
    workplace.succeed(&["run", "--force"]);
    assert!(moved.log().iter().all(|asked| asked.header("cookie").is_empty()), "another host gets none");
    write(&site.url("/"), "");
    workplace.succeed(&["run", "--force"]);
    write(&site.url("/"), "cookies = \"keep\"\n");
    workplace.succeed(&["run", "--force"]);
    assert_eq!(site.asked("/").last().unwrap().header("cookie"), "", "they were forgotten when they were no longer to be kept");
}

#[test]
fn a_setting_that_is_none_is_told() {
    let workplace =
        Workplace::new(&newsroom::config("https://a.example/", 50).replace("[[source]]", "[defaults]\ncookies = \"always\"\n\n[[source]]"));
    let output = workplace.run(&["check"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("\"keep\""), "{output:?}");
}
