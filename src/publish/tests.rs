//! What a reader sees of a feed, read back with a parser that is not the writer's.

use jiff::Timestamp;

use super::*;
use crate::model::{Credit, Item, ItemId, Media, Precision, Role, SafeHtml, SourceId, When, Zone};

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn item(number: u32, title: &str, html: &str) -> Item {
    Item {
        id: ItemId(format!("urn:uuid:00000000-0000-5000-8000-{number:012}")),
        source: SourceId::new("harbour-gazette").unwrap(),
        url: url(&format!("https://gazette.example/news/{number}")),
        title: title.to_owned(),
        html: SafeHtml::assume_clean(html.to_owned()),
        text: String::new(),
        summary: None,
        authors: Vec::new(),
        credits: Vec::new(),
        image: None,
        media: Vec::new(),
        tags: Vec::new(),
        language: Some("en".to_owned()),
        published: None,
        first_seen: at("2026-11-20T08:00:00Z"),
        updated: at(&format!("2026-11-20T08:00:00.{number:03}Z")),
        fingerprint: String::new(),
        revision: 0,
    }
}

fn credit(name: &str, role: Role, address: Option<&str>) -> Credit {
    let phrase = format!("Source: {name}");
    Credit { name: name.to_owned(), url: address.map(url), role, phrase, confidence: 0.9, visible: false }
}

fn feed() -> Feed {
    let mut rich = item(1, "Ferry & tide: 5 < 10 \u{0}\u{202e}&nbsp; </b>", "<p>Body &lt;text&gt; ]]&gt; end.</p>");
    rich.summary = Some("Short & <sweet>".to_owned());
    rich.authors = vec!["Ana Solano".to_owned(), "Luis Prado".to_owned()];
    rich.image = Some(url("https://gazette.example/p.jpg?w=1&h=2"));
    rich.tags = vec!["Sea & shore".to_owned(), " ".to_owned(), "sea & shore".to_owned()];
    rich.published =
        Some(When { at: at("2026-11-20T07:30:00.201Z"), offset_seconds: 3600, precision: Precision::Second, zone: Zone::Given });
    rich.credits = vec![
        credit("Canal Costa", Role::Source, Some("https://costa.example/ferry?id=3&x=[1]")),
        credit("Northwire", Role::Contributing, None),
    ];
    let mut named = item(2, "Only a name", "<p>Texto.</p>");
    named.language = Some("es".to_owned());
    named.credits = vec![credit("Agencia Faro", Role::Agency, None)];
    let mut heard = item(3, "A recording", "<p>Listen.</p><p><img src=\"https://gazette.example/other.png\" alt=\"\"></p>");
    heard.image = Some(url("https://gazette.example/lead.png"));
    heard.media = vec![Media { url: url("https://gazette.example/a.mp3"), media_type: "audio/mpeg".to_owned(), length: Some(12) }];
    heard.credits = vec![credit("Costa Home", Role::Republished, Some("https://costa.example/"))];
    Feed {
        name: SourceId::new("harbour-gazette").unwrap(),
        id: "urn:uuid:00000000-0000-5000-8000-999999999999".to_owned(),
        title: "Harbour & Gazette".to_owned(),
        description: "Full-text feed of gazette.example.".to_owned(),
        home: url("https://gazette.example/"),
        language: Some("en".to_owned()),
        author: "Harbour Gazette".to_owned(),
        updated: rich.updated,
        same_story: Default::default(),
        ttl_minutes: Some(30),
        items: vec![rich, named, heard],
    }
}

fn place() -> Place {
    Place { base_url: Some(url("https://feeds.example.org/news/")), hub: None }
}

fn rendered(format: Format) -> String {
    String::from_utf8(render(&feed(), "harbour-gazette", &Chain::default(), &place(), format).unwrap()).unwrap()
}

#[test]
fn every_format_tells_a_reader_the_same() {
    for format in Format::ALL {
        let text = rendered(format);
        let read = feed_rs::parser::parse(text.as_bytes()).unwrap();
        let titles: Vec<_> = read.entries.iter().map(|entry| entry.title.as_ref().unwrap().content.clone()).collect();
        assert_eq!(titles[1..], ["Only a name", "A recording"], "{format:?}");
        let ids: Vec<_> = read.entries.iter().map(|entry| entry.id.clone()).collect();
        assert_eq!(ids[0], "urn:uuid:00000000-0000-5000-8000-000000000001", "{format:?}");
        let links: Vec<_> = read.entries.iter().map(|entry| entry.links[0].href.clone()).collect();
        assert_eq!(links[2], "https://gazette.example/news/3", "{format:?}");
        assert_eq!(read.entries[0].published.unwrap().timestamp(), at("2026-11-20T07:30:00Z").as_second(), "{format:?}");
        assert!(text.contains("Canal Costa"), "{format:?}");
    }
}

