//! Who wrote it: names, without "By", titles, dates and, where a person is named too, the site's own name.
//!
//! What the page tells programs comes first (JSON-LD, `<meta>`, the labels of cards); a login or the site's own name there is only the last resort, after
//! the byline that a reader sees.

use super::byline::{self, Reach};
use super::told::{self, MOST, Told};
use super::{coauthors, explain, house, name};
use crate::extract::json_ld::JsonLd;
use crate::html::{Css, Dom, letters, text_of};
use crate::model::{Candidate, Found};
use ego_tree::NodeId;

/// The authors by a configured selector, taken as they stand.
pub(super) fn by_rule(dom: &Dom, css: &Css) -> Vec<Found<String>> {
    let origin = format!("css {}", css.as_str());
    told::merge(dom.html.select(css.selector()).map(text_of)).into_iter().map(|name| Found::new(name, origin.clone())).collect()
}

/// Finds the authors. `heading` is the headline's element; `candidates` is filled where asked for.
pub(super) fn find(
    dom: &Dom,
    data: &JsonLd,
    site: Option<&str>,
    heading: Option<NodeId>,
    candidates: Option<&mut Vec<Candidate>>,
) -> Vec<Found<String>> {
    let declared = told::find(dom, data);
    let own = house::Own::of(site, dom.url.site());
    let is_weak = |name: &str| own.is(name) || is_login(name) || is_nobody(name) || is_company(name);
    let strong = declared.iter().find(|(names, _)| names.first().is_some_and(|name| !is_weak(name)));
    let told = strong.map(|(names, origin)| (names.iter().filter(|name| !is_weak(name)).cloned().collect::<Vec<_>>(), origin.clone()));
    // A first name alone, or a login, is told in full where the page shows it.
    let is_short = told.as_ref().is_some_and(|(names, _)| names.len() == 1 && names.iter().all(|name| !name.contains(' ')));
    let bylines = |reach: Reach| bylines(dom, heading, reach, &own, &declared);
    let spots = if told.is_none() || is_short || candidates.is_some() { bylines(Reach::Page) } else { Vec::new() };
    let told = told.map(|(names, origin)| {
        let names = if is_short { names.iter().map(|name| in_full(name, &spots)).collect() } else { names };
        coauthors::with_further(&names, &declared, &bylines(Reach::Headline)).unwrap_or((names, origin))
    });
    let confirmed = || declared.iter().find(|(names, _)| names.iter().any(|name| is_login(name) && is_shown(name, &spots))).cloned();
    let shown = |least: i32| {
        byline::best(&spots).filter(|(.., trust)| *trust >= least).map(|(names, origin, _)| (names, format!("byline {origin}")))
    };
    let (names, origin) = told
        .or_else(confirmed)
        .or_else(|| shown(byline::CLEAR))
        .or_else(|| declared.first().cloned())
        .or_else(|| shown(i32::MIN))
        .unwrap_or_default();
    if let Some(candidates) = candidates {
        let seen = declared.iter().map(|(names, origin)| (names.join(", "), origin.clone()));
        let shown = spots.iter().take(MOST).map(|spot| (spot.names.join(", "), format!("byline {} ({})", spot.origin, spot.trust)));
        let all: Vec<(String, String)> = seen.chain(shown).collect();
        explain(candidates, "authors", &all, &origin);
    }
    without_houses(names).into_iter().take(MOST).map(|name| Found::new(name, origin.clone())).collect()
}

/// Beside a person stands the house: "Ana Solano, The Harbour Post".
fn without_houses(mut names: Vec<String>) -> Vec<String> {
    let is_house = |name: &String| name.starts_with("The ");
    if names.len() > 1 && names.iter().any(is_house) && names.iter().any(|name| !is_house(name) && name::is_persons(name)) {
        names.retain(|name| !is_house(name));
    }
    names
}

/// What the page shows, without what is no author.
fn bylines(dom: &Dom, heading: Option<NodeId>, reach: Reach, own: &house::Own, declared: &[Told]) -> Vec<byline::Spot> {
    let mut spots = byline::find(dom, heading, reach);
    drop_own(&mut spots, |name| own.is(name) || house::is_newsroom(name));
    spots.retain(|spot| !spot.is_of_class() || !spot.names.iter().all(|name| is_section(name, dom.url.path())));
    // Who is linked to beside "By the editors" is whom the text is about.
    if declared.first().is_some_and(|(names, _)| names.iter().all(|name| is_nobody(name))) {
        spots.retain(|spot| !spot.is_guess());
    }
    if declared.first().is_some_and(|(names, _)| names.iter().all(|name| house::is_newsroom(name))) {
        spots.retain(|spot| spot.is_near);
    }
    spots
}

