//! The scripted site as a server: every page at every hour, with all that changes on real pages and means nothing.

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::script::{self, Article, BEGIN, Dated, Links, SHOWN, Trouble, chance};
use crate::support::{Answer, Asked, Site, Step};

const NAMES: [&str; 8] = ["Low Harbour", "Verrin", "Anse Grise", "Pell Island", "Orna", "Mount Tarrow", "Santa Brega", "Upper Harbour"];
const THINGS: [&str; 9] = ["ferry", "bridge", "library", "tram", "market", "lighthouse", "orchard", "school", "mill"];
const DEEDS: [&str; 7] = [
    "opens again",
    "gets a new roof",
    "asks for volunteers",
    "celebrates its founder",
    "closes for winter",
    "wins a prize",
    "moves uphill",
];

/// An article's text as it was handed out: its number and its edition.
pub type Delivery = (usize, usize);

/// The site, its clock, and what it handed out.
pub struct Gazette {
    pub articles: Arc<Vec<Article>>,
    hour: Arc<AtomicI64>,
    delivered: Arc<Mutex<Vec<Delivery>>>,
    proxy: Site,
}

impl Gazette {
    /// Starts it. It stands behind a proxy's address, so that it can have any name.
    pub fn start() -> Self {
        let articles = Arc::new(script::articles());
        let hour = Arc::new(AtomicI64::new(0));
        let delivered: Arc<Mutex<Vec<Delivery>>> = Arc::default();
        let state = State {
            articles: Arc::clone(&articles),
            hour: Arc::clone(&hour),
            delivered: Arc::clone(&delivered),
            visits: AtomicUsize::new(0),
        };
        let proxy = Site::start_with(move |asked: &Asked| state.answer(asked));
        Self { articles, hour, delivered, proxy }
    }

    pub fn proxy(&self) -> String {
        self.proxy.url("")
    }

    /// Turns the site's clock; what was handed out before is forgotten.
    pub fn turn_to(&self, hour: i64) {
        self.hour.store(hour, Ordering::Relaxed);
        self.delivered.lock().unwrap().clear();
    }

    pub fn delivered(&self) -> Vec<Delivery> {
        self.delivered.lock().unwrap().clone()
    }

    pub fn requests(&self) -> usize {
        self.proxy.log().len()
    }
}

struct State {
    articles: Arc<Vec<Article>>,
    hour: Arc<AtomicI64>,
    delivered: Arc<Mutex<Vec<Delivery>>>,
    visits: AtomicUsize,
}

impl State {
    fn answer(&self, asked: &Asked) -> Answer {
        let hour = self.hour.load(Ordering::Relaxed);
        let visit = self.visits.fetch_add(1, Ordering::Relaxed);
        let rest = asked.path.split_once("://").map_or(asked.path.as_str(), |(_, rest)| rest);
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let path = path.split('?').next().unwrap_or("");
        if path == "robots.txt" {
            return Answer::text("User-agent: *\nDisallow: /private/");
        }
        match script::trouble(hour) {
            Trouble::Down => return Answer::status(500),
            Trouble::Cut => return Answer::Script(vec![Step::Reset]),
            Trouble::ArticlesDown if !path.is_empty() => return Answer::status(500),
            Trouble::Wall => return Answer::html(WALL),
            Trouble::Notice if !path.is_empty() => return Answer::html(NOTICE),
            _ => {}
        }
        if script::era(hour) > 0 && host == "gazette.example" {
            return Answer::status(301).with("Location", &format!("http://www.gazette.example/{path}"));
        }
        if path.is_empty() { self.front(asked, hour, visit) } else { self.article(path, hour, visit) }
    }

    fn front(&self, asked: &Asked, hour: i64, visit: usize) -> Answer {
        let page = front_page(&self.articles, hour, visit);
        // In even weeks the server knows what it has; in odd ones it does not.
        if hour.div_euclid(24 * 7) % 2 != 0 {
            return Answer::html(&page);
        }
        let shown: Vec<String> = shown(&self.articles, hour)
            .iter()
            .map(|(article, again)| format!("{}{again}{}", article.number, article.edition(hour)))
            .collect();
        let day = hour.div_euclid(24);
        let tag = format!("\"{}-{:?}-{:?}-{}-{day}\"", script::era(hour), script::trouble(hour), script::links(hour), shown.join("."));
        if asked.header("if-none-match") == tag {
            return Answer::status(304).with("ETag", &tag);
        }
        Answer::html(&page).with("ETag", &tag)
    }

