//! What the page tells programs of who wrote it: JSON-LD, `<meta>`, the labels of cards.

use serde_json::Value;

use super::name::{self, Place};
use crate::extract::json_ld::{self, JsonLd};
use crate::html::Dom;

/// Names of `<meta>` that say who wrote an article, best first. `article:author` is often an address, which is no name.
const META_KEYS: [&str; 20] = [
    "citation_author",
    "author",
    "article:author",
    "article:author_name",
    "article:author:name",
    "parsely-author",
    "sailthru.author",
    "og:article:author",
    "dc.creator",
    "dc.contributor.author",
    "dcterms.creator",
    "dc:creator",
    "byl",
    "citation_authors",
    "cxenseparse:author",
    "shareaholic:article_author_name",
    "authors",
    "vr:author",
    "twitter:misc:written by",
    "creator",
];
/// Keys whose values are "Solano, Ana", one name each.
const LAST_NAME_FIRST: [&str; 5] = ["citation_author", "dc.creator", "dcterms.creator", "dc:creator", "dc.contributor.author"];
/// What the label of a card says of its value.
const LABELS: [&str; 22] = [
    "written by",
    "author",
    "by",
    "posted by",
    "verfasst von",
    "geschrieben von",
    "von",
    "autor",
    "écrit par",
    "auteur",
    "escrito por",
    "por",
    "scritto da",
    "geschreven door",
    "skrevet av",
    "skrevet af",
    "skriven av",
    "автор",
    "написано автором",
    "yazan",
    "ditulis oleh",
    "作成者",
];
/// More names than this are a list of staff.
pub(super) const MOST: usize = 10;

/// Names, and where they are told.
pub(super) type Told = (Vec<String>, String);

/// What the page tells programs, the most telling first.
pub(super) fn find(dom: &Dom, data: &JsonLd) -> Vec<Told> {
    let mut told = vec![(from_data(data), "json-ld author".to_owned())];
    for key in META_KEYS {
        let values = dom.survey.metas.iter().filter(|meta| meta.key == key && !is_web_address(&meta.content)).map(|meta| &meta.content);
        let last_first = LAST_NAME_FIRST.contains(&key);
        let names = merge(values.map(|value| if last_first || is_one_turned(value) { turned(value) } else { value.clone() }));
        told.push((names, format!("meta {key}")));
    }
    for label in dom.survey.metas.iter().filter(|meta| meta.key.starts_with("twitter:label")) {
        if LABELS.contains(&label.content.trim_end_matches(':').to_lowercase().as_str()) {
            let key = label.key.replace("label", "data");
            told.push((merge(dom.survey.meta(&key).map(str::to_owned).into_iter()), format!("meta {key}")));
        }
    }
    told.push((of_persons(data), "json-ld Person".to_owned()));
    told.retain(|(names, _)| !names.is_empty());
    told
}

fn from_data(data: &JsonLd) -> Vec<String> {
    let pages = ["WebPage", "ItemPage", "QAPage", "Recipe", "Review", "VideoObject", "PodcastEpisode"];
    for node in data.articles().chain(pages.iter().flat_map(|kind| data.of_type(kind))) {
        for key in ["author", "creator"] {
            let Some(value) = node.get(key) else { continue };
            let one = std::slice::from_ref(value);
            let values = value.as_array().map_or(one, Vec::as_slice);
            let names = merge_names(values.iter().flat_map(|value| names_of(data, value)));
            if !names.is_empty() {
                return names;
            }
        }
    }
    Vec::new()
}

/// The names that one value gives: an organization's is one, whatever stands in it.
fn names_of(data: &JsonLd, value: &Value) -> Vec<String> {
    let Some(node) = data.resolve(value) else { return read(json_ld::text(value)) };
    match node.get("name") {
        Some(Value::Array(names)) => names.iter().flat_map(|name| read(json_ld::text(name))).collect(),
        Some(name) if json_ld::is_type(node, "Organization") => of_house(&json_ld::text(name).unwrap_or_default()),
        Some(name) => read(json_ld::text(name)),
        None => {
            let part = |key: &str| json_ld::text(node.get(key)?);
            read(part("givenName").zip(part("familyName")).map(|(given, family)| format!("{given} {family}")))
        }
    }
}

