//! The data that a page carries for its own scripts: `application/json`, `__NEXT_DATA__`, `window.__STATE__ = {…}`.

use ego_tree::NodeId;
use serde_json::Value;

use super::Dom;

/// What a script begins with that sets the state of the page.
const STATE: &str = "window.__";

/// Whether a script of no type sets the state of the page.
pub(super) fn is_state(text: &str) -> bool {
    text.trim_start().starts_with(STATE)
}

/// The data of each script that can be read as JSON, in order.
pub fn page_data(dom: &Dom) -> impl Iterator<Item = Value> {
    dom.survey.data_scripts.iter().filter_map(|id| read(dom, *id))
}

fn read(dom: &Dom, script: NodeId) -> Option<Value> {
    let script = dom.html.tree.get(script)?;
    let text: String = script.children().filter_map(|child| child.value().as_text().map(|text| &**text)).collect();
    let text = text.trim();
    let json = match text.strip_prefix(STATE) {
        // What follows the first statement is more script.
        Some(statement) => statement.get(statement.find(['{', '['])?..)?,
        None => text,
    };
    serde_json::Deserializer::from_str(json).into_iter().next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;

    #[test]
    fn data_for_scripts_are_read() {
        let check = |script: &str, expected: &[&str]| {
            let dom = crate::html::parse(script, &Url::parse("https://harbourpost.example/a").unwrap());
            assert_eq!(page_data(&dom).map(|value| value.to_string()).collect::<Vec<_>>(), expected, "{script}");
        };
        check("<script type=application/json>{\"a\":1}</script>", &["{\"a\":1}"]);
        check("<script id=__NEXT_DATA__>{\"a\":1}</script>", &["{\"a\":1}"]);
        check("<script>window.__STATE__ = {\"a\":1};(function(){})()</script>", &["{\"a\":1}"]);
        check("<script type=application/json>{\"a\":</script><script>let a = {}</script>", &[]);
    }
}