    fn article(&self, path: &str, hour: i64, visit: usize) -> Answer {
        let number =
            path.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse::<usize>().ok()).find(|number| *number >= 10_000);
        let (number, again) = number.map_or((0, false), |number| if number >= 20_000 { (number - 10_000, true) } else { (number, false) });
        let Some(article) = self.articles.iter().find(|article| article.number == number) else { return Answer::not_found() };
        if article.is_removed(hour) {
            return if number.is_multiple_of(2) { Answer::redirect("/") } else { Answer::html(REMOVED) };
        }
        let now = address(article, again, hour);
        let amp = path.strip_prefix("amp/").unwrap_or(path);
        if amp != now.trim_start_matches('/') {
            return Answer::status(301).with("Location", &now);
        }
        self.delivered.lock().unwrap().push((number, article.edition(hour)));
        Answer::html(&article_page(article, again, hour, visit))
    }
}

/// What the front page shows, newest first; `true` for a second publication of the same text.
fn shown(articles: &[Article], hour: i64) -> Vec<(&Article, bool)> {
    let mut all: Vec<(i64, &Article, bool)> = articles.iter().map(|article| (article.posted, article, false)).collect();
    all.extend(articles.iter().filter_map(|article| Some((article.again?, article, true))));
    all.retain(|(posted, ..)| *posted <= hour);
    all.sort_by_key(|(posted, article, _)| (std::cmp::Reverse(*posted), article.number));
    all.truncate(SHOWN);
    let mut shown: Vec<_> = all.into_iter().map(|(_, article, again)| (article, again)).collect();
    if let Some(article) = script::pinned(hour).and_then(|place| articles.get(place)) {
        shown.retain(|(other, _)| other.number != article.number);
        shown.insert(0, (article, false));
    }
    shown
}

pub fn headline(article: &Article, hour: i64) -> String {
    let n = article.number;
    let (name, thing, deed) = (NAMES[chance(n, 1) % 8], THINGS[chance(n, 2) % 9], DEEDS[chance(n, 3) % 7]);
    if article.column {
        return "The week at the harbour: letters from our readers".to_owned();
    }
    if article.moves && article.edition(hour) > 0 {
        return format!("Corrected: the {thing} of {name} {deed}, council says");
    }
    format!("The {thing} of {name} {deed}, council says")
}

/// The path of an article, which changes with its headline and with the era.
fn address(article: &Article, again: bool, hour: i64) -> String {
    let number = if again { article.number + 10_000 } else { article.number };
    let slug: String = headline(article, hour).to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    if script::era(hour) == 2 {
        return format!("/articles/{number}/{slug}");
    }
    let day = Timestamp::from_second(BEGIN + article.posted * 3600).unwrap().to_zoned_datetime(TimeZone::UTC).date();
    format!("/news/{day}-{slug}-{number}.html")
}

fn teaser(article: &Article, hour: i64) -> String {
    let told =
        if article.edition(hour) > 0 && article.number.is_multiple_of(2) { "Corrected and completed" } else { "What the council decided" };
    format!(
        "{told} about the {} of {}, and what it means for those who live there.",
        THINGS[chance(article.number, 2) % 9],
        NAMES[chance(article.number, 1) % 8]
    )
}

fn front_page(articles: &[Article], hour: i64, visit: usize) -> String {
    let trouble = script::trouble(hour);
    let mut shown = shown(articles, hour);
    if trouble == Trouble::Blank {
        shown.clear();
    }
    if trouble == Trouble::Shrunken {
        shown.truncate(3);
    }
    let items: String = shown.iter().map(|(article, again)| listed(article, *again, hour, visit)).collect();
    let (open, close) =
        if script::era(hour) == 0 { ("<div id=posts>", "</div>") } else { ("<main><section><ul>", "</ul></section></main>") };
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>The Coast Gazette</title></head><body data-visit={visit}>\
         <header><a href=/>The Coast Gazette</a><nav><a href=/about>About us</a> <a href=/contact>Contact</a> <a href=/privacy>Privacy</a></nav></header>\
         {open}{items}{close}<aside><a href=\"http://ads.example/{visit}\">Buy a new roof number {visit} today</a></aside>\
         <footer>© The Coast Gazette. You are visitor {visit}. <a href=/imprint>Imprint</a></footer></body></html>"
    )
}

fn listed(article: &Article, again: bool, hour: i64, visit: usize) -> String {
    let (path, title, teaser) = (address(article, again, hour), headline(article, hour), teaser(article, hour));
    let host = if script::era(hour) > 0 { "http://www.gazette.example" } else { "http://gazette.example" };
    let href = match script::links(hour) {
        Links::Plain => path,
        Links::Session => format!("{path}?PHPSESSID={visit}f{}", article.number),
        Links::Token => format!("{path}?visitor={}", chance(visit, article.number)),
        Links::Tracking => format!("{path}?utm_source=front&utm_campaign=day{}", hour / 24),
        Links::Amp => format!("{host}/amp{path}"),
        Links::Secure if article.posted < 280 * 24 => format!("{}{path}", host.replace("http:", "https:")),
        Links::Secure => path,
    };
    let age = hour - article.posted;
    let pinned = if script::pinned(hour).is_some_and(|place| place + 10_000 == article.number) { "<b>Pinned</b>" } else { "" };
    if script::era(hour) == 0 {
        format!(
            "<div class=post id=p{visit}>{pinned}<h3><a href=\"{href}\">{title}</a></h3><p>{teaser}</p><p class=meta>{age} hours ago</p></div>"
        )
    } else {
        format!(
            "<li data-i={visit} class=card><article>{pinned}<a href=\"{href}\"><h2>{title}</h2></a><p>{teaser}</p>\
             <span>{age} hours ago</span> <span>{} views</span></article></li>",
            visit * 3
        )
    }
}

