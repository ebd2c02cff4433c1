//! robots.txt and pauses, as hostile as they come.

use super::{Case, Sees, case};
use crate::support::Answer;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut robots = |name: &str, sees: Sees, answer: Answer| {
        cases.push(case(name, sees, move |stage| stage.robots(answer.clone())));
    };
    let rules = |line: &str, bytes: usize| format!("User-agent: *\n{}", line.repeat(bytes / line.len()));
    robots("a robots.txt of 10 MB", Sees::Reads(4, &[]), Answer::text(&rules("Disallow: /private/and/so/on\n", 10_000_000)));
    robots(
        "a robots.txt of one line of 10 MB",
        Sees::Reads(4, &[]),
        Answer::text(&format!("User-agent: *\nDisallow: /{}", "x".repeat(10_000_000))),
    );
    robots("a robots.txt of stars", Sees::Reads(4, &[]), Answer::text(&rules("Disallow: /*n*e*w*s*-*-*-*x*y*z$\n", 500_000)));
    robots("a robots.txt that is a page", Sees::Reads(4, &[]), Answer::html("<html><p>Disallow: nothing</html>"));
    robots("a robots.txt of NULs", Sees::Reads(4, &[]), Answer::text(&"\0".repeat(100_000)));
    robots("a robots.txt that is a picture", Sees::Reads(4, &[]), Answer::ok("image/png", vec![0x89, b'P', b'N', b'G', 0]));
    robots("a robots.txt in a circle", Sees::Reads(4, &[]), Answer::redirect("/robots.txt"));
    robots("a robots.txt that fails", Sees::Stops(&["robots.txt of `127.0.0.2` cannot be read", "left alone until"]), Answer::status(500));
    robots("a robots.txt that is too busy", Sees::Stops(&["left alone until"]), Answer::status(429).with("Retry-After", "60"));
    robots("a robots.txt behind a wall", Sees::Reads(4, &[]), Answer::status(403).with("cf-mitigated", "challenge"));
    robots("a robots.txt that forbids all", Sees::Stops(&["disallows", "rule `Disallow: /`"]), Answer::text("User-agent: *\nDisallow: /"));
    cases.push(case("a delay of a billion years", Sees::Stops(&["left alone until", "its pace allows no request"]), |stage| {
        stage.fetch = "max-time = \"5s\"\n".to_owned();
        stage.robots(Answer::text("User-agent: *\nCrawl-delay: 1e30"))
    }));
    let mut pauses = |name: &str, words: &'static [&'static str], answer: Answer| {
        cases.push(case(name, Sees::Stops(words), move |stage| stage.front(answer.clone())));
    };
    pauses("a pause of a year", &["answered 429 (too many requests)"], Answer::status(429).with("Retry-After", "31536000"));
    pauses(
        "a pause until a date that is long gone",
        &["answered 503"],
        Answer::status(503).with("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"),
    );
    pauses("a pause that says nothing", &["answered 503"], Answer::status(503).with("Retry-After", "-1e99, soon"));
    cases
}
