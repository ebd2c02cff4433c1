//! Who wrote a text with the one person of whom programs are told: systems tell them whose account an article was filed under.

use super::told::Told;
use super::{byline, house, name};

/// Those told and further ones, where another place names all of them and more.
pub(super) fn with_further(names: &[String], declared: &[Told], spots: &[byline::Spot]) -> Option<Told> {
    let shown =
        byline::best(spots).filter(|(.., trust)| *trust >= byline::CLEAR).map(|(names, origin, _)| (names, format!("byline {origin}")));
    declared.iter().cloned().chain(shown).find_map(|(others, origin)| {
        let is_of = |other: &&String| names.iter().any(|name| is_same(name, other));
        let (same, further): (Vec<&String>, Vec<&String>) = others.iter().partition(is_of);
        let is_more = same.len() == names.len()
            && !further.is_empty()
            && further
                .iter()
                .all(|name| name::is_persons(name) && !house::is_newsroom(name) && !house::has_initials(name) && !is_part(name, names));
        let as_told = |other: &String| names.iter().find(|name| is_same(name, other)).unwrap_or(other).clone();
        is_more.then(|| (others.iter().map(as_told).collect(), origin))
    })
}

/// Whether a name stands within one that is told: "Lake Club" of "Friends of the Lake Club".
fn is_part(name: &str, told: &[String]) -> bool {
    told.iter().any(|told| told.to_lowercase().contains(&name.to_lowercase()))
}

/// Whether two names are of one person: the same, or one with a title or a further name.
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let holds = |long: &str, short: &str| {
        let rest = long.strip_prefix(short).map(|rest| rest.starts_with(' '));
        rest.or_else(|| long.strip_suffix(short).map(|rest| rest.ends_with(' '))).unwrap_or(false)
    };
    one == other || one.contains(' ') && other.contains(' ') && (holds(&one, &other) || holds(&other, &one))
}

#[cfg(test)]
mod tests {
    use crate::extract::{Context, Rules, extract};
    use crate::html;
    use crate::url::Url;

    #[track_caller]
    fn check(body: &str, expected: &[&str]) {
        check_told("Ana Solano", body, expected);
    }

    #[track_caller]
    fn check_told(told: &str, body: &str, expected: &[&str]) {
        let page = format!("<meta name=author content='{told}'><h1>Bridge</h1>{body}");
        let dom = html::parse(&page, &Url::parse("https://harbourpost.example/a").unwrap());
        // What `try` explains is what a run publishes.
        for explain in [false, true] {
            let authors = extract(&dom, &Rules::default(), &Context { explain, ..Context::default() }).article.authors;
            assert_eq!(authors.iter().map(|author| author.value.as_str()).collect::<Vec<_>>(), expected, "{body} {explain}");
        }
    }

    #[test]
    fn all_who_are_shown_with_the_one_told_are_authors() {
        check("<p class=byline>By Ana Solano and Luis Prado</p>", &["Ana Solano", "Luis Prado"]);
        check("<p class=byline>By Luis Prado and Dr Ana Solano</p>", &["Luis Prado", "Ana Solano"]);
        check("<p class=byline>By ANA SOLANO, LUIS PRADO</p>", &["Ana Solano", "LUIS PRADO"]);
        check("<meta name=citation_authors content='Ana Solano, Luis Prado'>", &["Ana Solano", "Luis Prado"]);
    }

    #[test]
    fn others_who_are_shown_are_not() {
        check("<p class=byline>By Luis Prado and Maren Holt</p>", &["Ana Solano"]);
        check("<p class=byline>By Ana Solano and agencies</p>", &["Ana Solano"]);
        check("<p class=byline>By Ana Solano, HRB Radio</p>", &["Ana Solano"]);
        check("<p class=byline>Ana Solano, Zespół Portu</p>", &["Ana Solano"]);
        check("<p class=byline>By Ana Solano. Edited by Luis Prado</p>", &["Ana Solano"]);
        check_told(
            "Daily Solano Courier Rivers",
            "<meta name=citation_authors content='Daily Solano Courier Rivers, Solano Courier'>",
            &["Daily Solano Courier Rivers"],
        );
        let far = "<p>One</p>".repeat(30);
        check(&format!("{far}<p class=byline>By Ana Solano and Luis Prado</p>"), &["Ana Solano"]);
    }
}
