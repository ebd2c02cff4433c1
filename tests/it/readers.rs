//! What readers show of a credit: hardly any shows `<source>` or `rel="via"`, so each role must be visible in the text, once, in all of them.
//!
//! feed-rs is always asked; newsboat, sfeed and feedparser where they are installed.
//! `cargo test --test it readers -- --nocapture` prints what each showed.

use std::fs;
use std::process::{Command, Stdio};

use crate::newsboat::{self, Newsboat};
use crate::newsroom;
use crate::support::{Answer, Site};
use crate::workplace::Workplace;

/// One way of crediting: the headline, how the page says it, its language, and the words that each reader must show once.
struct Way {
    role: &'static str,
    title: &'static str,
    language: &'static str,
    head: &'static str,
    first: &'static str,
    last: &'static str,
    shown: &'static str,
}

/// Each role as a page says it in its text, and those that a head can declare once more, where the feed itself has to say it.
const WAYS: [Way; 7] = [
    Way {
        role: "source",
        title: "Line nine of Verrin runs all night",
        language: "en",
        head: "",
        first: "",
        last: "<p>Source: Canal Faro</p>",
        shown: "Source: Canal Faro",
    },
    Way {
        role: "contributing",
        title: "La línea nueve de Orna circula toda la noche",
        language: "es",
        head: "",
        first: "",
        last: "<p>Con información de Northwire News y The Associated Press.</p>",
        shown: "Con información de Northwire News y The Associated Press.",
    },
    Way {
        role: "agency",
        title: "Linie neun von Santa Brega fährt die ganze Nacht",
        language: "de",
        head: "",
        first: "Santa Brega (dpa) - ",
        last: "",
        shown: "Santa Brega (dpa) - ",
    },
    Way {
        role: "republished-from",
        title: "The ferry of Pell Island gets a new roof",
        language: "en",
        head: "",
        first: "",
        last: "<p>This article was originally published by <a href=\"https://tidewater.example/a\">The Tidewater Press</a>.</p>",
        shown: "originally published by The Tidewater Press.",
    },
    Way {
        role: "agency",
        title: "Der Markt von Orna schließt für den Winter",
        language: "de",
        head: "<script type=application/ld+json>{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"Der Markt von Orna schließt für den Winter\",\"sourceOrganization\":{\"@type\":\"Organization\",\"name\":\"dpa\"}}</script>",
        first: "",
        last: "",
        shown: "Quelle: dpa",
    },
    Way {
        role: "source",
        title: "The library of Mount Tarrow celebrates its founder",
        language: "en",
        head: "<meta name=original-source content=\"https://canalfaro.example/library\">",
        first: "",
        last: "",
        shown: "Source: canalfaro.example",
    },
    Way {
        role: "republished-from",
        title: "The lighthouse of Anse Grise asks for volunteers",
        language: "en",
        head: "<meta name=syndication-source content=\"https://hafenblatt.example/lighthouse\">",
        first: "",
        last: "",
        shown: "Source: hafenblatt.example",
    },
];

fn page(way: &Way) -> String {
    let paragraphs: String = (0..4)
        .map(|number| {
            let opening = if number == 0 { way.first } else { "" };
            format!(
                "<p>{opening}Paragraph {number} on {}: the council voted to keep it as it is, which ends a trial that was meant to last for six weeks \
                 and no longer, and {} people wrote to say what they think of it.</p>",
                way.title,
                number + way.title.len()
            )
        })
        .collect();
    format!(
        "<!doctype html><html lang={}><head><meta charset=utf-8><title>{} - Test Courier</title><meta property=og:site_name content=\"Test Courier\">\
         <meta property=article:published_time content=\"2026-10-05T08:00:00Z\">{}</head><body><article><h1>{}</h1>{paragraphs}{}</article></body></html>",
        way.language, way.title, way.head, way.title, way.last
    )
}

/// A feed with one item for each way.
fn published() -> Workplace {
    let path = |number: usize| format!("/news/story-{number}.html");
    let listed: String = WAYS
        .iter()
        .enumerate()
        .map(|(number, way)| {
            format!(
                "<li class=item><h2><a href=\"{}\">{}</a></h2><p>What is told in short of number {number}.</p></li>",
                path(number),
                way.title
            )
        })
        .collect();
    let listing = format!("<!doctype html><html lang=en><title>Test Courier</title><main><ul>{listed}</ul></main></html>");
    let site = Site::start([("/", Answer::html(&listing))]);
    for (number, way) in WAYS.iter().enumerate() {
        site.set(&path(number), Answer::html(&page(way)));
    }
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50));
    workplace.succeed(&["run"]);
    workplace.keep();
    workplace
}

