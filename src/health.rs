//! Judging a poll before it may touch a feed, by the source's own history.
//!
//! A redesign, a block page or a broken template must not wipe a feed or flood it with menus. What fails the judgement is held
//! back and told; if the same is seen several polls in a row, it is the new truth and is let in.

mod pulse;

pub use pulse::{ARRIVALS, Arrival, Pulse, pulse};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::{Discovery, Link, Surface};

/// How many polls in a row must agree before a changed listing is let in.
pub const AGREEMENTS: u32 = 3;
/// Below this confidence a listing that nothing is known of is not published: it is as likely a menu.
const LOWEST_CONFIDENCE: f64 = 0.5;
/// A listing with fewer than a quarter of its usual links has shrunk suspiciously.
const SHRUNKEN: f64 = 0.25;
/// Listings with fewer links than this vary too much to judge by their number.
const ENOUGH_TO_JUDGE: usize = 8;
/// Where this share of the links usually has a title, or a date, it is of the list's nature; below the other share it is gone.
const NEARLY_ALL: f64 = 0.8;
const NEARLY_NONE: f64 = 0.2;
/// How many polls are kept and looked at.
pub const HISTORY: usize = 30;

/// One poll, as remembered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Poll {
    /// When.
    pub at: Timestamp,
    /// How many links the listing had; 0 for a failure.
    pub links: usize,
    /// How many of them were new.
    pub new: usize,
    /// How many of them had a title; unknown of polls of earlier versions.
    #[serde(default)]
    pub titled: Option<usize>,
    /// How many of them had a date.
    #[serde(default)]
    pub dated: Option<usize>,
    /// The stable code of what went wrong, if anything did.
    pub code: Option<String>,
}

/// What a poll found, as far as it matters here.
#[derive(Debug, Clone, Copy)]
pub struct Observation<'a> {
    /// What discovery found.
    pub discovery: &'a Discovery,
    /// How many of its links are known already.
    pub known: usize,
    /// How many of its links the source's own filters let in: what they leave out is never known.
    pub wanted: usize,
    /// Whether the user's own rules found the links: they are believed.
    pub by_rules: bool,
    /// The language of the listing at the last good poll.
    pub language: Option<&'a str>,
}

impl Poll {
    /// A poll that read a listing; `code` says what went wrong, if anything did.
    pub fn of(discovery: &Discovery, new: usize, at: Timestamp, code: Option<String>) -> Self {
        let count = |has: fn(&Link) -> bool| Some(discovery.links.iter().filter(|link| has(link)).count());
        let (titled, dated) = (count(is_titled), count(is_dated));
        Self { at, links: discovery.links.len(), new, titled, dated, code }
    }
}

fn is_titled(link: &Link) -> bool {
    link.title.as_ref().is_some_and(|title| !title.trim().is_empty())
}

fn is_dated(link: &Link) -> bool {
    link.date.is_some()
}

/// Whether a poll may touch the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Accept,
    /// It may not: the stable code, and the reason in words.
    Hold {
        /// A stable, hyphenated word.
        code: &'static str,
        /// One sentence, lower case, without a final period.
        reason: String,
    },
}

/// Judges a poll. `held` says how many polls in a row were held before this one.
pub fn judge(observation: &Observation<'_>, history: &[Poll], held: u32) -> Verdict {
    let discovery = observation.discovery;
    let links = discovery.links.len();
    let usual = usual_links(history);
    if links == 0 {
        return nothing_found(discovery, usual);
    }
    if discovery.surface != Surface::Open && observation.known == 0 {
        return hold(surface_code(discovery.surface), surface_words(discovery.surface).to_owned());
    }
    if discovery.confidence < LOWEST_CONFIDENCE && observation.known == 0 && !observation.by_rules {
        return hold(
            "not-sure",
            format!("found {links} links that may be a menu rather than articles (confidence {:.2})", discovery.confidence),
        );
    }
    // What looks like a menu is never let in by itself, however often it is seen; a changed list is.
    let Some(usual) = usual.filter(|_| held + 1 < AGREEMENTS) else { return Verdict::Accept };
    if usual >= ENOUGH_TO_JUDGE && (links as f64) < usual as f64 * SHRUNKEN {
        return hold("shrunken", format!("found {links} links where there are usually about {usual}"));
    }
    if usual >= ENOUGH_TO_JUDGE && observation.wanted >= ENOUGH_TO_JUDGE && observation.known == 0 && is_recent(history) {
        return hold("all-different", format!("all {links} links are new, although the page was read not long ago"));
    }
    look_at_kind(observation, history)
}

