//! From text to a tree, with caps that keep hostile pages cheap.

use html5ever::driver;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::{Html, HtmlTreeSink};

use super::survey::Survey;
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
    let html = driver::parse_document(HtmlTreeSink::new(Html::new_document()), options).one(text);
    let survey = Survey::walk(&html);
    let base = survey.base_href.as_deref().and_then(|href| url.join(href)).unwrap_or_else(|| url.clone());
    Dom { html, url: url.clone(), base, survey, notes: Vec::new() }
}