/// What a reader showed of the items: headline and text.
type Shown = Vec<(String, String)>;

#[track_caller]
fn check(reader: &str, format: &str, items: &Shown) {
    assert_eq!(items.len(), WAYS.len(), "{reader}, {format}");
    for way in &WAYS {
        let (_, html) = items.iter().find(|(title, _)| title == way.title).unwrap_or_else(|| panic!("{reader}, {format}: {}", way.title));
        let text = plain(html);
        assert_eq!(text.matches(way.shown).count(), 1, "{reader}, {format}: {} is shown once in {text}", way.shown);
        println!("{reader:10} {format:8} {:16} {}", way.role, way.shown);
    }
}

/// The words of some HTML.
fn plain(html: &str) -> String {
    let parsed = scraper::Html::parse_fragment(html);
    parsed.root_element().text().collect::<String>().replace('\n', " ")
}

#[test]
fn every_role_is_visible_once_in_every_reader_and_format() {
    let workplace = published();
    let feed: serde_json::Value = serde_json::from_slice(&workplace.bytes("feeds/courier.json")).unwrap();
    for way in &WAYS {
        let item = feed["items"].as_array().unwrap().iter().find(|item| item["title"] == way.title).expect(way.title);
        assert_eq!(item["_feedwright"]["credits"][0]["role"], way.role, "{}", way.title);
    }
    for format in ["rss.xml", "atom.xml", "json"] {
        let read = workplace.feed(&format!("courier.{format}")).entries;
        let shown = read.into_iter().map(|entry| {
            let text = entry.content.and_then(|content| content.body).unwrap_or_default();
            (entry.title.unwrap().content, text)
        });
        check("feed-rs", format, &shown.collect());
        for (reader, shown) in [
            ("newsboat", newsboat(&workplace, format)),
            ("sfeed", sfeed(&workplace, format)),
            ("feedparser", feedparser(&workplace, format)),
        ] {
            match shown {
                Some(shown) => check(reader, format, &shown),
                None => println!("{reader:10} {format:8} not installed, or it does not read this format"),
            }
        }
    }
}

/// newsboat reads RSS and Atom.
fn newsboat(workplace: &Workplace, format: &str) -> Option<Shown> {
    if format == "json" || !newsboat::is_installed() {
        return None;
    }
    let unread = Newsboat::launch().unread(workplace.bytes(&format!("feeds/courier.{format}")));
    Some(unread.into_iter().map(|item| (item.title, item.content)).collect())
}

/// sfeed writes a line for each item: time, title, link, text, its kind and more, between tabs.
fn sfeed(workplace: &Workplace, format: &str) -> Option<Shown> {
    if format == "json" {
        return None;
    }
    let file = fs::File::open(workplace.path(&format!("feeds/courier.{format}"))).unwrap();
    let output = Command::new("sfeed").stdin(file).output().ok()?;
    let lines = String::from_utf8(output.stdout).unwrap();
    let item = |line: &str| {
        let mut fields = line.split('\t').skip(1);
        (fields.next().unwrap().to_owned(), fields.nth(1).unwrap().replace("\\n", "\n"))
    };
    Some(lines.lines().map(item).collect())
}

/// feedparser is a Python module, of the first Python that has it.
fn feedparser(workplace: &Workplace, format: &str) -> Option<Shown> {
    const READ: &str = "import feedparser, json, sys\n\
        entries = feedparser.parse(sys.argv[1]).entries\n\
        print(json.dumps([[entry.title, entry.content[0].value] for entry in entries]))";
    if format == "json" {
        return None;
    }
    let file = workplace.path(&format!("feeds/courier.{format}"));
    let read = |python: &str| Command::new(python).args(["-c", READ]).arg(&file).stderr(Stdio::null()).output().ok();
    let output = ["python3", "/usr/bin/python3"].into_iter().filter_map(read).find(|output| output.status.success())?;
    Some(serde_json::from_slice(&output.stdout).unwrap())
}