/// Whether it is a list of the same kind: in the same language, and its links have what they have always had.
fn look_at_kind(observation: &Observation<'_>, history: &[Poll]) -> Verdict {
    let discovery = observation.discovery;
    if let (Some(before), Some(now)) = (observation.language, discovery.language.as_deref())
        && primary(before) != primary(now)
    {
        return hold("other-language", format!("the page is in `{now}` where it was in `{before}` before"));
    }
    let links = discovery.links.len();
    // What leads to known articles is a list of articles, whatever it leaves out of late.
    if links < ENOUGH_TO_JUDGE || observation.known * 2 >= links {
        return Verdict::Accept;
    }
    let titles = Trait { code: "untitled", what: "titles", has: is_titled, had: |poll| poll.titled };
    let dates = Trait { code: "undated", what: "dates", has: is_dated, had: |poll| poll.dated };
    for Trait { code, what, has, had } in [titles, dates] {
        let having = discovery.links.iter().filter(|link| has(link)).count();
        if usual_share(history, had).is_some_and(|usual| usual >= NEARLY_ALL) && (having as f64) < links as f64 * NEARLY_NONE {
            return hold(code, format!("only {having} of {links} links have {what}, where nearly all of them usually do"));
        }
    }
    Verdict::Accept
}

/// Something that nearly every link of a list has.
struct Trait {
    code: &'static str,
    what: &'static str,
    has: fn(&Link) -> bool,
    had: fn(&Poll) -> Option<usize>,
}

/// The usual share of links with something: the median of the polls that went well and of which it is known.
fn usual_share(history: &[Poll], had: fn(&Poll) -> Option<usize>) -> Option<f64> {
    let good = history.iter().filter(|poll| poll.code.is_none() && poll.links > 0);
    let mut shares: Vec<f64> = good.filter_map(|poll| Some(had(poll)? as f64 / poll.links as f64)).collect();
    shares.sort_by(f64::total_cmp);
    shares.get(shares.len() / 2).copied()
}

/// `en` of `en-GB`, in lower case.
fn primary(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase()
}

/// The usual number of links: the median of the polls that went well.
pub fn usual_links(history: &[Poll]) -> Option<usize> {
    let mut counts: Vec<usize> = history.iter().filter(|poll| poll.code.is_none() && poll.links > 0).map(|poll| poll.links).collect();
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied()
}

/// Whether the latest good polls shared links with those before them: a page that turns over completely each time may do so again.
fn is_recent(history: &[Poll]) -> bool {
    let good: Vec<&Poll> = history.iter().filter(|poll| poll.code.is_none()).collect();
    good.len() >= 2 && good.iter().rev().take(3).any(|poll| poll.new < poll.links)
}

fn nothing_found(discovery: &Discovery, usual: Option<usize>) -> Verdict {
    if discovery.surface != Surface::Open {
        return hold(surface_code(discovery.surface), surface_words(discovery.surface).to_owned());
    }
    match usual {
        Some(usual) => hold("empty", format!("found no article links, where there are usually about {usual}")),
        None => hold("empty", "found no article links on the page".to_owned()),
    }
}

fn hold(code: &'static str, reason: String) -> Verdict {
    Verdict::Hold { code, reason }
}

