//! Pages of invented places: what is credited, and what is not.

use crate::extract::{Context, CreditRule, Rules, extract};
use crate::html;
use crate::url::Url;

const TEXT: &str = "<p>The council of Low Harbour voted to keep line nine running through the night, which ends a trial that was meant to last for six weeks and no longer.</p>\
    <p>The line joins the fish market, the two hospitals and the student quarter of Upper Harbour, where most of those who ride it late at night live and work.</p>";

fn credits(page: &str, rules: &Rules) -> Vec<String> {
    let page = format!(
        "<html><head><title>Line nine - Relay</title><meta property=og:site_name content=Relay></head><body><article><h1>Line nine runs all night</h1>{page}</article></body></html>"
    );
    let dom = html::parse(&page, &Url::parse("https://relay.example/news/1").unwrap());
    let found = extract(&dom, rules, &Context::default());
    found.article.credits.iter().map(|credit| format!("{} {}", credit.value.role.as_str(), credit.value.name)).collect()
}

#[track_caller]
fn check(page: &str, expected: &[&str]) {
    assert_eq!(credits(page, &Rules::default()), expected, "{page}");
}

#[test]
fn the_reference_page_in_three_languages() {
    let caption = "<figure><img src=/p.jpg><figcaption>A tram. (Odile Marsh / Pool Photo via AP) AP</figcaption></figure>";
    let after = "<p><a href=/news/2026-11-03>All news articles on 2026-11-03</a></p><h2>You may like</h2><ul><li><a href=/news/2>Ferry (AP)</a></li></ul>\
        <h2>Trends 24h</h2><p>Source: Northwire Video</p><footer>© Relay 2026. All news articles are gathered from external sources such as Reuters and AFP.</footer>";
    let page = |with: &str, label: &str| format!("{caption}<time>2026-11-03T20:59:26.201Z</time>{TEXT}<p>{with}</p><p>{label}</p>{after}");
    let roles = ["contributing Northwire News", "contributing The Associated Press", "source telemar"];
    check(&page("With information from Northwire News and The Associated Press.", "Source: telemar"), &roles);
    check(&page("Con información de Northwire News y The Associated Press.", "Fuente: telemar"), &roles);
    check(&page("Mit Material von Northwire News und The Associated Press.", "Quelle: telemar"), &roles);
}

#[test]
fn labels_in_many_languages() {
    for label in [
        "Source",
        "Quelle",
        "Fuente",
        "Fonte",
        "Bron",
        "Kilde",
        "Källa",
        "Lähde",
        "Źródło",
        "Zdroj",
        "Forrás",
        "Sursa",
        "Izvor",
        "Kaynak",
        "Πηγή",
        "Источник",
        "Джерело",
        "المصدر",
        "מקור",
        "स्रोत",
        "Sumber",
        "Nguồn",
        "来源",
        "出典",
        "출처",
    ] {
        check(&format!("{TEXT}<p>{label}: Canal Faro</p>"), &["source Canal Faro"]);
    }
}

#[test]
fn agencies_by_dateline_tail_and_byline() {
    check(&format!("<p>LOW HARBOUR, Nov. 3 (Reuters) - {}", &TEXT[3..]), &["agency Reuters"]);
    check(
        &format!(
            "{TEXT}<p>The vote is final and cannot be repeated before the spring of next year, when a new council will be elected by all. (dpa)</p>"
        ),
        &["agency dpa"],
    );
    check(&format!("<p>By The Associated Press</p>{TEXT}"), &["agency The Associated Press"]);
}

#[test]
fn texts_taken_over_whole() {
    check(
        &format!("{TEXT}<p>This article was originally published by <a href=\"https://tidewater.example/a\">The Tidewater Press</a>.</p>"),
        &["republished-from The Tidewater Press"],
    );
}