fn read(text: Option<String>) -> Vec<String> {
    text.filter(|text| !text.contains("://") && !is_photographer(text)).map(|text| name::read(&text, Place::Declared)).unwrap_or_default()
}

/// "Lock & Lever" is one house, but some systems call several people so: "Ana Solano, Luis Prado".
fn of_house(text: &str) -> Vec<String> {
    let names = read(Some(text.to_owned()));
    match names.len() > 1 && !(text.contains(',') && names.iter().all(|name| name::is_persons(name))) {
        true => vec![text.to_owned()],
        false => names,
    }
}

/// "Luis Prado (foto)": who took the picture.
fn is_photographer(text: &str) -> bool {
    let role = text.split_once('(').map_or("", |(_, role)| role.trim_end().trim_end_matches(')')).to_lowercase();
    matches!(role.as_str(), "foto" | "fotos" | "photo" | "photos" | "bilder" | "bild" | "kuva" | "kuvat" | "fotograf" | "photographer")
}

/// The one person that a page's data describe; of several, none is known to be the author.
fn of_persons(data: &JsonLd) -> Vec<String> {
    let mut names: Vec<String> = merge_names(data.of_type("Person").flat_map(|node| read(node.get("name").and_then(json_ld::text))));
    if names.len() > 1 {
        names.clear();
    }
    names
}

/// "Solano, Ana": two people would be told with more than a name each.
fn is_one_turned(value: &str) -> bool {
    let word = |part: &str| {
        let part = part.trim();
        part.starts_with(char::is_uppercase) && part.chars().skip(1).any(char::is_lowercase) && part.chars().all(char::is_alphabetic)
    };
    value.split_once(',').is_some_and(|(last, first)| word(last) && word(first))
}

/// "Solano, Ana" is one name.
fn turned(value: &str) -> String {
    match value.split_once(',') {
        Some((last, first)) if !first.contains(',') && !first.trim().is_empty() && last.split_whitespace().count() <= 3 => {
            format!("{} {}", first.trim(), last.trim())
        }
        _ => value.to_owned(),
    }
}

fn is_web_address(text: &str) -> bool {
    text.contains("://") && !text.contains(' ')
}

/// Clean names, none twice.
pub(super) fn merge(texts: impl Iterator<Item = String>) -> Vec<String> {
    merge_names(texts.flat_map(|text| name::read(&text, Place::Declared)))
}

fn merge_names(found: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in found {
        if !names.iter().any(|other| other.eq_ignore_ascii_case(&name)) && names.len() < MOST {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;

    #[test]
    fn what_data_name_is_read_as_what_it_is() {
        let check = |author: &str, expected: &[&str]| {
            let page = format!(r#"<script type="application/ld+json">{{"@type":"Article","author":{author}}}</script>"#);
            let dom = crate::html::parse(&page, &Url::parse("https://harbourpost.example/a").unwrap());
            assert_eq!(from_data(&JsonLd::read(&dom)), expected, "{author}");
        };
        check(r#"{"@type":"Organization","name":"Lock & Lever"}"#, &["Lock & Lever"]);
        check(r#"{"@type":"Organization","name":"Rivers and Lakes Trust"}"#, &["Rivers and Lakes Trust"]);
        check(r#"{"@type":"Organization","name":"Ana Solano, Luis Prado"}"#, &["Ana Solano", "Luis Prado"]);
        check(r#"{"@type":"Person","name":"Ana & Luis"}"#, &["Ana", "Luis"]);
        check(r#"{"@type":"Person","name":["Ana Solano","Luis Prado"]}"#, &["Ana Solano", "Luis Prado"]);
        check(r#"{"@type":"Person","givenName":"Ana","familyName":"Solano"}"#, &["Ana Solano"]);
        check(r#"[{"name":"Ana Solano"},{"name":"Luis Prado (foto)"}]"#, &["Ana Solano"]);
        check(r#"{"name":"Luis Prado (foto)"}"#, &[]);
    }
}