/// The stable code of what stands in the way.
pub fn surface_code(surface: Surface) -> &'static str {
    match surface {
        Surface::Open => "open",
        Surface::BotWall => "bot-wall",
        Surface::Login => "login",
        Surface::Paywall => "paywall",
        Surface::Consent => "consent",
        Surface::AppShell => "app-shell",
        Surface::SoftNotFound => "soft-not-found",
        Surface::Parked => "parked",
        Surface::NoResults => "no-results",
        Surface::OnlyMenus => "only-menus",
    }
}

/// What stands in the way, in words.
pub fn surface_words(surface: Surface) -> &'static str {
    match surface {
        Surface::Open => "nothing stands in the way",
        Surface::BotWall => "the site answered with a check for robots instead of the page",
        Surface::Login => "the site asks for a login",
        Surface::Paywall => "the text is for subscribers only",
        Surface::Consent => "the site shows a consent dialogue instead of the page",
        Surface::AppShell => "the page is an empty shell that JavaScript fills",
        Surface::SoftNotFound => "the site says that the page does not exist, although it answers 200",
        Surface::Parked => "the domain is parked or for sale",
        Surface::NoResults => "the page says that there are no results",
        Surface::OnlyMenus => "the page has only menus: none of its links looks like an article",
    }
}

/// What can be done about it.
pub fn surface_hint(surface: Surface) -> Option<&'static str> {
    match surface {
        Surface::Open => None,
        Surface::BotWall => Some("poll less often, or ask the site for a feed; feedwright does not get round such checks"),
        Surface::Login | Surface::Paywall => Some("give the source `headers` or `cookies` of your own account, where its terms allow that"),
        Surface::Consent => Some("give the source the consent cookie that a browser has after agreeing"),
        Surface::AppShell => Some(
            "look for a feed, a sitemap or an API of the site, and use its address as the source; or set `render = true`, which lets a \
             Chromium on this machine run the page's scripts (`try URL --render` shows what that gives)",
        ),
        Surface::SoftNotFound | Surface::Parked => Some("open the address in a browser: the site may have moved"),
        Surface::NoResults => Some("check the search or filter in the source's address"),
        Surface::OnlyMenus => Some("give the page that lists the articles; `feedwright try ADDRESS` shows what was dropped and why"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;
    use crate::url::Url;

    fn discovery(links: usize, confidence: f64, surface: Surface) -> Discovery {
        let link = |position: usize| Link {
            url: Url::parse(&format!("https://a.example/{position}")).unwrap(),
            title: Some("A title".to_owned()),
            teaser: None,
            date: None,
            image: None,
            author: None,
            origin: Origin::new("test"),
            position,
        };
        Discovery { links: (0..links).map(link).collect(), confidence, surface, ..Discovery::default() }
    }

    fn history(counts: &[usize]) -> Vec<Poll> {
        counts
            .iter()
            .map(|&links| Poll { at: Timestamp::UNIX_EPOCH, links, new: 1, titled: Some(links), dated: None, code: None })
            .collect()
    }

    fn observation(discovery: &Discovery, known: usize) -> Observation<'_> {
        Observation { discovery, known, wanted: discovery.links.len(), by_rules: false, language: Some("en-GB") }
    }

    #[track_caller]
    fn check(discovery: &Discovery, known: usize, counts: &[usize], held: u32, expected: Option<&str>) {
        let verdict = judge(&observation(discovery, known), &history(counts), held);
        let code = match verdict {
            Verdict::Accept => None,
            Verdict::Hold { code, .. } => Some(code),
        };
        assert_eq!(code, expected);
    }

    #[test]
    fn a_good_listing_is_accepted() {
        check(&discovery(20, 0.9, Surface::Open), 0, &[], 0, None);
        check(&discovery(20, 0.9, Surface::Open), 18, &[20, 21, 19], 0, None);
    }

    #[test]
    fn an_empty_or_blocked_page_is_held_for_ever() {
        check(&discovery(0, 0.0, Surface::Open), 0, &[20, 20], 9, Some("empty"));
        check(&discovery(0, 0.0, Surface::BotWall), 0, &[20, 20], 9, Some("bot-wall"));
    }

    #[test]
    fn a_menu_is_not_published() {
        check(&discovery(12, 0.1, Surface::Open), 0, &[], 0, Some("not-sure"));
        check(&discovery(12, 0.1, Surface::Open), 0, &[], 9, Some("not-sure"));
    }

    #[test]
    fn a_shrunken_page_is_held_until_it_is_seen_again_and_again() {
        check(&discovery(3, 0.9, Surface::Open), 2, &[20, 20, 20], 0, Some("shrunken"));
        check(&discovery(3, 0.9, Surface::Open), 2, &[20, 20, 20], 2, None);
    }

    #[test]
    fn a_page_in_another_language_is_held_until_it_is_seen_again_and_again() {
        let in_language = |language: &str| Discovery { language: Some(language.to_owned()), ..discovery(20, 0.9, Surface::Open) };
        check(&in_language("es"), 18, &[20, 20, 20], 0, Some("other-language"));
        check(&in_language("es"), 18, &[20, 20, 20], 2, None);
        check(&in_language("EN"), 18, &[20, 20, 20], 0, None);
        check(&in_language("es"), 0, &[], 0, None);
    }

    #[test]
    fn links_that_lost_their_titles_are_held_unless_they_are_known() {
        let mut bare = discovery(20, 0.9, Surface::Open);
        bare.links.iter_mut().skip(2).for_each(|link| link.title = None);
        check(&bare, 2, &[20, 20, 20], 0, Some("untitled"));
        check(&bare, 2, &[20, 20, 20], 2, None);
        check(&bare, 12, &[20, 20, 20], 0, None);
        check(&bare, 2, &[], 0, None);
    }

    #[test]
    fn links_that_lost_their_dates_are_held_unless_they_never_had_them() {
        let at = "2026-11-24T10:00:00Z".parse().unwrap();
        let when = crate::model::When { at, offset_seconds: 0, precision: crate::model::Precision::Day, zone: crate::model::Zone::Given };
        let dated = |count: usize| {
            let mut page = discovery(20, 0.9, Surface::Open);
            page.links.iter_mut().take(count).for_each(|link| link.date = Some(when));
            page
        };
        let verdict = |page: &Discovery, known: usize, before: &Discovery, held: u32| {
            let polls = vec![Poll::of(before, 1, at, None); 3];
            judge(&observation(page, known), &polls, held)
        };
        let is_held = |verdict: Verdict| matches!(verdict, Verdict::Hold { code: "undated", .. });
        assert!(is_held(verdict(&dated(0), 3, &dated(20), 0)));
        assert!(is_held(verdict(&dated(3), 3, &dated(18), 1)));
        assert_eq!(verdict(&dated(0), 3, &dated(20), AGREEMENTS - 1), Verdict::Accept, "seen again and again, it is the new truth");
        assert_eq!(verdict(&dated(0), 12, &dated(20), 0), Verdict::Accept, "known articles");
        assert_eq!(verdict(&dated(0), 3, &dated(8), 0), Verdict::Accept, "half of them had none before");
        assert_eq!(verdict(&dated(6), 3, &dated(20), 0), Verdict::Accept, "many still have one");
    }

    #[test]
    fn what_the_filters_leave_out_is_never_known_and_no_reason_to_hold() {
        let page = discovery(20, 0.9, Surface::Open);
        let judged = |wanted| judge(&Observation { wanted, ..observation(&page, 0) }, &history(&[20, 20, 20]), 0);
        assert!(matches!(judged(20), Verdict::Hold { code: "all-different", .. }));
        assert_eq!(judged(2), Verdict::Accept);
    }

    #[test]
    fn a_page_without_one_known_link_is_held() {
        check(&discovery(20, 0.9, Surface::Open), 0, &[20, 20, 20], 0, Some("all-different"));
    }
}
