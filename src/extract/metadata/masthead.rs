//! The site's name where no data declare it: on the links to the front page, at the ends of the title, behind a copyright sign.

use std::cell::LazyCell;

use ego_tree::NodeId;
use scraper::ElementRef;

use super::spelling::Host;
use super::tails::{RARE_SEPARATORS, SEPARATORS};
use super::{lower, tails};
use crate::extract::home;
use crate::html::{Dom, collapse, letters, text_of};

/// What else stands before the name of the site at the end of a title: the name must be said elsewhere.
const BRACKET: &str = "（";
/// A longer end of a title is no name.
const LONGEST: usize = 40;
/// What a link to the front page is called where it says no name.
const HOME: [&str; 16] = [
    "home",
    "homepage",
    "start",
    "startseite",
    "übersicht",
    "overview",
    "accueil",
    "inicio",
    "início",
    "principal",
    "главная",
    "anasayfa",
    "首页",
    "首頁",
    "トップ",
    "ホーム",
];
/// What else stands beside a name on such a link.
const PAGES: [&str; 18] = [
    "logo",
    "page",
    "website",
    "site",
    "web",
    "online",
    "official",
    "welcome",
    "back",
    "to",
    "go",
    "return",
    "visit",
    "zur",
    "zum",
    "zurück",
    "hauptseite",
    "portal",
];
/// A name of more words is a name and a slogan.
const MOST_WORDS: usize = 5;
/// So many headings are asked for the name and the subject.
const MOST_HEADS: usize = 40;
/// A page has few signs of copyright that are its own.
const MOST_RIGHTS: usize = 6;

/// Words on a link to the front page that the host spells: the masthead.
pub(super) fn spelled(dom: &Dom, host: &Host) -> Option<String> {
    home::names(dom).find_map(|said| {
        let said = collapse(&said);
        let spelled = Host::words_in(&said, |words| host.spells(words))?;
        Some(if is_whole_name(&said, &spelled) { said } else { spelled })
    })
}

/// Whether all of a text is a name, of which the host spells a part: "The Royal Quay Rowing Club" of quayrowing.example.
fn is_whole_name(said: &str, spelled: &str) -> bool {
    let Some((before, after)) = said.split_once(spelled) else { return false };
    let mut more = before.split_whitespace().chain(after.split_whitespace()).peekable();
    let is_great =
        |word: &str| word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase) && word.chars().all(char::is_alphabetic);
    let is_of_page = |word: &str| PAGES.contains(&word.to_lowercase().as_str()) || HOME.contains(&word.to_lowercase().as_str());
    more.peek().is_some()
        && said.chars().count() <= LONGEST
        && said.split_whitespace().count() <= MOST_WORDS
        && spelled.chars().any(char::is_lowercase)
        && more.all(|word| is_great(word) && !is_of_page(word))
}

/// A name that nothing declares: one that the host spells or abbreviates, else an end of the title that a link to the front page says, or the line of copyright.
pub(super) fn undeclared(dom: &Dom, host: &Host) -> Option<(String, &'static str)> {
    let title = dom.survey.title.as_deref().unwrap_or("");
    let is_own = |name: &str| host.spells_words(name) || host.abbreviates(name);
    let short = |name: &&str| !name.is_empty() && name.chars().count() <= LONGEST;
    let separators = || SEPARATORS.iter().chain(&RARE_SEPARATORS).chain(std::iter::once(&BRACKET));
    let first = separators().filter_map(|separator| title.split_once(separator)).map(|(first, _)| first.trim()).filter(short);
    let last = separators().filter_map(|separator| title.rsplit_once(separator)).map(|(_, last)| last.trim()).filter(short);
    let joined = tails::joined(title).map(|(_, last)| last).filter(short);
    let last = last.map(|last| last.trim_end_matches('）')).chain(joined);
    if let Some(name) = first.clone().chain(last.clone()).find(|name| is_own(name)) {
        return Some((name.to_owned(), "title"));
    }
    let rights = || dom.survey.rights.iter().filter_map(|id| dom.html.tree.get(*id)?.value().as_text()).take(MOST_RIGHTS);
    let signed = || rights().filter_map(|text| text.split_once('©')).map(|(_, owner)| owner.trim_start_matches(is_of_year));
    let is_all = |words: &str| host.spells(words) || host.abbreviates(words);
    if let Some(name) = signed().find_map(|owner| Host::words_in(owner, is_all)) {
        return Some((name, "copyright"));
    }
    let said: Vec<String> = home::names(dom).map(|said| letters(&said)).collect();
    let is_said = |name: &&str| {
        let name_letters = letters(name);
        !name_letters.is_empty()
            && !HOME.contains(&name_letters.as_str())
            && (said.contains(&name_letters) || signed().any(|owner| owner.starts_with(name)))
    };
    // Headings may hold each other: each is read once.
    let read = |ids: &[NodeId]| -> Vec<(NodeId, String)> {
        let heads = ids.iter().take(MOST_HEADS).filter_map(|id| ElementRef::wrap(dom.html.tree.get(*id)?));
        heads.map(|head| (head.id(), letters(&text_of(head)))).collect()
    };
    let (boards, topics) = (LazyCell::new(|| read(&dom.survey.headings)), LazyCell::new(|| read(&dom.survey.subheadings)));
    let headed = |heads: &[(NodeId, String)], text: &str| {
        let wanted = letters(text);
        heads.iter().find(|(_, head)| *head == wanted).map(|(id, _)| *id)
    };
    let ends = || separators().filter_map(|separator| Some([title.split_once(separator)?.0, title.rsplit_once(separator)?.1])).flatten();
    // The board above the subject: one heading says the one end of the title, a lower one right below it the other.
    let is_board = |name: &&str| {
        let board = headed(&boards, name);
        let is_subject = |board: NodeId, topic: NodeId| lower::is_right_below(dom, board, topic) && !lower::is_aside(dom, topic);
        let others = || ends().filter(|other| other.trim() != *name);
        board.is_some_and(|board| others().filter_map(|other| headed(&topics, other)).any(|topic| is_subject(board, topic)))
    };
    let mut lasts: Vec<&str> = last.collect();
    lasts.sort_by_key(|last| last.len());
    lasts.into_iter().chain(first).find(|name| is_said(name) || is_board(name)).map(|name| (name.to_owned(), "title"))
}

