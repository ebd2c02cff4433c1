//! What stands between a reader and a page: checks for robots, logins, consent dialogues, empty shells, soft "not found" pages.
//!
//! A page with text of its own is never called a wall: only short pages, or ones without links to articles, are looked at.

use scraper::ElementRef;

use super::{Attribute as _, Dom};
use crate::model::Surface;

/// A page with more text than this stands for itself.
const MOST_TEXT: usize = 1_500;
/// An app's shell shows next to nothing.
const SHELL_TEXT: usize = 200;

const BOT_WALLS: [&str; 14] = [
    "just a moment",
    "attention required",
    "checking your browser",
    "verify you are human",
    "verifying you are human",
    "are you a robot",
    "access denied",
    "pardon our interruption",
    "please enable js and disable any ad blocker",
    "security check",
    "ddos protection",
    "unusual traffic",
    "press & hold",
    "bot verification",
];
const NOT_FOUND: [&str; 12] = [
    "404",
    "page not found",
    "not found",
    "seite nicht gefunden",
    "page introuvable",
    "página no encontrada",
    "página não encontrada",
    "pagina non trovata",
    "страница не найдена",
    "nie znaleziono",
    "sidan hittades inte",
    "页面不存在",
];
const PARKED: [&str; 5] = ["domain is for sale", "buy this domain", "this domain may be for sale", "domain parking", "parked free"];
const NO_RESULTS: [&str; 9] = [
    "no results",
    "nothing found",
    "no articles found",
    "0 results",
    "keine ergebnisse",
    "aucun résultat",
    "sin resultados",
    "no se encontraron",
    "nenhum resultado",
];
const CONSENT: [&str; 5] = ["before you continue", "we value your privacy", "accept all cookies", "cookie consent", "bevor sie fortfahren"];

/// Tells what stands in the way of a page that gave so many links (or 0 for an article).
pub fn surface(dom: &Dom, links: usize) -> Surface {
    if says_no_results(dom) {
        return Surface::NoResults;
    }
    if links >= 5 {
        return Surface::Open;
    }
    let text = visible(dom);
    if text.chars().count() > MOST_TEXT {
        return Surface::Open;
    }
    let title = dom.survey.title.as_deref().unwrap_or("").to_lowercase();
    let says = |list: &[&str]| list.iter().any(|words| title.contains(words) || text.contains(words));
    let headed = |list: &[&str]| {
        list.iter().any(|words| title.contains(words))
            || dom.survey.headings.iter().filter_map(|id| ElementRef::wrap(dom.html.tree.get(*id)?)).any(|heading| {
                let heading = super::text_of(heading).to_lowercase();
                list.iter().any(|words| heading.contains(words))
            })
    };
    if says(&BOT_WALLS) {
        Surface::BotWall
    } else if says(&PARKED) {
        Surface::Parked
    } else if headed(&NOT_FOUND) {
        Surface::SoftNotFound
    } else if has_password(dom) {
        Surface::Login
    } else if says(&NO_RESULTS) {
        Surface::NoResults
    } else if says(&CONSENT) {
        Surface::Consent
    } else if text.chars().count() < SHELL_TEXT && is_shell(dom) || links == 0 && has_empty_root(dom) {
        Surface::AppShell
    } else {
        Surface::Open
    }
}

/// Whether the page's own heading says that a search found nothing: what else it shows is not what was looked for.
fn says_no_results(dom: &Dom) -> bool {
    let headings = dom.survey.headings.iter().filter_map(|id| ElementRef::wrap(dom.html.tree.get(*id)?)).map(super::text_of);
    headings.map(|heading| heading.to_lowercase()).any(|heading| NO_RESULTS.iter().any(|words| heading.starts_with(words)))
}

/// Whether the element that an app fills is there and empty.
fn has_empty_root(dom: &Dom) -> bool {
    let elements = dom.html.tree.nodes().filter_map(ElementRef::wrap);
    let mut roots = elements.filter(|element| matches!(element.attribute("id"), Some("root" | "app" | "__next" | "__nuxt" | "___gatsby")));
    roots.any(|root| root.text().all(|text| text.trim().is_empty()))
}

/// The first of the visible text, lower case.
fn visible(dom: &Dom) -> String {
    let mut out = String::new();
    for node in dom.html.tree.nodes() {
        let Some(text) = node.value().as_text() else { continue };
        let hidden = node
            .ancestors()
            .take(6)
            .filter_map(|ancestor| ancestor.value().as_element())
            .any(|element| matches!(element.name(), "script" | "style" | "noscript" | "template" | "head"));
        if !hidden && !text.trim().is_empty() {
            out.push_str(text.trim());
            out.push(' ');
        }
        if out.len() > MOST_TEXT * 4 {
            break;
        }
    }
    out.to_lowercase()
}

fn has_password(dom: &Dom) -> bool {
    dom.html
        .tree
        .nodes()
        .filter_map(|node| node.value().as_element())
        .any(|element| element.name() == "input" && element.attribute("type") == Some("password"))
}

fn is_shell(dom: &Dom) -> bool {
    dom.html.tree.nodes().filter_map(|node| node.value().as_element()).any(|element| {
        element.name() == "script" && element.attribute("src").is_some()
            || matches!(element.attribute("id"), Some("root" | "app" | "__next" | "__nuxt"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;

    #[test]
    fn walls_are_told_apart() {
        let check = |page: &str, expected: Surface| {
            let dom = crate::html::parse(page, &Url::parse("https://a.example/").unwrap());
            assert_eq!(surface(&dom, 0), expected, "{page}");
        };
        check("<title>Just a moment...</title><p>Checking", Surface::BotWall);
        check("<title>Sign in</title><form><input type=password></form>", Surface::Login);
        check("<title>Page not found</title><p>Sorry", Surface::SoftNotFound);
        check("<title>x</title><div id=root></div><script src=a.js></script>", Surface::AppShell);
        check("<title>Search</title><p>No results for ferry", Surface::NoResults);
        check("<title>Harbour news</title><p>The ferry sails at noon.", Surface::Open);
    }
}
