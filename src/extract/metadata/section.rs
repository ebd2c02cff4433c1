//! The section of its site in which an article stands: "Politics", "Lakes".

use serde_json::Value;

use super::{breadcrumb, tags, words};
use crate::extract::date;
use crate::extract::json_ld::{self, JsonLd};
use crate::html::{Dom, collapse, letters};

/// In characters: a longer one is a summary that was put in the wrong field.
const LONGEST: usize = 60;
/// Further names of `<meta>` that hold the section, best first.
const META_KEYS: [&str; 4] = ["og:article:section", "parsely-section", "articlesection", "section"];
/// What stands between the places of a path.
const BETWEEN_PLACES: [char; 13] = ['<', '>', '‹', '›', '«', '»', '/', '|', '·', '•', '→', '-', ':'];
/// What links on a path say that lead back to it.
const BACK: [&str; 5] = ["back", "zurück", "retour", "volver", "voltar"];
/// A place of a path with so many words of the headline is the article.
const WORDS_OF_ARTICLE: usize = 4;
/// In characters: a longer place of a path is the article.
const LONGEST_PLACE: usize = 40;
/// So many names in one text are a list of tags, of which the first is the section. "Lakes, Rivers" may be one.
const FEWEST_OF_A_LIST: usize = 3;
/// What systems write where an article has no section.
const NONE: [&str; 21] = [
    "nil",
    "null",
    "none",
    "undefined",
    "uncategorized",
    "uncategorised",
    "nichtkategorisiert",
    "nonclassé",
    "sincategoría",
    "semcategoria",
    "home",
    "homepage",
    "startseite",
    "start",
    "accueil",
    "inicio",
    "início",
    "frontpage",
    "article",
    "review",
    "default",
];

/// The first section that the page tells and that is neither its site nor its headline.
pub(super) fn find(dom: &Dom, data: &JsonLd, site: Option<&str>, title: Option<&str>) -> Option<String> {
    let values = data.articles().filter_map(|node| node.get("articleSection"));
    let told = values.flat_map(|value| match value {
        Value::Array(values) => values.iter().filter_map(json_ld::text).collect(),
        one => json_ld::text(one).into_iter().collect::<Vec<_>>(),
    });
    let of_key =
        |key: &'static str| dom.survey.metas.iter().filter(move |meta| meta.key == key).map(|meta| json_ld::unescape(&meta.content));
    let metas = of_key("article:section");
    let more = META_KEYS.into_iter().flat_map(of_key).filter(|name| !is_slug(name));
    let others: Vec<String> = [site, title].into_iter().flatten().map(letters).collect();
    let is_section = |name: &String| {
        let name = letters(name);
        !name.is_empty() && !NONE.contains(&name.as_str()) && !others.contains(&name)
    };
    let shown = std::iter::once_with(|| tags::category(dom)).flatten();
    let title = title.map(letters).unwrap_or_default();
    let is_article = |name: &str| words::count(name) >= WORDS_OF_ARTICLE && title.contains(&letters(name));
    let path = std::iter::once_with(|| breadcrumb::shown(dom)).flatten();
    let path = path
        .map(|name| name.trim_matches(|c: char| c.is_whitespace() || BETWEEN_PLACES.contains(&c)).to_owned())
        .filter(|name| is_place(name) && !is_article(name));
    let told = told.chain(metas).chain(of_path(data)).chain(shown).chain(more).chain(path);
    told.map(|text| end_of_path(collapse(first_of_list(&text)))).find(|name| name.chars().count() <= LONGEST && is_section(name))
}

/// Whether a section is told by a part of its address: "great-lakes".
fn is_slug(name: &str) -> bool {
    name.contains('-') && !name.contains([' ', '/']) && !name.chars().any(char::is_uppercase)
}

/// Whether a place of a path that the page shows may be a section: no month, no number, no way back, no template that was not filled in.
fn is_place(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or("").to_lowercase();
    name.chars().count() <= LONGEST_PLACE
        && name.contains(char::is_alphabetic)
        && !name.contains(['{', '}'])
        && !BACK.contains(&first.as_str())
        && !date::names_a_month(&first)
}

/// The places of a path to the article (schema.org, "BreadcrumbList"), the nearest first. Its front page is none.
fn of_path(data: &JsonLd) -> Vec<String> {
    let name = |place: &Value| {
        let place = data.resolve(place)?;
        place
            .get("name")
            .and_then(json_ld::text)
            .or_else(|| place.get("item").and_then(|item| json_ld::text(data.resolve(item)?.get("name")?)))
    };
    let paths = data.of_type("BreadcrumbList").filter_map(|path| path.get("itemListElement")?.as_array());
    let mut names: Vec<String> = paths.take(1).flatten().filter_map(name).collect();
    // A path of two is the front page and the article.
    names.drain(..names.len().min(1));
    names.retain(|name| name.chars().count() <= LONGEST_PLACE);
    names.reverse();
    names
}