/// Whether a name of one word is that of a folder in which the page lies: some templates give its section the class of an author.
fn is_section(name: &str, path: &str) -> bool {
    let folders = path.rsplit('/').skip(1).filter(|folder| !folder.is_empty());
    !name.contains(' ') && folders.map(letters).any(|folder| folder == letters(name))
}

/// The site's own name beside a person's is no byline, unless the person's stands with another text.
fn drop_own(spots: &mut Vec<byline::Spot>, is_site: impl Fn(&str) -> bool) {
    let is_own = |spot: &byline::Spot| spot.names.iter().all(|name| is_site(name));
    let best = |own: bool| spots.iter().filter(|spot| is_own(spot) == own).map(|spot| spot.trust).max();
    if best(false).is_some_and(|other| best(true).is_none_or(|own| own - other <= byline::FAR)) {
        spots.retain(|spot| !is_own(spot));
    }
}

/// The longer name that a byline shows of a person who is told by the first name only.
fn in_full(name: &str, spots: &[byline::Spot]) -> String {
    let longer = |other: &&String| !name.contains(' ') && other.strip_prefix(name).is_some_and(|rest| rest.starts_with(' '));
    // Far below, in teasers and comments, others are named who have the same first name.
    spots.iter().filter(|spot| spot.is_near).flat_map(|spot| &spot.names).find(longer).cloned().unwrap_or_else(|| name.to_owned())
}

fn is_shown(name: &str, spots: &[byline::Spot]) -> bool {
    spots.iter().any(|spot| spot.names.iter().any(|other| other == name))
}