fn article_page(article: &Article, again: bool, hour: i64, visit: usize) -> String {
    let (title, era) = (headline(article, hour), script::era(hour));
    let host = if era > 0 { "https://www.gazette.example" } else { "http://gazette.example" };
    let canonical = if script::trouble(hour) == Trouble::OneCanonical { "/news/today".to_owned() } else { address(article, again, hour) };
    let body = text(article, article.edition(hour));
    let related: String =
        (0..3).map(|place| format!("<li><a href=/x{}>Something else to read, number {}</a></li>", visit + place, visit + place)).collect();
    let noise = format!(
        "<p class=meta>{} comments</p><aside class=ad>Buy a new roof number {visit} today</aside><div class=related><h4>Related</h4><ul>{related}</ul></div>",
        visit % 90
    );
    let (meta, shown) = date(article, era);
    if era == 0 {
        format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} | The Coast Gazette</title><link rel=canonical href=\"{host}{canonical}\">{meta}</head>\
             <body><div id=head><a href=/>Home</a></div><div id=content><h1>{title}</h1>{shown}<div class=story id=s{visit}>{body}</div>{noise}</div>\
             <div id=foot>© The Coast Gazette</div></body></html>"
        )
    } else {
        format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8>{meta}<meta property=og:title content=\"{title}\"><title>{title} - The Coast Gazette</title>\
             <link rel=canonical href=\"{host}{canonical}\"></head><body><header><a href=/>Home</a></header><main><article data-visit={visit}>\
             <header><h1>{title}</h1>{shown}</header>{body}</article>{noise}</main><footer>© The Coast Gazette</footer></body></html>"
        )
    }
}

/// The body, with the sentence by which a test knows the article and its edition.
fn text(article: &Article, edition: usize) -> String {
    let n = article.number;
    let paragraphs: String = (0..3)
        .map(|part| {
            let (name, thing) = (NAMES[chance(n, 40 + part) % 8], THINGS[chance(n, 50 + part) % 9]);
            format!(
                "<p>Those who know the {thing} of {name} say that it was seen by {} people in {} weeks, that the road to it was dry, and that \
                 nobody who came went home without a story to tell in the evening, part {part} of it at least.</p>",
                chance(n, 60 + part) % 900,
                chance(n, 70 + part) % 50 + 2
            )
        })
        .collect();
    format!(
        "<p>This is report number {n} in edition number {edition} of the archive of the coast, written for all who could not be there.</p>{paragraphs}"
    )
}

/// The date as the head and the body of the page tell it. The first template writes local time without a zone.
fn date(article: &Article, era: usize) -> (String, String) {
    let posted = Timestamp::from_second(BEGIN + article.posted * 3600 + 17 * 60).unwrap();
    let local = posted.to_zoned_datetime(TimeZone::get("America/Mexico_City").unwrap());
    match (article.dated, era) {
        (Dated::Never, _) => (String::new(), String::new()),
        (Dated::Day, _) => (String::new(), format!("<p class=date>{}</p>", local.strftime("%-d %B %Y"))),
        (Dated::Absurd(date), _) => (format!("<meta property=article:published_time content=\"{date}\">"), String::new()),
        (Dated::Time, 0) => (String::new(), format!("<p class=date>{}</p>", local.strftime("%-d %B %Y, %H:%M"))),
        (Dated::Time, _) => (format!("<meta property=article:published_time content=\"{posted}\">"), String::new()),
    }
}

const WALL: &str = "<!doctype html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser before accessing the site</h1>\
    <p>Please enable JavaScript and cookies to continue.</p><div id=cf-challenge></div></body></html>";
const NOTICE: &str = "<!doctype html><html lang=en><head><title>Our terms have changed</title></head><body><main><article><h1>Our terms have changed</h1>\
    <p>From today on, new terms apply to all visitors of this publication. Please read them with care, because they concern what we keep and for how long.</p>\
    <p>We and our partners keep data on your device. With your consent we measure how often advertisements are seen, and we make profiles from that.</p>\
    <p>You may agree or decline at any time, in the settings, which are linked at the foot of each page of this publication and its sister papers.</p>\
    </article></main></body></html>";
const REMOVED: &str = "<!doctype html><html lang=en><head><title>Page not found</title></head><body><main><h1>Page not found</h1>\
    <p>The page that you are looking for does not exist any more, or has been moved to another place.</p></main></body></html>";
