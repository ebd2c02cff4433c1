//! Listings of many makes, about places that do not exist: what is an item, what is not, and what the page says of each.

use jiff::tz::TimeZone;

use super::{Context, Rules, discover};
use crate::html;
use crate::model::{Discovery, Surface};
use crate::url::Url;

const TITLES: [&str; 8] = [
    "The ferry of Low Harbour sails again",
    "Council of Verrin votes on the bridge",
    "A new roof for the old library",
    "Storm keeps the island school closed",
    "Market day moves to the church square",
    "Lighthouse keeper retires after forty years",
    "Orchards expect a late harvest",
    "Tram line four gets longer trains",
];
const MENU: &str = "<nav><ul><li><a href='/'>Home</a><li><a href='/news'>News</a><li><a href='/sport'>Sport</a><li><a href='/weather'>Weather</a>\
                    <li><a href='/about'>About</a><li><a href='/contact'>Contact</a></ul></nav>";

fn find(page: &str, rules: &Rules) -> Discovery {
    let dom = html::parse(&format!("<!doctype html><html lang=en><body>{page}"), &Url::parse("https://harbour.example/front").unwrap());
    discover(&dom, rules, &Context { zone: TimeZone::UTC, now: None, explain: true })
}

/// Puts each title into an item of this make.
fn items(make: &str) -> String {
    let each = TITLES.iter().enumerate().map(|(number, title)| {
        let slug = title.to_lowercase().replace(' ', "-");
        make.replace("{title}", title).replace("{slug}", &slug).replace("{n}", &(number + 1).to_string())
    });
    each.collect()
}

#[track_caller]
fn check(page: &str) -> Discovery {
    let found = find(page, &Rules::default());
    let titles: Vec<&str> = found.links.iter().filter_map(|link| link.title.as_deref()).collect();
    assert_eq!(titles, TITLES, "{:#?}", found.groups);
    found
}

#[track_caller]
fn dates(found: &Discovery, expected: &str) {
    let dates: Vec<String> = found.links.iter().filter_map(|link| Some(link.date?.date().to_string())).collect();
    let expected: Vec<String> = (1..=8).map(|n| expected.replace("{n}", &n.to_string())).collect();
    assert_eq!(dates, expected);
}

#[test]
fn articles_with_pictures_and_more_links_beside_a_menu() {
    let make = "<article><a href='/n/{slug}'><img src='/p/{n}.jpg'></a><h2><a href='/n/{slug}'>{title}</a></h2><time datetime='2026-03-0{n}'>March</time>\
                <p>The story in one sentence of a fair length.</p><a href='/n/{slug}'>Read more</a> <a href='/n/{slug}#comments'>3 comments</a></article>";
    let found = check(&format!("{MENU}<main>{}</main>", items(make)));
    dates(&found, "2026-03-0{n}");
    assert_eq!(found.links[0].image.as_ref().unwrap().path(), "/p/1.jpg");
    assert_eq!(found.links[0].teaser.as_deref(), Some("The story in one sentence of a fair length."));
}

#[test]
fn whole_cards_that_are_links() {
    let make = "<a class=card href='/n/{slug}'><div class=kind>Town</div><div class=name>{title}</div><div class=text>What happened, told in a line or two.</div></a>";
    check(&format!("{MENU}<div class=cards>{}</div>", items(make)));
}

#[test]
fn rows_of_a_table_whose_links_are_codes() {
    let make =
        "<tr><td>0{n}.03.2026<td>Harbour Court<td>{title}<td><a href='/acts/{n}-26.pdf'>{n}-26</a> <a href='/acts/{n}-26.docx'>DOC</a>";
    let found = check(&format!("{MENU}<table>{}</table>", items(make)));
    dates(&found, "2026-03-0{n}");
    assert!(found.links.iter().all(|link| link.url.path().ends_with(".pdf")), "one link for each row");
}

#[test]
fn dates_in_headings_above_the_items() {
    let make = "<h3>{n} March 2026</h3><ul><li><a href='/n/{slug}'>{title}</a></ul>";
    dates(&check(&format!("{MENU}<main>{}</main>", items(make))), "2026-03-0{n}");
}

#[test]
fn links_of_inline_posts_authors_and_tags_are_no_items() {
    let make = "<article class=post><h2><a href='/n/{slug}'>{title}</a></h2><p class=by>By <a href='/author/ana'>Ana Ruiz</a> in <a href='/tag/town'>Town</a></p>\
                <p>Yesterday <a href='https://elsewhere.example/a-long-report-on-things-{n}'>a long report on such things</a> said that all is well.</p></article>";
    let found = check(&format!("<main>{}</main>", items(make)));
    assert!(found.dropped.iter().any(|dropped| dropped.reason == "in-running-text"), "{:?}", found.dropped);
}

#[test]
fn a_featured_item_of_another_class_belongs_to_the_list() {
    let list = items("<div class='story'><h3><a href='/n/{slug}'>{title}</a></h3><p>Told in short, as always here.</p></div>");
    check(&format!("{MENU}<main>{}</main>", list.replacen("class='story'", "class='story big'", 1)));
}

#[test]
fn rules_replace_their_part_and_a_miss_is_a_note() {
    let page = format!("{MENU}<main>{}</main>", items("<div class=row><a href='/n/{slug}'>{title}</a> <i>{n}.3.2026</i></div>"));
    let rules: Rules = toml::from_str("item = '.row'\ntitle = '.headline'").unwrap();
    let found = find(&page, &rules);
    assert_eq!(found.links.len(), 8);
    assert_eq!(found.links[2].title.as_deref(), Some(TITLES[2]));
    assert_eq!(found.notes[0].text, "`listing.title` (`.headline`) matches nothing on the page");
    let found = find(&page, &toml::from_str("item = 'li.teaser'").unwrap());
    assert!(found.links.is_empty());
    assert_eq!(found.notes[0].code, "selector-missed");
}

#[test]
fn a_page_of_menus_has_no_items() {
    let found = find(&format!("{MENU}<h1>Welcome</h1><footer>{MENU}</footer>"), &Rules::default());
    assert_eq!((found.links.len(), found.surface), (0, Surface::OnlyMenus));
}

#[test]
fn explicit_rules_find_the_same() {
    let page =
        format!("{MENU}<main>{}</main>", items("<div class=row><img src=x.jpg><h3 class=t><a href='/n/{slug}'>{title}</a></h3></div>"));
    let dom = html::parse(&page, &Url::parse("https://harbour.example/front").unwrap());
    let rules = super::explicit_rules(&dom).unwrap();
    assert_eq!(rules.item.as_ref().unwrap().as_str(), "div.row");
    assert_eq!(find(&page, &rules).links.len(), 8);
}
