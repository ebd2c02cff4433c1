//! Traps and credits in fifteen languages, from `tests/credit/cases.tsv`: pages of invented places, one a line.

use std::collections::HashMap;

use crate::extract::{Context, Rules, extract};
use crate::html;
use crate::url::Url;

const CASES: &str = include_str!("../../../tests/credit/cases.tsv");

#[test]
fn traps_are_no_credits_and_credits_are_found() {
    let lines = || CASES.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
    let texts: HashMap<&str, &str> = lines().filter(|line| line[0] == "text").map(|line| (line[1], line[2])).collect();
    let cases: Vec<_> = lines().filter(|line| line[0] != "text").collect();
    assert!(cases.len() > 100);
    let wrong: Vec<String> = cases.iter().filter_map(|case| fault(case, texts[case[0]])).collect();
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// What is found on a page, if it is not what should be.
fn fault(case: &[&str], text: &str) -> Option<String> {
    let [language, site, page, expected] = case else { return Some(format!("not four columns: {case:?}")) };
    let body = page.replace('¶', text).replace('§', text.trim_start_matches("<p>"));
    let page_text = format!(
        "<html lang={language}><head><title>Line nine - {site}</title><meta property=og:site_name content=\"{site}\"></head>\
         <body><article><h1>Line nine runs all night</h1>{body}</article></body></html>"
    );
    let dom = html::parse(&page_text, &Url::parse("https://relay.example/news/1").unwrap());
    let found = extract(&dom, &Rules::default(), &Context::default());
    let credits = found.article.credits.iter().map(|credit| format!("{} {}", credit.value.role.as_str(), credit.value.name));
    let credits = credits.collect::<Vec<_>>().join(" + ");
    (credits != *expected).then(|| format!("{page}\n  found `{credits}`, expected `{expected}`"))
}