#[test]
fn wire_marks_in_their_forms() {
    check(&format!("<p>Low Harbour (dpa/lno) - {}", &TEXT[3..]), &["agency dpa"]);
    check(&format!("<p>新华社低港11月3日电 {}", &TEXT[3..]), &["agency 新华社"]);
    check(&format!("{TEXT}<p>(APA/dpa)</p>"), &["agency APA", "agency dpa"]);
    check(&format!("{TEXT}<p>— AFP</p>"), &["agency AFP"]);
    check(&format!("{TEXT}<p>© 2026 The Canadian Press</p>"), &["agency The Canadian Press"]);
    check(&format!("<p>Ana Reed, Associated Press</p>{TEXT}"), &["agency Associated Press"]);
    check(&format!("<p class=byline>Associated Press Writer Ana Reed</p>{TEXT}"), &["agency Associated Press"]);
    check(&format!("<p class=byline>Luis Prado | Diario El Faro</p>{TEXT}"), &["republished-from Diario El Faro"]);
    check(&format!("<p><span class=source-name>Tidewater News</span></p>{TEXT}"), &["republished-from Tidewater News"]);
}

#[test]
fn parts_of_the_text() {
    check(&format!("{TEXT}<p>Northwire News contributed to this report.</p>"), &["contributing Northwire News"]);
    check(&format!("{TEXT}<p>With files from The Associated Press and Ana Reed</p>"), &["contributing The Associated Press"]);
    check(
        &format!("{TEXT}<p>(Con información de AFP, EFE y Reuters)</p>"),
        &["contributing AFP", "contributing EFE", "contributing Reuters"],
    );
    check(&format!("{} (HB mit dpa)</p>", TEXT.trim_end_matches("</p>")), &["contributing dpa"]);
    check(&format!("{TEXT}<p>Avec les informations de l'AFP</p>"), &["contributing AFP"]);
    check(&format!("{TEXT}<p>Com informações da Reuters</p>"), &["contributing Reuters"]);
    check(&format!("{TEXT}<p>Ana Reed contributed to this report.</p>"), &[]);
}

#[test]
fn sentences_in_other_languages() {
    let origin = ["republished-from Hafenblatt"];
    check(&format!("{TEXT}<p>Dieser Artikel ist zuerst im „Hafenblatt“ erschienen.</p>"), &origin);
    check(&format!("{TEXT}<p>Este artículo fue publicado originalmente en Hafenblatt.</p>"), &origin);
    check(&format!("{TEXT}<p>Cet article a été publié initialement par Hafenblatt.</p>"), &origin);
    check(&format!("{TEXT}<p>Dit artikel is eerder verschenen in Hafenblatt.</p>"), &origin);
    check(&format!("{TEXT}<p>Republished with permission from Hafenblatt.</p>"), &origin);
    check(&format!("{TEXT}<p>Original-Content von: Hafen GmbH, übermittelt durch news aktuell</p>"), &["source Hafen GmbH"]);
    check(&format!("{TEXT}<p>(Via CNN, Fox News and Tide News)</p>"), &["source CNN", "source Fox News", "source Tide News"]);
    check(&format!("{TEXT}<p>The flounder first appeared in Upper Harbour at the end of August.</p>"), &[]);
    check(&format!("{TEXT}<p>The flounder first appeared in Upper Harbour in August. It has been reported in Lindfall, too.</p>"), &[]);
}

#[test]
fn a_home_page_that_the_user_knows() {
    let outlets = [("Canal Faro".to_owned(), Url::parse("https://faro.example/").unwrap())].into();
    let page = format!("<html><body><article><h1>Line nine runs all night</h1>{TEXT}<p>Source: CANAL FARO</p></article></body></html>");
    let dom = html::parse(&page, &Url::parse("https://relay.example/news/1").unwrap());
    let found = extract(&dom, &Rules::default(), &Context { outlets: Some(&outlets), ..Context::default() });
    assert_eq!(found.article.credits[0].value.url.as_ref().unwrap().as_str(), "https://faro.example/");
}