/// "Local" of "news/local", which is a part of an address: the nearest place, as it is shown.
fn end_of_path(text: String) -> String {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '/' | '-' | '_');
    let Some((_, last)) = text.trim_matches('/').rsplit_once('/').filter(|_| text.chars().all(is_part)) else { return text };
    let mut words = last.replace(['-', '_'], " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// "Lakes,News,slider" is a list, and so are three names or more.
fn first_of_list(text: &str) -> &str {
    let count = text.split(',').count();
    let is_list = count >= FEWEST_OF_A_LIST || count == 2 && !text.contains(", ");
    text.split(',').next().filter(|_| is_list).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;

    #[test]
    fn a_path_and_a_category_tell_the_section() {
        let check = |body: &str, expected: Option<&str>| {
            let dom = crate::html::parse(body, &Url::parse("https://harbourpost.example/a").unwrap());
            assert_eq!(find(&dom, &JsonLd::read(&dom), Some("Harbour Post"), Some("The ferry sails")).as_deref(), expected, "{body}");
        };
        let path = |names: &[&str]| {
            let place = |name: &&str| format!("{{\"@type\":\"ListItem\",\"item\":{{\"@id\":\"/x\",\"name\":\"{name}\"}}}}");
            let places = names.iter().map(place).collect::<Vec<_>>().join(",");
            format!("<script type=application/ld+json>{{\"@type\":\"BreadcrumbList\",\"itemListElement\":[{places}]}}</script>")
        };
        check(&path(&["Start", "News", "Lakes", "The ferry sails"]), Some("Lakes"));
        check(&path(&["Start", "The ferry sails"]), None);
        check(&path(&["Start", "The ferry to the islands sails again after the long winter"]), None);
        check("<a rel='category tag' href=/lakes>Lakes</a>", Some("Lakes"));
        check("<nav><a rel='category tag' href=/lakes>Lakes</a></nav>", None);
        let shown = "<a href=/>Start</a> <a href=/news>News</a> <a href=/lakes>Lakes</a> <a href=/a>The ferry sails</a>";
        check(&format!("<div class=c-breadcrumbs>{shown}</div>"), Some("Lakes"));
        check("<div class=breadcrumb><a href=/>Start</a><a href=/lakes>Lakes</a><a href=/a>Ferry</a></div>", Some("Lakes"));
        check(&format!("<div class=menu>{shown}</div>"), None);
        for name in ["2026", "August", "Back to Lakes", "{{ lake }}", "Start"] {
            check(&format!("<div class=breadcrumb><a href=/>Home</a><a href=/b>{name}</a></div>"), None);
        }
        check("<div class=breadcrumb><a href=/>Home</a><a href=/b>› Lakes |</a></div>", Some("Lakes"));
        check(&format!("<div class=breadcrumb>{shown}{shown}{shown}</div>"), None);
        check("<nav id=breadcrumb><a href=/>Start</a> The ferry sails</nav>", None);
        let place =
            |to: &str, name: &str| format!("<li itemprop=itemListElement><a itemprop=item href={to}><b itemprop=name>{name}</b></a></li>");
        let places = place("/", "Start") + &place("/lakes", "Lakes") + &place("/a", "The ferry sails");
        check(&format!("<ol itemscope itemtype='https://schema.org/BreadcrumbList'>{places}</ol>"), Some("Lakes"));
        check(&format!("<ol itemscope itemtype='https://schema.org/ItemList'>{places}</ol>"), None);
    }

    #[test]
    fn a_section_is_one_short_name() {
        let check = |page: &str, expected: Option<&str>| {
            let dom = crate::html::parse(page, &Url::parse("https://harbourpost.example/a").unwrap());
            let found = find(&dom, &JsonLd::read(&dom), Some("Harbour Post"), Some("A bridge opens"));
            assert_eq!(found.as_deref(), expected, "{page}");
        };
        let meta = |section: &str| format!("<meta property='article:section' content='{section}'>");
        let data = |section: &str| {
            format!("<script type=application/ld+json>{{\"@type\":\"Article\",\"headline\":\"A\",\"articleSection\":{section}}}</script>")
        };
        check(&meta("Lakes"), Some("Lakes"));
        check(&meta("Lakes &amp;amp; Rivers"), Some("Lakes & Rivers"));
        check(&meta("Lakes,slider"), Some("Lakes"));
        check(&meta("news/great-lakes/"), Some("Great lakes"));
        check(&meta("Boats/Lakes"), Some("Boats/Lakes"));
        check("<meta name=section content=Lakes>", Some("Lakes"));
        check("<meta name=parsely-section content=Lakes>", Some("Lakes"));
        check("<meta name=parsely-section content=great-lakes>", None);
        check("<meta itemprop=articleSection content=Lakes>", Some("Lakes"));
        check(&meta("Lakes, Rivers"), Some("Lakes, Rivers"));
        check(&meta("Lakes, Rivers, Boats"), Some("Lakes"));
        check(&data("[\"Lakes\",\"Rivers\"]"), Some("Lakes"));
        check(&data("[\"Uncategorized\",\"Rivers\"]"), Some("Rivers"));
        check(&(data("\"nil\"") + &meta("Lakes")), Some("Lakes"));
        check(&meta("Harbour Post"), None);
        check(&meta("The bridge at the mouth of the river opens in May, a year after it was to be done."), None);
        check("<p>Lakes</p>", None);
    }
}
