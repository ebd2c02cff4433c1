//! From text to a tree, with caps that keep hostile pages cheap.

use html5ever::driver;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::{Html, HtmlTreeSink};

use super::survey::Survey;
use super::tame::tame;
use crate::model::Note;
use crate::url::Url;

/// The one tree of a page, and what a walk over it gathered.
pub struct Dom {
    /// The tree.
    pub html: Html,
    /// Where the page came from.
    pub url: Url,
    /// What relative addresses resolve against: `<base href>`, else `url`.
    pub base: Url,
    /// What the walk gathered.
    pub survey: Survey,
    /// What was cut or odd.
    pub notes: Vec<Note>,
}

/// Parses a page. Never fails; never panics; time is linear in the size of `text`.
pub fn parse(text: &str, url: &Url) -> Dom {
    let options =
        driver::ParseOpts { tree_builder: TreeBuilderOpts { scripting_enabled: false, ..Default::default() }, ..Default::default() };
    let (text, cut) = tame(text);
    let notes = cut.into_iter().collect();
    let html = driver::parse_document(HtmlTreeSink::new(Html::new_document()), options).one(text.as_ref());
    let survey = Survey::walk(&html);
    let base = survey.base_href.as_deref().and_then(|href| url.join(href)).unwrap_or_else(|| url.clone());
    Dom { html, url: url.clone(), base, survey, notes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_nesting_is_cut_and_the_text_stays() {
        let page = format!("{}text{}<p>after", "<div>".repeat(50_000), "</div>".repeat(50_000));
        let dom = parse(&page, &Url::parse("https://a.example/").unwrap());
        assert_eq!(dom.notes[0].code, "tags-cut");
        let text: String = dom.html.root_element().text().collect();
        assert_eq!(text, "textafter");
    }
}