fn is_of_year(character: char) -> bool {
    character.is_ascii_digit() || character.is_whitespace() || "-–,".contains(character)
}

/// The end of the title, if the host is like it.
pub(super) fn like_host(dom: &Dom, host: &Host) -> Option<String> {
    let title = dom.survey.title.as_deref()?;
    let ends = SEPARATORS.iter().filter_map(|separator| title.rsplit_once(separator));
    let (_, last) = ends.min_by_key(|(_, last)| last.len())?;
    (host.is_like(last) && last.chars().count() <= LONGEST).then(|| last.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;

    #[test]
    fn a_site_that_declares_no_name_shows_one() {
        let check = |address: &str, page: &str, expected: Option<&str>| {
            let dom = crate::html::parse(page, &Url::parse(address).unwrap());
            let found = undeclared(&dom, &Host::of(&dom.url));
            assert_eq!(found.map(|(name, _)| name).as_deref(), expected, "{page}");
        };
        let at = "https://www.lakenews.example/a";
        check(at, "<title>The Lake News: Bridge opens</title>", Some("The Lake News"));
        check("https://lna.example/", "<title>Bridge opens | Lake News Association</title>", Some("Lake News Association"));
        check(at, "<title>Bridge opens</title><footer>© 2021–2026 Lake News Ltd. All rights reserved</footer>", Some("Lake News"));
        let home = "<a href=/>Quay and Water</a>";
        check(at, &format!("<title>Bridge opens - Quay and Water</title>{home}"), Some("Quay and Water"));
        check(at, &format!("<title>Bridge opens - Quay</title>{home}"), None);
        check(at, "<title>Bridge opens | Home</title><a href=/>Home</a>", None);
        check(at, "<title>Bridge opens - Quay</title><p>© Quay GmbH</p>", Some("Quay"));
        let board = "<h1>Quay Talk</h1><h2>Bridge opens</h2>";
        check(at, &format!("<title>Quay Talk • View topic - Bridge opens</title>{board}"), Some("Quay Talk"));
        check(at, &format!("<title>Bridge opens - Quay Talk</title>{board}"), Some("Quay Talk"));
        check(at, "<title>Bridge opens - Quay Talk</title><h1>Bridge opens</h1><h2>Lights</h2>", None);
        let subject = "<title>Bridge opens - Quay Talk</title><h1>Bridge opens</h1>";
        check(at, &format!("{subject}<footer><h2>Quay Talk</h2></footer>"), None);
        check(at, &format!("{subject}<div class=sidebar><h2>Quay Talk</h2></div>"), None);
        check(at, &format!("{subject}<p>{}</p><h3>Quay Talk</h3>", "The ferry sails. ".repeat(50)), None);
        check(at, "<title>Bridge opens - Quay Talk</title><h2>Quay Talk</h2><h1>Bridge opens</h1>", None);
        check(at, "<title>Bridge opens - Quay Talk</title><a href='./index.php?sid=1'>Quay Talk</a>", Some("Quay Talk"));
        check(at, "<title>Press: Quay and Water</title><a href=/>Quay and Water</a>", Some("Quay and Water"));
        check(at, "<title>Quay and Water ~ Bridge opens</title><a href=/>Quay and Water</a>", Some("Quay and Water"));
        check(at, "<title>桥梁开放-湖边报</title><a href=/>湖边报</a>", Some("湖边报"));
        check(at, "<title>桥梁开放--湖边报</title><a href=/><img alt=湖边报></a>", Some("湖边报"));
    }
    #[test]
    fn a_short_name_is_kept_whole() {
        let dom = |said: &str| {
            let page = format!("<a href=/>{said}</a>");
            crate::html::parse(&page, &Url::parse("https://www.quayrowing.example/a").unwrap())
        };
        for (said, expected) in [
            ("The Royal Quay Rowing Club", "The Royal Quay Rowing Club"),
            ("Quay Rowing Club", "Quay Rowing Club"),
            ("Quay Rowing Logo", "Quay Rowing"),
            ("Quay Rowing: Home", "Quay Rowing"),
            ("Quay Rowing of all boats", "Quay Rowing"),
            ("QUAY ROWING NEWS", "QUAY ROWING"),
            ("The Royal Old Quay Rowing Club North", "Quay Rowing"),
        ] {
            let dom = dom(said);
            assert_eq!(spelled(&dom, &Host::of(&dom.url)).as_deref(), Some(expected), "{said}");
        }
    }
}