#[test]
fn the_credit_is_visible_in_the_body_in_the_language_of_the_article() {
    let feed = feed();
    assert!(body::html(&feed.items[0]).ends_with(
        "<p>Source: <a href=\"https://costa.example/ferry?id=3&amp;x=%5B1%5D\">Canal Costa</a></p><p>With information from: Northwire</p>"
    ));
    assert_eq!(body::html(&feed.items[1]), "<p>Texto.</p><p>Fuente: Agencia Faro</p>");
}

#[test]
fn a_credit_that_the_text_shows_already_is_not_said_twice() {
    let mut item = item(4, "t", "<p>x</p><p>Source: telemar</p>");
    item.credits = vec![Credit { visible: true, ..credit("telemar", Role::Source, None) }];
    assert_eq!(body::html(&item), "<p>x</p><p>Source: telemar</p>");
}

#[test]
fn a_picture_is_shown_once_and_the_same_one_is_announced() {
    let feed = feed();
    assert_eq!(body::html(&feed.items[0]).matches("<img ").count(), 1);
    assert_eq!(body::html(&feed.items[2]).matches("<img ").count(), 1);
    assert_eq!(body::picture(&feed.items[2]).unwrap(), "https://gazette.example/other.png");
}

#[test]
fn a_name_without_an_address_goes_to_dublin_core_and_never_to_an_empty_source() {
    let rss = rendered(Format::Rss);
    assert!(rss.contains("<dc:source>Agencia Faro</dc:source>"), "{rss}");
    assert!(rss.contains("<source url=\"https://costa.example/\">Canal Costa</source>"), "{rss}");
    assert!(!rss.contains("url=\"\""));
}

#[test]
fn the_same_data_give_the_same_bytes() {
    for format in Format::ALL {
        assert_eq!(rendered(format), rendered(format));
    }
}

#[test]
fn archives_are_marked_and_chained() {
    let chain = Chain { previous: Some("g.archive-0001".to_owned()), next: None, current: Some("g".to_owned()) };
    let text = String::from_utf8(render(&feed(), "g.archive-0002", &chain, &place(), Format::Atom).unwrap()).unwrap();
    assert!(text.contains("rel=\"prev-archive\"") && text.contains("rel=\"current\""), "{text}");
    assert!(text.find("<fh:archive/>").unwrap() < text.find("<entry").unwrap());
}

#[test]
fn files_are_left_alone_when_nothing_changed() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::open(folder.path()).unwrap();
    assert!(disk.put("a.json", b"one").unwrap());
    let before = std::fs::metadata(folder.path().join("a.json")).unwrap().modified().unwrap();
    assert!(!disk.put("a.json", b"one").unwrap());
    assert_eq!(std::fs::metadata(folder.path().join("a.json")).unwrap().modified().unwrap(), before);
    assert!(disk.put("a.json", b"two").unwrap());
    let after = std::fs::metadata(folder.path().join("a.json")).unwrap().modified().unwrap();
    assert!(after.duration_since(before).unwrap().as_secs_f64() >= 1.0 || after > before);
    assert_eq!(disk.names(), ["a.json"]);
}

#[test]
fn what_a_killed_run_left_half_written_is_swept() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(".feedwright-x1.tmp"), "half").unwrap();
    let disk = Disk::open(folder.path()).unwrap();
    assert!(disk.names().is_empty());
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_its_target_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let target = elsewhere.path().join("real.json");
    std::fs::write(&target, "old").unwrap();
    std::os::unix::fs::symlink(&target, folder.path().join("a.json")).unwrap();
    Disk::open(folder.path()).unwrap().put("a.json", b"new").unwrap();
    assert_eq!(std::fs::read(&target).unwrap(), b"new");
    assert!(std::fs::symlink_metadata(folder.path().join("a.json")).unwrap().is_symlink());
}

#[test]
fn the_index_names_every_feed_and_runs_no_script() {
    let card = Card::of(&feed());
    let listed = [Listed { card: &card, stem: "harbour-gazette", formats: &Format::ALL }];
    let page = String::from_utf8(index("Feeds", &listed, &place())).unwrap();
    assert_eq!(page.matches("rel=\"alternate\"").count(), 3);
    assert!(page.contains("https://feeds.example.org/news/harbour-gazette.rss.xml") && !page.contains("<script"));
    let outline = String::from_utf8(opml("Feeds", &listed, &place())).unwrap();
    assert!(outline.contains("xmlUrl=\"https://feeds.example.org/news/harbour-gazette.rss.xml\""), "{outline}");
}