/// A login is one small word: `a.solano`, `webteam2`.
fn is_login(name: &str) -> bool {
    !name.contains(' ') && name.is_ascii() && name.chars().all(|c| c.is_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_'))
}

/// Whether a task or a newsroom is told, and nobody: "Staff Writer", "Redaktion".
fn is_nobody(name: &str) -> bool {
    name::is_task(name) || house::is_newsroom(name)
}

/// Whether a name ends like a company's or a club's: whose page it is, and seldom who wrote the text.
fn is_company(name: &str) -> bool {
    const FORMS: [&str; 12] = ["gmbh", "ag", "kg", "ev", "ltd", "llc", "inc", "sarl", "srl", "bv", "stiftung", "verlag"];
    name.contains("www.")
        || name.split_whitespace().skip(1).last().is_some_and(|word| FORMS.contains(&word.replace('.', "").to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;

    #[track_caller]
    fn check(page: &str, expected: &[&str]) {
        let dom = crate::html::parse(page, &Url::parse("https://harbourpost.example/a").unwrap());
        let heading = dom.survey.headings.first().copied();
        let names = find(&dom, &JsonLd::read(&dom), Some("Harbour Post"), heading, None);
        assert_eq!(names.iter().map(|name| name.value.as_str()).collect::<Vec<_>>(), expected, "{page}");
    }

    #[test]
    fn what_the_page_tells_programs_comes_first() {
        let ld = |json: &str| format!("<script type='application/ld+json'>{json}</script><h1>Bridge</h1><p class=byline>By Other Hand</p>");
        check(&ld(r#"{"@type":"Article","author":{"name":"Ana Solano"}}"#), &["Ana Solano"]);
        check(&ld(r#"{"@type":"Article","author":["Ana Solano",{"@type":"Person","name":"Luis Prado"}]}"#), &["Ana Solano", "Luis Prado"]);
        check(
            &ld(r##"{"@graph":[{"@type":"Article","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Ana Solano"}]}"##),
            &["Ana Solano"],
        );
        check(&ld(r#"{"@type":"Article","author":{"name":"Harbour Post"}}"#), &["Other Hand"]);
        check(&ld(r#"{"@type":"Article","author":{"name":"a.solano"}}"#), &["Other Hand"]);
        check("<meta name=author content='Ana Solano, Luis Prado'>", &["Ana Solano", "Luis Prado"]);
        check("<meta property=article:author content='https://a.example/ana'>", &[]);
        check(
            "<meta name=citation_author content='Solano, Ana'><meta name=citation_author content='Prado, Luis'>",
            &["Ana Solano", "Luis Prado"],
        );
        check("<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ana Solano'>", &["Ana Solano"]);
        check("<meta name=author content='Harbour Post'><h1>Bridge</h1><p>Text.", &["Harbour Post"]);
        check("<meta name=author content='Solano, Ana'>", &["Ana Solano"]);
        check("<meta name=author content='Harbour Post Staff'><h1>Bridge</h1><p>By Ana Solano", &["Ana Solano"]);
        check("<meta name=author content='Lake Club e.V.'><h1>Bridge</h1><p>By Ana Solano", &["Ana Solano"]);
        check("<meta name=author content='Lake Club e.V.'><h1>Bridge</h1><p>Text.", &["Lake Club e.V"]);
        check("<meta name=author content='The Harbourpost'><h1>Bridge</h1><p>By Ana Solano", &["Ana Solano"]);
        check("<meta name=author content='Ana'><h1>Bridge</h1><p>By Ana Solano", &["Ana Solano"]);
        check("<meta name=author content='Redaktion Lake'><h1>Bridge</h1><p>By Ana Solano", &["Ana Solano"]);
        check("<meta name=author content='Redaktion Lake'><h1>Bridge</h1><p>Text.", &["Redaktion Lake"]);
        check("<meta name=author content='Редакция'><h1>Bridge</h1><p class=author>Ana Solano", &["Ana Solano"]);
        let far = "<p>One</p>".repeat(50);
        check(&format!("<meta name=author content=Redaktion><h1>Bridge</h1>{far}<p class=author>Ana Solano"), &["Redaktion"]);
        check(&format!("<meta name=author content=Ana><h1>Bridge</h1>{far}<p>Written by Ana Solano"), &["Ana"]);
        check("<h1>Bridge</h1><p>By Ana Solano and Luis Prado, The Harbour Wire", &["Ana Solano", "Luis Prado"]);
        check("<h1>Bridge</h1><p class=author>News Desk</p><p class=author-box>Ana Solano", &["Ana Solano"]);
        check(
            "<meta name=author content=night_owl><h1>Bridge</h1><a class=username>night_owl</a><a rel=author>Luis Prado</a>",
            &["night_owl"],
        );
    }

    #[test]
    fn a_section_is_no_author() {
        let check = |name: &str, path: &str, expected: bool| assert_eq!(is_section(name, path), expected, "{name} {path}");
        check("Inland", "/Inland/a-bridge-opens", true);
        check("In-land", "/in-land/2024/a-bridge-opens", true);
        check("Inland", "/news/inland", false);
        check("Ana Inland", "/ana-inland/a", false);
    }

    #[test]
    fn those_who_answer_did_not_write_the_text() {
        let said = "<p>One</p><p>Two</p><p>Three</p><p>Four</p><p>Five</p><p>Six</p><p>Seven</p><p>Eight</p>";
        let post = |name: &str| format!("<div class=post><div class=author>{name}</div>{said}</div>");
        let thread = ["night_owl", "Ana Solano", "Luis Prado"].map(post).concat();
        check(&format!("<h1>Bridge</h1><div>{thread}</div>"), &["night_owl"]);
    }

    #[test]
    fn by_in_a_box_of_its_own_is_no_name() {
        for (by, name) in
            [("Bởi", "Trần Văn An"), ("Από", "Άννα Σολάνο"), ("بواسطة", "ليلى قنديل"), ("Від", "Олена Коваль"), ("द्वारा", "अनिता शर्मा")]
        {
            check(&format!("<h1>Bridge</h1><div class=author-name>{by} <a href=/u/1>{name}</a></div>"), &[name]);
        }
    }

    #[test]
    fn by_amid_prose_is_no_byline() {
        check(
            "<h1>Bridge</h1><p>The yard at the mouth of the river has built what was promised to <i>Port Neuf</i> by Ana Solano</p>",
            &[],
        );
        check(
            "<h1>Bridge</h1><p>The yard at the mouth of the river has built what was promised to all of Port Neuf.<br>By Ana Solano</p>",
            &["Ana Solano"],
        );
        check("<h1>Bridge</h1><div class=copyright>Crafted by <a href=/>Ana Solano</a></div>", &[]);
    }

    #[test]
    fn bylines_are_read_in_many_languages() {
        check("<h1>Bridge</h1><div class=skribent>Ana Solano</div>", &["Ana Solano"]);
        check("<h1>Bridge</h1><p><a href=/penulis/ana>Ana Solano</a>", &["Ana Solano"]);
        check("<h1>Bridge</h1><p><a href=/reporter/1>森みのり</a>", &["森みのり"]);
        check("<h1>Bridge</h1><a href=/jobs/reporter/1><b>Reporter</b><i>Harbour Radio</i></a>", &[]);
        check("<h1>Bridge</h1><div class=author>Της <a href=/a/1>Άννας Σολάνο</a></div>", &["Άννας Σολάνο"]);
        check("<h1>Bridge</h1><p>Text and photos: Ana Solano &amp; Luis Prado", &["Ana Solano", "Luis Prado"]);
        check("<h1>Bridge</h1><p>4. Juni 2016 von <a href=/a/1>Ana Solano</a>", &["Ana Solano"]);
        check("<h1>Bridge</h1><p>Ana Solano and Luis Prado | June 4, 2016", &["Ana Solano", "Luis Prado"]);
        check("<h1>Bridge</h1><p>来源：湖港晚报　作者：林小明", &["林小明"]);
        check("<h1>Bridge</h1><p>责编：林小明", &[]);
        check("<h1>Bridge</h1><div class=image-author>Luis Prado</div>", &[]);
        check(
            "<h1>Bridge</h1><b class=byline-name>Ana Solano</b><div><b class=byline-name>Luis Prado</b><i>Foto</i></div>",
            &["Ana Solano"],
        );
    }

    #[test]
    fn bylines_are_read_where_a_reader_sees_them() {
        check("<h1>Bridge</h1><p>By Ana Solano</p><p>Text.", &["Ana Solano"]);
        check("<h1>Bridge</h1><p>By <a href=/x>Ana Solano</a> and <a href=/y>Luis Prado</a></p>", &["Ana Solano", "Luis Prado"]);
        check("<h1>Bridge</h1><div class=byline><span>Ana Solano</span><time>Dec 18</time></div>", &["Ana Solano"]);
        check(
            "<h1>Bridge</h1><ul class=authors><li class=authors__item>Ana Solano<li class=authors__item>Luis Prado</ul>",
            &["Ana Solano", "Luis Prado"],
        );
        check("<h1>Bridge</h1><p><a href=/authors/ana-solano>Ana Solano</a> · 3 min read", &["Ana Solano"]);
        check("<h1>Bridge</h1><img alt='Ana Solano' src=a.jpg><p>Ana Solano</p><p>Lake Keeper</p>", &["Ana Solano"]);
        check("<h1>Bridge</h1><p>Posted on May 3, 2020 by night_owl</p>", &["night_owl"]);
        check("<h1>Bridge</h1><p>06.11.2023 13:30 von Olga</p>", &["Olga"]);
        check("<h1>Bridge</h1><p>3 houses by the lake</p>", &[]);
        check("<h1>Bridge</h1><p>Autor kontaktieren</p>", &[]);
        check("<div class='hentry author-luis'><h1>Yellow Boats</h1><p>Text.</p></div>", &[]);
        check("<h1>Bridge</h1><p>Ana Solano | Senior Writer | July 2, 2025</p>", &["Ana Solano"]);
        check("<h1>Bridge</h1><div><p><b>By</b></p></div><div><p>Ana Solano</p></div>", &[]);
        check("<h1>Bridge</h1><section><div><b>By</b></div><div>Ana Solano</div></section>", &["Ana Solano"]);
        check("<h1>Bridge</h1><p><i>Fog</i> | By <span>Ana Solano</span> | May 3", &["Ana Solano"]);
        check("<h1>Bridge</h1><div class=teaser-head>By <a href=/a>Ana Solano</a></div>", &["Ana Solano"]);
        check("<div class=newsletter-page><h1>Bridge</h1><p>by Ana Solano</div>", &["Ana Solano"]);
        check("<h1>Bridge</h1><p>von der Höhe</p><p>Text.</p><p>Text: Ana Solano</p>", &["Ana Solano"]);
        check("<h1>Bridge</h1><div class=author>Harbour Post</div><div class=about-author>Ana Solano</div>", &["Ana Solano"]);
        check("<h1>Bridge</h1><div itemprop=review><span itemprop=author content='Luis Prado'></span></div>", &[]);
        check("<h1>Bridge</h1><p>Autorin: Ana Solano, Projektleiterin der Brücke</p>", &["Ana Solano"]);
        check("<h1>Bridge</h1><p class=author>By <a href=/u/ds rel=author>D</a> in <a rel='category tag' href=/rivers>Rivers</a></p>", &[]);
        check("<h1>Bridge</h1><h4 class='vcard author'>vom <span class=fn>Uferfreund</span></h4>", &["Uferfreund"]);
        check("<h1>Bridge</h1><div><div>Auteur(s) :</div><div><b>Ana Solano</b></div></div>", &["Ana Solano"]);
        check("<h1>Bridge</h1><p>The Old Harbour of 1907 was closed.<br><strong>Text:</strong> Ana Solano</p>", &["Ana Solano"]);
        let far = format!("{}<aside><a rel=author href=/p/luis>Luis Prado</a></aside>", "<p>Text.</p>".repeat(50));
        check(&format!("<h1>Bridge</h1><p class=byline>Harbourpost</p>{far}"), &["Harbourpost"]);
        check(
            "<meta name=author content=Redaktion><h1>Bridge</h1><p><a href=/people/luis>Luis Prado</a> met <a href=/people/ana>Ana Solano</a>",
            &["Redaktion"],
        );
        check("<h1>Bridge</h1><div itemscope itemtype='https://schema.org/Comment'><a rel=author>Luis Prado</a></div>", &[]);
        check("<h1>Bridge</h1><p>Text.</p><div class=comments><span class=author>Luis Prado</span></div>", &[]);
        check("<p>- Redaktion: Ana Solano (Hafenpost)</p><h1>Bridge</h1>", &["Ana Solano"]);
        check("<p>Story: Yellow Boats</p><h1>Bridge</h1>", &[]);
        check("<h1>Bridge</h1><p>Filed under: <a rel='category tag'>Lakes</a> — uferfreund @ 00:11</p>", &["uferfreund"]);
        check("<h1>Bridge</h1><img class=avatar src=a.png><a href=/u?1>UferFreund</a> 17.10.2019, 13:56", &["UferFreund"]);
        check("<h1>Bridge</h1><img class=avatar src=a.png><p>The bridge opened to boats and walkers.</p>", &[]);
        check("<h1>Bridge</h1><div class=author-name><span>By Staff Writer</span></div>", &["Staff Writer"]);
        check("<h1>Bridge</h1><p>By Staff Writer</p><p class=author>Ana Solano</p>", &["Ana Solano"]);
        check("<h1>Bridge</h1><p>Auteur(s) : <b>Les Membres du Choeur de Port Neuf</b>", &["Les Membres du Choeur de Port Neuf"]);
        check("<h1 class=author><a href=/>The Lakes</a></h1><h2 class=author>by <b>Ana Solano</b></h2>", &["Ana Solano"]);
        check("<h1>Bridge</h1><div class=license><a class=author>Luis Prado</a></div><p class=author>Ana Solano", &["Ana Solano"]);
        check("<h1>Bridge</h1><div class='tile has-author'>Yellow Boats</div>", &[]);
        check(&format!("<h1>Bridge</h1>{}<span>All articles by Ana Solano</span>", "<p>Text.</p>".repeat(50)), &["Ana Solano"]);
        check("<h1>Bridge</h1><p><b>Contributors:</b> Ana Solano</p>", &["Ana Solano"]);
        check("<h1>Bridge</h1><p>Text.</p><footer><a href=/a>About</a> <a href=/b>Privacy</a></footer>", &[]);
        check("<h1>Bridge</h1><p>Text.</p><p><a href=/a>Autor</a> | <a href=/b>Kontakt</a>", &[]);
        check("<h1>Bridge</h1><p>Text.</p><p>More from <a href=/b>Business</a>", &[]);
        check("<h1>Bridge</h1><p>Text.</p><p><b>About the Guild of Masons</b>", &[]);
        check("<h1>Bridge</h1><p>Text.</p><p><b>About Ana Solano</b>", &["Ana Solano"]);
        check("<h1>Bridge</h1><p>By the lake stands a house that nobody has opened for a hundred years.", &[]);
    }
}