#[test]
fn a_credit_that_the_body_shows_is_known_to_be_visible() {
    let visible = |page: &str| {
        let page = format!("<html><body><article><h1>Line nine runs all night</h1>{page}</article></body></html>");
        let dom = html::parse(&page, &Url::parse("https://relay.example/news/1").unwrap());
        extract(&dom, &Rules::default(), &Context::default()).article.credits[0].value.visible
    };
    let linked = "<p>This article was originally published by <a href=https://tide.example/a>The Tidewater Press</a>.</p>";
    assert!(visible(&format!("{TEXT}{linked}")));
    assert!(visible(&format!("{TEXT}<p>Source: telemundo</p>")));
    assert!(!visible(&format!(
        "<p class=byline>AFP</p>{TEXT}<p>A driver told AFP that the night line was the best news of the year for all those who work late.</p>"
    )));
}

#[test]
fn every_pattern_is_understood() {
    super::labels::check_patterns();
    super::sentences::check_patterns();
    super::wire::check_patterns();
    super::bylines::check_patterns();
    super::names::check_patterns();
}

#[test]
fn what_is_no_credit() {
    check(&format!("{TEXT}<p>Source: Relay</p>"), &[]);
    check(&format!("<figure><img src=/p.jpg><figcaption>Source: AFP</figcaption></figure>{TEXT}"), &[]);
    check(&format!("{TEXT}<table><tr><td>Source: Statistics Office</td></tr></table>"), &[]);
    check(&format!("{TEXT}<p>Originally published on 26 Sep 2019</p>"), &[]);
    check(&format!("{TEXT}<p>Sources: City archive, Harbour office, Tide tables</p>"), &[]);
    check(&format!("{TEXT}<p>Source: Relay Online</p>"), &[]);
    check(&format!("<p>By Ana Reed, News Editor</p>{TEXT}"), &[]);
    check(&format!("<p>By Ani Reed</p>{TEXT}"), &[]);
    check(&format!("{TEXT}<img src=/p.jpg><p>Quelle: dpa</p>"), &[]);
    check(&format!("{TEXT}<p>(File 2013/The Associated Press)</p>"), &[]);
    check(&format!("{TEXT}<ul><li>Flood in Upper Harbour (AP)</li><li>Storm (AP)</li></ul>"), &[]);
    check(&format!("{TEXT}<p>via GIPHY</p>"), &[]);
    check(&format!("{TEXT}<p><a href=https://fastpay.example/give>via Fastpay</a> <a href=/give>via Bank Transfer</a></p>"), &[]);
    check(
        "<p>A spokeswoman told Reuters that the line would run all night, and that the drivers had been hired weeks ago by the transport office of the county.</p>",
        &[],
    );
}

#[test]
fn the_configuration_overrides() {
    let css = Rules { credit: Some(CreditRule::Css(html::Css::parse(".from").unwrap())), ..Rules::default() };
    assert_eq!(credits(&format!("{TEXT}<p class=from>taken from Canal Faro</p>"), &css), ["source taken from Canal Faro"]);
    let after = Rules { credit: Some(CreditRule::After("Taken from".to_owned())), ..Rules::default() };
    assert_eq!(credits(&format!("{TEXT}<p>Taken from Canal Faro</p>"), &after), ["source Canal Faro"]);
}

#[test]
fn the_address_of_the_original_in_the_head() {
    let with = |field: &str, address: &str| {
        let page = format!(
            "<html><head><title>Line nine - Relay</title><meta name={field} content=\"{address}\"></head><body><article><h1>Line nine runs all night</h1>{TEXT}</article></body></html>"
        );
        let dom = html::parse(&page, &Url::parse("https://relay.example/news/1").unwrap());
        let found = extract(&dom, &Rules::default(), &Context::default()).article.credits;
        found.iter().map(|credit| format!("{} {}", credit.value.role.as_str(), credit.value.name)).collect::<Vec<_>>()
    };
    assert_eq!(with("original-source", "https://news.canalfaro.example/nine"), ["source canalfaro.example"]);
    assert_eq!(with("syndication-source", "https://canalfaro.example/nine"), ["republished-from canalfaro.example"]);
    assert_eq!(with("original-source", "https://apnews.com/article/nine"), ["agency apnews.com"]);
    // Most sites name themselves there, and some fill it with anything.
    for address in ["https://relay.example/news/1", "https://m.relay.example/", "/news/2", "1", "javascript:alert(1)", ""] {
        assert_eq!(with("original-source", address), [""; 0], "{address}");
    }
}
